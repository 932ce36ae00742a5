"""Who wants the clinic gets the way to it, configured or not."""

import pytest

from actions.hand_off import HandOff
from tests.actions.tracker import outcome, run


def test_without_a_form_the_staff_are_told_what_to_set() -> None:
    message = run(HandOff(), "request_consultation")
    assert outcome(message) == {"kind": "handoff", "topic": "consultation"}
    assert "CONSULTATION_FORM_URL" in message["text"]


def test_with_a_form_its_link_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATION_FORM_URL", "https://clinic.example/form")
    message = run(HandOff(), "request_human")
    assert "https://clinic.example/form" in message["text"]
    assert "not configured" not in message["text"]
