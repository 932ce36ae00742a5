"""What counts as right where only the intent is looked at."""

import pytest

from evaluation.experiments import is_right


@pytest.mark.parametrize(
    ("expected", "predicted", "right"),
    [
        ("ask_route", "ask_route", True),
        ("ask_route", "ask_schedule", False),
        ("emergency_collapse", "emergency_breathing", True),
        ("emergency_*", "emergency_bleeding", True),
        ("emergency_collapse", "seek_advice_symptom", False),
        ("ask_bleeding", "emergency_bleeding", False),
        ("ask_route", "", False),
    ],
)
def test_emergencies_count_as_one(expected: str, predicted: str, right: bool) -> None:
    assert is_right(expected, predicted) is right
