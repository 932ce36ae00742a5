"""The website's channel on the real server: whose conversation it is, and that nothing is lost."""

import uuid
from typing import Any, Callable, Dict, Iterator, List

import httpx
import pytest
from socketio.exceptions import ConnectionError as RefusedError

from channels import identity
from tests.live.apps import CONNECTIONS_PER_ADDRESS, MESSAGES_PER_MINUTE
from tests.live.end_to_end.website_visitor import WebsiteVisitor
from tests.live.real_server import KEY, RealServer

FIELDS = {
    "contact_name": "Ana Silva",
    "email": "ana@example.org",
    "phone": "",
    "for_whom": "child",
    "patient_age": "8 months",
    "diagnosis": "yes",
    "sma_type": "1",
    "place": "Lisbon",
    "language": "Portuguese",
    "question": "",
}


@pytest.fixture
def visit(server: RealServer) -> Iterator[Callable[..., WebsiteVisitor]]:
    """Connects visitors, and disconnects them in the end."""
    visitors: List[WebsiteVisitor] = []

    def connect(token: Any = None, language: str = "en", **more: Any) -> WebsiteVisitor:
        visitors.append(WebsiteVisitor(server.url, token, language, **more))
        return visitors[-1].connect()

    yield connect
    for visitor in visitors:
        visitor.close()


def test_a_foreign_site_is_refused(visit: Any) -> None:
    with pytest.raises(RefusedError):
        visit(origin="https://evil.example")
    visit(origin="https://clinic.example")


@pytest.mark.parametrize("token", ["", "visitor", "a.b.c", 7, {"a": 1}])
def test_a_token_we_did_not_issue_begins_a_new_conversation(visit: Any, token: Any) -> None:
    visitor = visit(token)
    assert visitor.session["entries"] == []
    assert visitor.token != token


def test_two_visitors_do_not_see_each_other(visit: Any) -> None:
    ana, ben = visit(), visit()
    ana.ask("What are the side effects?")
    ben.ask("How is it given?")
    assert not any("side effects" in str(event) for event in ben.unread())
    again = visit(ben.token)
    assert again.session["entries"][0]["text"] == "How is it given?"


def test_rasas_name_of_a_conversation_opens_nothing(
    server: RealServer, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = visit()
    ana.ask("hello")
    monkeypatch.setenv("CHANNELS_KEY", KEY)
    holder = identity.holder_of(ana.token)
    assert holder is not None
    name = identity.conversation_of("website", holder)
    for secret in (holder, name):
        thief = visit(secret)
        assert thief.session["entries"] == []
    assert name not in server.log


def test_a_second_tab_sees_the_conversation_live_and_after_a_reload(visit: Any) -> None:
    first = visit()
    second = visit(first.token)
    reply = first.ask("How is it given?")
    assert reply["outcome"]["kind"] == "answer"
    echo, told = second.next(), second.next()
    assert (echo["entries"][0]["text"], told["entries"]) == ("How is it given?", [reply])
    third = visit(first.token)
    ids = [entry["id"] for entry in third.session["entries"]]
    assert ids == [echo["entries"][0]["id"], reply["id"]]


def test_a_message_sent_again_is_handled_once(visit: Any) -> None:
    visitor, name = visit(), str(uuid.uuid4())
    for _ in range(3):
        assert visitor.send("How is it given?", name) == {"ok": True}
    visitor.reply_to(name)
    visitor.ask("thanks")
    again = visit(visitor.token)
    assert [entry["from"] for entry in again.session["entries"]] == ["visitor", "bot"] * 2


@pytest.mark.parametrize("text", ["/restart", '/greet{"name": "x"}', " /session_start", "//x"])
def test_no_command_reaches_rasa(visit: Any, text: str) -> None:
    visitor = visit()
    visitor.ask("How is it given?")
    assert (visitor.ask(text))["outcome"]["kind"] != "unavailable"
    again = visit(visitor.token)
    assert again.session["entries"][0]["text"] == "How is it given?"


def test_too_long_and_too_much_get_a_polite_refusal(visit: Any) -> None:
    visitor = visit()
    refused = visitor.send("x" * 4001)
    assert (refused["ok"], refused["code"]) == (False, "too_long")
    codes = [visitor.send("hello").get("code") for _ in range(MESSAGES_PER_MINUTE + 1)]
    assert codes == [None] * MESSAGES_PER_MINUTE + ["too_many"]
    other = visit()
    assert other.send("hello") == {"ok": True}


def test_too_many_connections_of_one_address_are_refused(server: RealServer, visit: Any) -> None:
    for _ in range(CONNECTIONS_PER_ADDRESS):
        visit()
    one_more = WebsiteVisitor(server.url)
    with pytest.raises(RefusedError):
        one_more.connect()
    why = one_more.refusal["data"]
    assert (why["code"], why["retry_after_seconds"]) == ("busy", 60)
    assert "try again" in why["text"]


def test_a_consultation_in_fields_with_an_error_and_a_receipt_that_stays(visit: Any) -> None:
    visitor = visit()
    begun = visitor.ask("I would like a consultation")
    assert begun["outcome"]["form"]["step"] == "contact_name"
    wrong = visitor.fill(values={**FIELDS, "email": "ana@"})
    assert list(wrong["outcome"]["form"]["errors"]) == ["email"]
    reloaded = visit(visitor.token)
    assert reloaded.session["form"] is True
    state = reloaded.fill()
    assert state["outcome"]["form"]["values"]["contact_name"] == "Ana Silva"
    right = reloaded.fill(values={"email": "ana@example.org"})
    assert right["outcome"]["form"]["complete"]
    sent = reloaded.fill(consent=True, send=True)
    reference = sent["outcome"]["reference"]
    last = visit(visitor.token)
    assert last.session["form"] is False
    assert reference in last.session["entries"][-1]["text"]
    assert "Ana" not in str(last.session["entries"])


def test_an_emergency_in_the_middle_of_the_fields_comes_first(visit: Any) -> None:
    visitor = visit()
    visitor.fill(values=FIELDS)
    reply = visitor.ask("she has stopped breathing")
    assert reply["outcome"]["kind"] == "emergency"
    state = visitor.fill()
    assert state["outcome"]["form"]["complete"]


def test_an_emergency_in_a_field_is_answered_first_and_kept_when_it_is_meant(visit: Any) -> None:
    visitor = visit()
    visitor.fill()
    values = {**FIELDS, "question": "she has stopped breathing, what shall I do"}
    assert visitor.fill(values=values)["outcome"]["kind"] == "emergency"
    assert visitor.fill()["outcome"]["form"]["values"].get("contact_name", "") == ""
    form = visitor.fill(values=values)["outcome"]["form"]
    assert form["complete"] and form["values"]["question"] == values["question"]


def test_who_lets_go_of_a_form_is_told_that_it_is_closed(visit: Any) -> None:
    visitor = visit()
    for words, is_open in (("I would like a consultation", True), ("cancel", False)):
        name = str(uuid.uuid4())
        visitor.send(words, name)
        assert visitor.event_for(name)["form"] is is_open


def test_restart_leaves_the_conversation_in_all_tabs(visit: Any) -> None:
    first = visit()
    first.ask("hello")
    second = visit(first.token)
    assert first.call("restart", {}) == {"ok": True}
    tokens = {first.restarted(), second.restarted()}
    assert len(tokens) == 1
    new = visit(tokens.pop())
    assert new.session["entries"] == []


def test_feedback_is_taken_for_answers_of_ones_own(visit: Any) -> None:
    ana, ben = visit(), visit()
    entry = (ana.ask("How is it given?"))["id"]
    assert ana.call("feedback", {"entry": entry, "value": "wrong"}) == {"ok": True}
    assert ana.call("feedback", {"entry": entry, "value": "rude"}) == {"ok": False}
    assert ben.call("feedback", {"entry": entry, "value": "wrong"}) == {"ok": False}
    assert ben.call("feedback", None) == {"ok": False}


def test_the_language_chosen_counts_until_words_speak_for_themselves(visit: Any) -> None:
    visitor = visit(language="zh")
    assert "不" in (visitor.ask("?!"))["text"] or "我" in (visitor.ask("ok"))["text"]
    assert "page" in (visitor.ask("How is the treatment given?"))["text"]


def test_a_message_survives_the_servers_death(server: RealServer, visit: Any) -> None:
    """Acknowledged means stored: killed at once, the server answers after its restart, once."""

    visitor, name = visit(), str(uuid.uuid4())
    assert visitor.send("How is it given?", name) == {"ok": True}
    server.kill()
    visitor.close()
    server.start()
    again = visit(visitor.token)
    if again.session["waiting"] or len(again.session["entries"]) < 2:
        again.reply_to(name)
    assert again.send("How is it given?", name) == {"ok": True}
    again.ask("thanks")
    last = visit(visitor.token)
    assert [entry["from"] for entry in last.session["entries"]] == ["visitor", "bot"] * 2
    assert last.session["entries"][0]["id"] == name


def test_health_readiness_and_setup(server: RealServer) -> None:
    def get(path: str) -> httpx.Response:
        return httpx.get(f"{server.url}/webhooks/website{path}", timeout=20)

    assert get("/health").json() == {"status": "ok"}
    assert get("/ready").json() == {"status": "ready"}
    english: Dict[str, Any] = get("/setup?language=../../etc").json()
    assert english["language"] == "en"
    assert {language["code"] for language in english["languages"]} == {"en", "es", "zh"}
    spanish = get("/setup?language=es").json()
    assert [field["name"] for field in spanish["form"]["fields"]] == list(FIELDS)
    assert spanish["form"]["fields"][0]["label"] != english["form"]["fields"][0]["label"]


def test_the_page_has_a_strict_policy_and_the_widget(server: RealServer) -> None:
    page = httpx.get(f"{server.url}/", timeout=20)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "require-trusted-types-for 'script'" in policy
    assert '<script src="/webhooks/website/widget.js"' in page.text
    assert 'id="important-safety-information"' in page.text


def test_no_words_of_visitors_are_in_the_log(server: RealServer, visit: Any) -> None:
    visitor = visit()
    visitor.ask("my secret word is xylophonist")
    visitor.fill(values=FIELDS)
    assert "xylophonist" not in server.log and "Ana Silva" not in server.log
