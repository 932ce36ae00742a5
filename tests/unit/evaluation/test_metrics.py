"""Shares, intervals and everything that is counted over a run."""

import math

import pytest

from evaluation.confidence import Bin, calibration, calibration_error, risk_coverage
from evaluation.metrics import (
    Share,
    accuracy_by,
    accuracy_by_topic,
    confusion,
    gap_to_english,
    quantile,
    wilson,
)
from tests.unit.evaluation.samples import answered, question


@pytest.mark.parametrize(
    "count, total, low, high",
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), table I
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_interval(count: int, total: int, low: float, high: float) -> None:
    assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_is_not_a_number() -> None:
    assert math.isnan(Share(0, 0).value)


def test_accuracy_by_group() -> None:
    entries = [
        answered(question(lang="en")),
        answered(question(lang="en"), right=False),
        answered(question(lang="zh")),
    ]
    assert accuracy_by(entries, lambda e: e.question.lang) == {"en": Share(1, 2), "zh": Share(1, 1)}


def test_topics_are_those_asked_for_alone() -> None:
    entries = [
        answered(question("answer", "ask_route")),
        answered(question("not_covered", "ask_cost"), right=False),
        answered(question("not_covered", "out_of_scope")),
        answered(question("answer+not_covered", "ask_route+ask_cost")),
        answered(question("smalltalk", "ask_joke")),
    ]
    assert accuracy_by_topic(entries) == {"cost": Share(0, 1), "route": Share(1, 1)}


def test_confusion_leaves_double_questions_out() -> None:
    entries = [
        answered(question("answer"), "answer"),
        answered(question("answer"), "unclear"),
        answered(question("answer+answer", "ask_route+ask_cause"), "answer"),
    ]
    assert confusion(entries) == {("answer", "answer"): 1, ("answer", "unclear"): 1}


def test_the_gap_to_english_is_on_the_same_mix_of_kinds() -> None:
    hard, easy = question("answer"), question("smalltalk", "greet")
    english = [answered(easy)] * 90 + [answered(hard), answered(hard, right=False)]
    chinese_hard = question("answer", lang="zh")
    chinese = [answered(chinese_hard), answered(chinese_hard, right=False)]
    assert gap_to_english(english + chinese, "zh") == pytest.approx(0.0)
    assert gap_to_english(english + chinese[1:], "zh") == pytest.approx(0.5)
    assert math.isnan(gap_to_english(english, "es"))


def test_quantile() -> None:
    assert [quantile([1, 2, 3, 4], part) for part in (0, 0.5, 1)] == [1, 3, 4]


def test_risk_over_coverage() -> None:
    scored = [(0.9, True), (0.5, False), (0.7, True), (0.5, True)]
    assert risk_coverage(scored) == [(0.25, 0.0), (0.5, 0.0), (1.0, 0.25)]


def test_calibration_and_its_error() -> None:
    bins = calibration([(0.95, True), (1.0, True), (0.25, False), (0.25, True)])
    assert bins == [Bin(2, 0.25, 0.5), Bin(2, 0.975, 1.0)]
    assert calibration_error(bins) == pytest.approx(0.5 * 0.25 + 0.5 * 0.025)
    assert math.isnan(calibration_error([]))
