"""Far from the page: the bot says what it knows about, and nothing else."""

from actions.answer_question import AnswerQuestion
from tests.rooms.actions.tracker import outcome, run


def test_far_away() -> None:
    message = run(AnswerQuestion(), "out_of_scope")
    assert outcome(message) == {"kind": "not_covered", "topic": "out_of_scope"}
    assert "only know about this page" in message["text"]
    assert message["buttons"] == []
