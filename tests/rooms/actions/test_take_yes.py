"""A yes means what was offered just before, and nothing else."""

import pytest
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.take_yes import TakeYes
from tests.rooms.actions.tracker import outcome, run, tracker


@pytest.mark.parametrize(
    ("past", "kind"),
    [
        ([], "smalltalk"),
        ([{"kind": "answer", "topic": "route"}], "smalltalk"),
        ([{"kind": "not_covered", "topic": "cost"}, {"kind": "answer", "topic": "a"}], "smalltalk"),
        ([{"kind": "emergency", "topic": "medical"}], "smalltalk"),
        ([{"kind": "not_covered", "topic": "out_of_scope"}], "smalltalk"),
        ([{"kind": "form", "topic": "sent", "reference": "SMA-1"}], "form"),
    ],
)
def test_yes(past: list, kind: str) -> None:
    assert outcome(run(TakeYes(), "affirm", past))["kind"] == kind


@pytest.mark.parametrize(
    "offer",
    [
        {"kind": "not_covered", "topic": "cost"},
        {"kind": "advice", "topic": "dose"},
        {"kind": "adverse_event", "topic": "report_side_effects"},
        {"kind": "unclear", "topic": "consultation_offer"},
    ],
)
def test_yes_to_the_consultation_starts_the_form(offer: dict) -> None:
    dispatcher = CollectingDispatcher()
    events = TakeYes().run(dispatcher, tracker("affirm", [offer]), {})
    assert events == [FollowupAction("consultation_form")]
    assert dispatcher.messages == []
