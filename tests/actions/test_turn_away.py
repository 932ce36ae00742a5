"""Far from the page: the bot says what it knows about, and nothing else."""

from actions.turn_away import TurnAway
from tests.actions.tracker import outcome, run


def test_far_away() -> None:
    message = run(TurnAway(), "out_of_scope")
    assert outcome(message) == {"kind": "not_covered", "topic": "out_of_scope"}
    assert "only know about this page" in message["text"]
    assert message["buttons"] == []
