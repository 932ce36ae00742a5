"""The form's turns: what was entered is kept, told only when stored, and answered beside."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Dict, Iterator, List

import pytest
import sqlalchemy as sa
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import consultation_store as store
from actions import consultation_turn
from actions.delete_data import DeleteData
from actions.validate_consultation_form import ValidateConsultationForm
from consultations.models import drafts, requests
from storage.errors import StorageError
from tests.unit.consultations.samples import rows

WHOLE_FORM = [
    ("Ana Silva", "contact"),
    ("ana@example.org", "for_whom"),
    ("my daughter", "patient_age"),
    ("8 months", "diagnosis"),
    ("yes, type 1", "place"),
    ("Lisbon", "language"),
    ("Portuguese", "question"),
    ("Skip", "consent"),
    ("I agree", "summary"),
]


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty database of requests, where actions look for it."""
    path = tmp_path / "consultations.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    store.engine.cache_clear()
    yield path
    store.engine.cache_clear()


class Visitor:
    """Talks to the form's action as Rasa does."""

    def __init__(self, name: str = "visitor", channel: str = "rest") -> None:
        self.name = name
        self.channel = channel
        self.metadata: Dict[str, Any] = {}
        self.slots: Dict[str, Any] = {"language": "en"}
        self.events: List[Dict[str, Any]] = []

    def say(
        self,
        text: str,
        intent: str = "tell_background",
        asks: bool = False,
        confidence: float = 0.6,
        action: Any = None,
    ) -> Dict[str, Any]:
        """Return the reply's message."""
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "asks": asks,
            "metadata": self.metadata,
        }
        self.metadata = {}
        self.events.append({"event": "user", "text": text, "input_channel": self.channel})
        tracker = Tracker(
            self.name, self.slots, message, self.events, False, None, {}, "action_listen"
        )
        dispatcher = CollectingDispatcher()
        for event in (action or ValidateConsultationForm()).run(dispatcher, tracker, {}):
            self.slots[event["name"]] = event["value"]
        [reply] = dispatcher.messages
        self.events.append({"event": "bot", "data": {"custom": reply["custom"]}})
        return dict(reply)

    def fill(self) -> None:
        """Fill the form up to the summary."""
        assert self.say("a consultation please", "request_consultation")["custom"] == {
            "kind": "handoff",
            "topic": "consultation",
        }
        for text, next_topic in WHOLE_FORM:
            assert self.say(text)["custom"]["topic"] == next_topic, text

    @property
    def is_in_form(self) -> bool:
        return self.slots.get("requested_slot") is not None


def count(table: Any) -> int:
    with store.engine().connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar())


def break_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    store.engine.cache_clear()


def test_without_a_database_the_form_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    break_database(monkeypatch)
    monkeypatch.setenv("CONSULTATION_FORM_URL", "https://clinic.example/form")
    visitor = Visitor()
    reply = visitor.say("a consultation", "request_consultation")
    assert reply["custom"]["kind"] == "handoff"
    assert "https://clinic.example/form" in reply["text"]
    assert not visitor.is_in_form


def test_what_cannot_be_kept_is_said_and_the_form_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    with monkeypatch.context() as broken:
        break_database(broken)
        reply = visitor.say("Ana Silva")
        assert reply["custom"] == {"kind": "form", "topic": "not_stored"}
        assert visitor.is_in_form
    store.engine.cache_clear()
    assert visitor.say("Ana Silva")["custom"]["topic"] == "contact"


def test_nothing_is_confirmed_that_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor()
    visitor.fill()
    monkeypatch.setenv("CONSULTATION_FORM_URL", "https://clinic.wufoo.com/forms/x1")
    monkeypatch.setenv("WUFOO_FIELDS", "contact_name=Field1,email=Field3")

    def fail(*_: Any) -> str:
        raise StorageError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(store.request_store, "submit", fail)
        reply = visitor.say("Send")
    assert reply["custom"] == {"kind": "form", "topic": "not_stored"}
    assert "Field1=Ana%20Silva&Field3=ana%40example.org" in reply["text"]
    assert "SMA-" not in reply["text"]
    assert visitor.is_in_form and count(requests) == 0
    assert visitor.say("Send")["custom"]["topic"] == "sent", "what was entered is still there"
    assert count(requests) == 1


def test_a_whole_form_ends_with_a_reference_and_leaves_nothing_behind() -> None:
    visitor = Visitor()
    visitor.fill()
    reply = visitor.say("Send")
    reference = reply["custom"]["reference"]
    assert reply["custom"]["kind"] == "form" and reference in reply["text"]
    assert not visitor.is_in_form
    assert count(requests) == 1 and count(drafts) == 0
    assert "Silva" not in str(visitor.slots) and "ana@" not in str(visitor.slots)


def test_a_second_send_after_the_server_died_makes_no_second_request() -> None:
    visitor = Visitor()
    visitor.fill()
    before = dict(visitor.slots)
    reference = visitor.say("Send")["custom"]["reference"]
    visitor.slots = before  # Rasa lost the turn; the request is stored
    assert visitor.say("Send")["custom"]["reference"] == reference
    assert not visitor.is_in_form and count(requests) == 1


def test_no_consent_no_trace(database: Path) -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    for text, _ in WHOLE_FORM[:-1]:
        visitor.say(text)
    reply = visitor.say("I don't agree")
    assert reply["custom"]["topic"] == "no_consent"
    assert count(requests) == 0 and count(drafts) == 0
    assert b"ana@example.org" not in database.read_bytes()


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on() -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    visitor.say("Ana")
    for _ in range(3):
        reply = visitor.say("how often is it given?", "ask_schedule", asks=True)
        assert reply["custom"]["kind"] == "form" and reply["custom"]["topic"] == "contact"
        assert reply["custom"]["parts"][0]["kind"] == "answer"
        assert reply["custom"]["sources"][0]["quote"] in reply["text"]
    assert visitor.say("ana@example.org")["custom"]["topic"] == "for_whom"


@pytest.mark.parametrize(
    ("text", "intent", "confidence", "kind"),
    [
        ("side effects", "ask_side_effects", 0.95, "answer"),
        ("Rosa", "ask_share_5q", 0.4, "form"),
        ("great thank you", "thank", 0.95, "smalltalk"),
    ],
)
def test_what_is_no_name(text: str, intent: str, confidence: float, kind: str) -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    outcome = visitor.say(text, intent, confidence=confidence)["custom"]
    assert outcome["kind"] == kind
    draft = store.load_draft(visitor.name)
    assert draft and ("contact_name" in draft.data["values"]) is (kind == "form")


def test_who_wants_no_form_is_let_go_at_once() -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    reply = visitor.say("no form please, who may have it?", "ask_eligibility", asks=True)
    assert reply["custom"]["kind"] == "answer"
    assert not visitor.is_in_form and count(drafts) == 0


@pytest.mark.parametrize(
    ("text", "intent", "kind"),
    [
        ("on second thought no", "deny", "handoff"),
        ("rather not", "decline_consultation", "handoff"),
        ("bye then", "goodbye", "smalltalk"),
    ],
)
def test_who_leaves_before_entering_anything_is_let_go(text: str, intent: str, kind: str) -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    assert visitor.say(text, intent, confidence=0.9)["custom"]["kind"] == kind
    assert not visitor.is_in_form and count(drafts) == 0


def test_who_has_entered_something_is_asked_before_it_is_thrown_away() -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    visitor.say("Ana")
    assert visitor.say("bye then", "goodbye", confidence=0.9)["custom"]["kind"] == "form"
    assert visitor.say("cancel", "decline_consultation")["custom"]["topic"] == "cancel"
    assert visitor.is_in_form and count(drafts) == 1


def test_before_anything_is_entered_a_question_is_just_a_question() -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    outcome = visitor.say("how often is it given?", "ask_schedule", asks=True)["custom"]
    assert (outcome["kind"], outcome["topic"]) == ("answer", "schedule")
    assert outcome["parts"][-1] == {"kind": "form", "topic": "contact_name"}
    assert visitor.is_in_form


def test_a_side_effect_told_as_the_question_gets_the_reporting_line_and_is_kept() -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    for text, topic in WHOLE_FORM:
        if topic == "consent":
            break
        visitor.say(text)
    reply = visitor.say("He has had a rash since the last injection", "report_side_effect")
    assert "1-800-FDA-1088" in reply["text"]
    assert reply["custom"]["topic"] == "consent"
    visitor.say("I agree")
    assert "He has had a rash" in visitor.say("hm")["text"]


def test_after_a_restart_going_on_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    visitor.say("Ana Silva")
    later = datetime.now(timezone.utc) + timedelta(seconds=1)
    monkeypatch.setattr(consultation_turn, "_STARTED", later)
    reply = visitor.say("ana@example.org")
    assert reply["custom"]["topic"] == "resume" and "Name" in reply["text"]
    monkeypatch.setattr(consultation_turn, "_STARTED", later - timedelta(days=1))
    assert visitor.say("Go on")["custom"]["topic"] == "for_whom", "the address was not lost"


def test_a_draft_that_was_erased_is_told_and_the_form_let_go() -> None:
    visitor = Visitor()
    visitor.say("a consultation", "request_consultation")
    visitor.say("Ana Silva")
    store.delete_draft(visitor.name)
    reply = visitor.say("what are the side effects?", "ask_side_effects", asks=True)
    assert reply["custom"]["topic"] == "expired"
    assert reply["custom"]["parts"][0]["kind"] == "answer"
    assert not visitor.is_in_form


def test_what_was_not_answered_is_proposed_as_the_question() -> None:
    visitor = Visitor()
    visitor.events = [
        {"event": "user", "text": "How much is it?"},
        {"event": "bot", "data": {"custom": {"kind": "not_covered", "topic": "cost"}}},
    ]
    visitor.say("yes", "affirm")
    for text, topic in WHOLE_FORM[:7]:
        reply = visitor.say(text)
        assert reply["custom"]["topic"] == topic
    assert "“How much is it?”" in reply["text"]
    assert visitor.say("Yes, add it")["custom"]["topic"] == "consent"
    assert "How much is it?" in visitor.say("I agree")["text"]


def test_a_second_request_offers_the_same_contact_details() -> None:
    visitor = Visitor()
    visitor.fill()
    visitor.say("Send")
    reply = visitor.say("another consultation please", "request_consultation")
    assert "ana@example.org" in reply["text"]
    assert visitor.say("Yes, use the same")["custom"]["topic"] == "for_whom"
    stranger = Visitor("stranger")
    assert "ana@example.org" not in stranger.say("a consultation", "request_consultation")["text"]


@pytest.mark.parametrize("language", ["es", "zh"])
def test_the_forms_language_stays_that_of_its_beginning(language: str) -> None:
    visitor = Visitor()
    visitor.slots["language"] = language
    first = visitor.say("...", "request_consultation")["text"]
    visitor.slots["language"] = "other"  # the detector's idea of "Ana"
    second = visitor.say("Ana")["text"]
    assert "can only write in English" not in second
    assert first.isascii() is False and second.isascii() is False


def test_deleting_is_asked_back_and_then_done() -> None:
    visitor = Visitor()
    visitor.fill()
    visitor.say("Send")
    offer = visitor.say("delete my data", "delete_data", action=DeleteData())
    assert offer["custom"]["topic"] == "delete_offer" and count(requests) == 1
    done = visitor.say(offer["buttons"][0]["payload"], "delete_data", action=DeleteData())
    assert done["custom"]["topic"] == "deleted" and count(requests) == 0


def test_deleting_that_fails_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor()
    visitor.say("delete my data", "delete_data", action=DeleteData())
    break_database(monkeypatch)
    reply = visitor.say("delete my data", "delete_data", action=DeleteData())
    assert reply["custom"]["kind"] == "unavailable"
    assert "couldn't delete" in reply["text"]


class WebsiteVisitor(Visitor):
    """Fills fields, as the website's widget does."""

    def fields(self, **fill: Any) -> Dict[str, Any]:
        """Return the reply to a fill."""
        self.metadata = {"fill": {"values": {}, "consent": None, "send": False, **fill}}
        return self.say("I would like a free consultation.", "request_consultation")


FIELDS = {
    "contact_name": "Ana Silva",
    "email": "ana@example.org",
    "phone": "",
    "for_whom": "child",
    "patient_age": "8 months",
    "diagnosis": "",
    "sma_type": "",
    "place": "Lisbon",
    "language": "Portuguese",
    "question": "",
}


def test_fields_are_told_what_is_wrong_with_each() -> None:
    visitor = WebsiteVisitor(channel="website")
    state = visitor.fields(values={**FIELDS, "email": "ana@"})["custom"]["form"]
    assert state["errors"].keys() == {"email"}
    assert state["values"]["contact_name"] == "Ana Silva"
    assert not state["complete"]


def test_fields_are_sent_with_consent_only() -> None:
    visitor = WebsiteVisitor(channel="website")
    state = visitor.fields(values=FIELDS, send=True)["custom"]["form"]
    assert (list(state["errors"]), state["complete"]) == (["consent"], True)
    assert rows(store.engine(), requests) == []
    receipt = visitor.fields(consent=True, send=True)["custom"]
    (row,) = rows(store.engine(), requests)
    assert receipt == {"kind": "form", "topic": "sent", "reference": row["reference"]}
    assert visitor.slots["requested_slot"] is None


def test_chat_and_fields_mix() -> None:
    visitor = WebsiteVisitor(channel="website")
    visitor.say("a consultation please", "request_consultation")
    assert visitor.say("Ana Silva")["custom"]["form"]["values"] == {"contact_name": "Ana Silva"}
    assert visitor.fields()["custom"]["form"]["step"] == "contact"
    visitor.fields(values=FIELDS)
    assert visitor.say("I agree")["custom"]["topic"] == "summary"
    assert visitor.say("Send")["custom"]["topic"] == "sent"


def test_the_form_cancelled_in_the_chat_has_no_state_to_show() -> None:
    visitor = WebsiteVisitor(channel="website")
    visitor.fields(values=FIELDS)
    visitor.say("cancel")
    assert "form" not in visitor.say("Yes, cancel")["custom"]


def test_elsewhere_entries_are_not_repeated_and_fields_not_taken() -> None:
    visitor = WebsiteVisitor(channel="rest")
    assert "form" not in visitor.fields(values=FIELDS)["custom"]
    assert "form" not in visitor.say("Ana Silva")["custom"]


def test_the_database_down_while_filling(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = WebsiteVisitor(channel="website")
    visitor.fields(values=FIELDS)

    def fail(*_: Any) -> None:
        raise StorageError("down")

    monkeypatch.setattr(store, "submit", fail)
    reply = visitor.fields(consent=True, send=True)
    assert reply["custom"]["topic"] == "not_stored"


@pytest.mark.parametrize("phone", [None, "", 5])
def test_without_a_proven_number_the_name_is_asked(phone: Any) -> None:
    visitor = Visitor()
    visitor.metadata = {"phone": phone}
    visitor.say("a consultation please", "request_consultation")
    assert visitor.say("Ana Silva")["custom"]["topic"] == "contact"


def test_a_proven_number_is_offered_and_taken_only_with_a_yes() -> None:
    for answer, next_after_name in (("Yes", "for_whom"), ("No", "contact")):
        visitor = Visitor(f"visitor-{answer}")
        visitor.metadata = {"phone": "+4915112345678"}
        offer = visitor.say("a consultation please", "request_consultation")
        assert "+4915112345678" in offer["text"]
        visitor.metadata = {}
        assert visitor.say(answer)["custom"]["topic"] == "contact_name"
        assert visitor.say("Ana Silva")["custom"]["topic"] == next_after_name


def test_in_a_group_the_form_does_not_begin_and_tells_where_it_does() -> None:
    ana = Visitor()
    ana.metadata = {"group": "https://t.me/bot"}
    reply = ana.say("I'd like a free consultation", "request_consultation")
    assert reply["custom"] == {"kind": "handoff", "topic": "not_in_groups"}
    assert "privately: https://t.me/bot" in reply["text"]
    assert ana.slots["requested_slot"] is None, "the form is over"
    assert rows(store.engine(), drafts) == []
