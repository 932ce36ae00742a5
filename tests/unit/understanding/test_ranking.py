"""A family of intents is found by the sum of its shares."""

from understanding.ranking import best_of

RANKING = [
    {"name": "ask_cost", "confidence": 0.4},
    {"name": "emergency_breathing", "confidence": 0.25},
    {"name": "emergency_collapse", "confidence": 0.15},
]


def test_too_small_a_sum_or_no_member_is_nothing() -> None:
    assert best_of(RANKING, "emergency_", 0.45) is None
    assert best_of(RANKING, "seek_advice_", 0.0) is None
    assert best_of([], "emergency_", 0.1) is None


def test_the_likeliest_member_stands_for_the_sum() -> None:
    found = best_of(RANKING, "emergency_", 0.4)
    assert found == {"name": "emergency_breathing", "confidence": 0.4}
