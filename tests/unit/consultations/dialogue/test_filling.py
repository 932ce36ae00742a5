"""The form as fields: the same draft and rules as in the chat, all at once."""

from typing import Any, Dict

import pytest

from consultations.dialogue import form
from consultations.dialogue.filling import Filling, is_complete, shown_values
from consultations.request import validate

WHOLE = {
    "contact_name": "Ana Silva",
    "email": "ana@example.org",
    "phone": "",
    "for_whom": "child",
    "patient_age": "8 months",
    "diagnosis": "yes",
    "sma_type": "type two",
    "place": "Lisbon",
    "language": "Portuguese",
    "question": "",
}


def filled(
    entries: Dict[str, str], data: Any = None, consent: Any = None, send: bool = False
) -> Filling:
    filling = Filling(data or form.new())
    filling.take(entries, consent, send)
    return filling


def test_all_that_is_wrong_is_told_at_once_and_the_rest_kept() -> None:
    entries = {**WHOLE, "contact_name": "", "email": "ana@", "patient_age": "old", "place": " "}
    filling = filled(entries, send=True, consent=True)
    assert filling.errors == {
        "contact_name": "name_missing",
        "email": "email_invalid",
        "patient_age": "age_invalid",
        "place": "place_missing",
    }
    assert filling.turn.end is None
    assert filling.turn.data and filling.turn.data["values"]["language"] == "Portuguese"


def test_one_contact_is_needed_and_enough() -> None:
    assert filled({**WHOLE, "email": ""}).errors == {"contact": "contact_missing"}
    assert filled({**WHOLE, "email": "", "phone": "+44 20 7946 0018"}).errors == {}


def test_without_consent_nothing_is_sent() -> None:
    for consent in (None, False):
        filling = filled(WHOLE, consent=consent, send=True)
        assert filling.errors == {"consent": "consent_missing"}
        assert filling.turn.end is None
    taken_back = filled({}, data=filled(WHOLE, consent=True).turn.data, consent=False, send=True)
    assert taken_back.errors == {"consent": "consent_missing"}


def test_consent_alone_sends_nothing() -> None:
    assert filled(WHOLE, consent=True).turn.end is None


def test_an_incomplete_form_is_not_sent() -> None:
    filling = filled({"contact_name": "Ana"}, consent=True, send=True)
    assert filling.turn.end is None
    assert filling.turn.ask == "contact"


def test_a_minor_is_asked_to_have_an_adult_and_their_contact_forgotten() -> None:
    filling = filled({**WHOLE, "for_whom": "self", "patient_age": "15"}, consent=True, send=True)
    assert filling.errors == {"patient_age": "underage_contact"}
    assert filling.turn.end is None
    assert filling.turn.data
    assert filling.turn.data["values"].keys().isdisjoint({"contact_name", "email", "consent_at"})


def test_what_is_emptied_is_gone_and_not_asked_again() -> None:
    data = filled({**WHOLE, "question": "How long is the stay?"}).turn.data
    filling = filled({"question": "", "sma_type": ""}, data=data)
    assert filling.turn.data
    assert filling.turn.data["values"].keys().isdisjoint({"question", "sma_type"})
    assert filling.turn.ask == "consent"


def test_a_whole_form_is_a_valid_request() -> None:
    filling = filled(WHOLE, consent=True, send=True)
    assert (filling.errors, filling.turn.end) == ({}, form.SENT)
    assert filling.turn.data
    request = validate({**filling.turn.data["values"], "consent_version": "1"})
    assert (request.patient_age_months, request.sma_type, request.phone) == (8, "2", None)


def test_fields_and_chat_fill_the_same_draft() -> None:
    data = form.take(form.new(), "Ana Silva", asks=False, interrupted=False).data
    assert data
    filling = filled({"email": "ana@example.org", "phone": ""}, data=data)
    assert filling.turn.ask == "for_whom"
    assert filling.turn.data
    turn = form.take(filling.turn.data, "my child", asks=False, interrupted=False)
    assert turn.ask == "patient_age"


@pytest.mark.parametrize("mode", ["cancel", "resume", "reuse"])
def test_what_was_asked_beside_is_answered_by_filling(mode: str) -> None:
    data = {**form.new(), "mode": mode, "then": "x", "pending": "Ana"}
    filling = filled({}, data=data)
    assert filling.turn.ask == "contact_name"


def test_nothing_taken_changes_nothing_given() -> None:
    data = form.new()
    filled(WHOLE, data=data)
    assert data == form.new()


def test_unknown_fields_are_ignored() -> None:
    filling = filled({"consent_at": "now", "reference": "x", "admin": "1"})
    assert filling.turn.data and filling.turn.data["values"] == {}


def test_what_fields_show() -> None:
    data = form.new("How long is the stay?", {"contact_name": "Ana", "email": "a@example.org"})
    assert shown_values(data) == {
        "contact_name": "Ana",
        "email": "a@example.org",
        "question": "How long is the stay?",
    }
    declined = {**data, "mode": "", "suggestion": ""}
    assert shown_values(declined) == {}
    agreed = filled(WHOLE, consent=True).turn.data
    assert agreed and "consent_at" not in shown_values(agreed)


def test_complete_is_all_but_the_consent() -> None:
    assert not is_complete(form.new())
    data = filled(WHOLE).turn.data
    assert data and is_complete(data)
