"""A side effect that happened is sent to the provider and to the place the page names."""

from actions.answer_question import AnswerQuestion
from tests.rooms.actions.tracker import outcome, run


def test_provider_and_reporting_line_are_named() -> None:
    message = run(AnswerQuestion(), "report_side_effect")
    assert outcome(message)["kind"] == "adverse_event"
    assert "1-800-FDA-1088" in message["text"]
    assert "Please tell your doctor" in message["text"]
    assert "Call your healthcare provider" in message["text"]
