"""A yes means what was offered just before, and nothing else."""

import pytest

from actions.take_yes import TakeYes
from tests.actions.tracker import outcome, run


@pytest.mark.parametrize(
    ("past", "kind"),
    [
        ([], "smalltalk"),
        ([{"kind": "answer", "topic": "route"}], "smalltalk"),
        ([{"kind": "not_covered", "topic": "cost"}, {"kind": "answer", "topic": "a"}], "smalltalk"),
        ([{"kind": "emergency", "topic": "medical"}], "smalltalk"),
        ([{"kind": "not_covered", "topic": "out_of_scope"}], "smalltalk"),
        ([{"kind": "not_covered", "topic": "cost"}], "handoff"),
        ([{"kind": "advice", "topic": "dose"}], "handoff"),
        ([{"kind": "adverse_event", "topic": "report_side_effects"}], "handoff"),
        ([{"kind": "unclear", "topic": "consultation_offer"}], "handoff"),
    ],
)
def test_yes(past: list, kind: str) -> None:
    assert outcome(run(TakeYes(), "affirm", past))["kind"] == kind
