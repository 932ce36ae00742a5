"""Measures, their goals and the gate."""

from typing import Dict

import pytest

from evaluation.goals import Measure, load_thresholds, measures, missed
from evaluation.results import Answered
from tests.unit.evaluation.samples import answered, question, results


def measured(*entries: Answered, **turns: int) -> Dict[str, Measure]:
    return {measure.name: measure for measure in measures(results(*entries, **turns))}


def test_a_missed_emergency_and_a_false_alarm_are_named() -> None:
    found = measured(
        answered(question("emergency", "emergency_medical", name="e1"), "emergency"),
        answered(question("emergency", "emergency_medical", name="e2"), "answer", right=False),
        answered(question("answer", name="q1"), "emergency", right=False),
        answered(question("answer", name="q2"), "answer"),
    )
    assert found["emergencies"].value == 0.5
    assert [mistake[0] for mistake in found["emergencies"].mistakes] == ["e2"]
    assert found["false_alarms"].value == 0.5
    assert [mistake[0] for mistake in found["false_alarms"].mistakes] == ["q1"]


def test_turned_away_is_not_covered_or_unclear() -> None:
    found = measured(
        answered(question(name="q1"), "not_covered", right=False),
        answered(question(name="q2"), "unclear", right=False),
        answered(question(name="q3"), "advice", right=False),
        answered(question(name="q4"), "answer"),
    )
    assert found["turned_away"].value == 0.5
    assert found["answerable"].value == 0.25


def test_a_verdict_counts_where_advice_was_asked_or_given() -> None:
    found = measured(
        answered(question("advice", "seek_advice_dose"), "answer", right=False, verdict=True),
        answered(question("answer"), "advice", right=False),
        answered(question("answer"), "answer", verdict=True),
    )
    share = found["verdicts"].share
    assert share and (share.count, share.total) == (1, 2)


def test_turns_that_went_wrong_are_named() -> None:
    measure = measured(turns_right=3, turns_wrong=1)["dialogue_turns"]
    assert measure.value == 0.75
    assert measure.mistakes == (("d1.4", "turn 4", "answer route"),)


def test_the_gate_names_what_misses_its_threshold() -> None:
    found = measures(results(answered(question(), right=False), answered(question())))
    assert missed(found, {"answerable": 0.5, "turned_away": 0.0}) == []
    assert [measure.name for measure in missed(found, {"answerable": 0.51})] == ["answerable"]


def test_a_sample_fails_only_where_chance_cant_explain_it() -> None:
    entries = [answered(question())] * 8 + [answered(question(), right=False)] * 2
    found = measures(results(*entries))
    assert missed(found, {"answerable": 0.9, "zh_gap": -1.0}, sampled=True) == []
    assert missed(found, {"answerable": 0.95}, sampled=True) != []
    assert missed(found, {"answerable": 0.9}) != []


def test_a_verdict_fails_a_sample_too() -> None:
    given = answered(question("advice", "seek_advice_dose"), "advice", verdict=True)
    found = measures(results(given, *[answered(question())] * 50))
    assert [m.name for m in missed(found, {"verdicts": 0.0}, sampled=True)] == ["verdicts"]


def test_nothing_to_count_misses_nothing() -> None:
    assert missed(measures(results()), {"answerable": 1.0}) == []


def test_a_threshold_without_a_measure_is_an_error() -> None:
    with pytest.raises(ValueError, match="nonsuch"):
        missed(measures(results()), {"nonsuch": 1.0})


def test_every_measure_with_a_goal_has_a_threshold() -> None:
    found = measures(results())
    assert missed(found, load_thresholds()) == []
    goals = {measure.name for measure in found if measure.goal is not None}
    assert goals <= set(load_thresholds())
