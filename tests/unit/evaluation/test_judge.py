"""What counts as a right reply."""

from typing import Any, Dict

import pytest

import settings
from evaluation.judge import judge_question, judge_turn, main_kind
from evaluation.sets import Turn
from knowledge.catalogue import load_catalogue
from tests.unit.evaluation.samples import question, quoting

CATALOGUE = load_catalogue(settings.DOCUMENTS)


def quotes(topic: str) -> list:
    return [source.quote.text for source in CATALOGUE.sources(topic)]


def is_right(kind: str, intent: str, outcome: Dict[str, Any]) -> bool:
    return judge_question(question(kind, intent), outcome, CATALOGUE).right


def test_an_answer_is_right_when_it_shows_one_of_the_topics_quotes() -> None:
    outcome = quoting("kidney", quotes("kidney"))
    assert is_right("answer", "ask_kidney", outcome)
    assert not is_right("answer", "ask_route", outcome)


def test_another_topic_with_the_same_quote_is_right_too() -> None:
    outcome = quoting("cause", quotes("cause"))
    judgement = judge_question(question("answer", "ask_share_5q"), outcome, CATALOGUE)
    assert judgement.right and not judgement.topic_right


def test_a_quote_beside_another_kind_of_reply_is_no_answer() -> None:
    outcome = quoting("kidney", quotes("kidney"), kind="advice")
    assert not is_right("answer", "ask_kidney", outcome)


def test_not_covered_is_right_whatever_its_topic_which_is_recorded() -> None:
    named = judge_question(
        question("not_covered", "ask_cost"), {"kind": "not_covered", "topic": "cost"}, CATALOGUE
    )
    other = judge_question(
        question("not_covered", "ask_cost"), {"kind": "not_covered", "topic": "diet"}, CATALOGUE
    )
    assert named.right and named.topic_right
    assert other.right and not other.topic_right


@pytest.mark.parametrize(
    "kind, intent, got, topic, right",
    [
        ("advice", "seek_advice_dose", "advice", "dose_factors", True),
        ("advice", "seek_advice_dose", "answer", "dose_factors", False),
        ("adverse_event", "report_side_effect", "adverse_event", "report_side_effects", True),
        ("handoff", "request_human", "handoff", "consultation", True),
        ("handoff", "request_human", "handoff", "declined", False),
        ("smalltalk", "greet", "smalltalk", "greet", True),
        ("smalltalk", "greet", "unclear", None, False),
        ("smalltalk", "ask_more", "unclear", None, True),
        ("smalltalk", "ask_source", "answer", None, True),
        ("smalltalk", "decline_consultation", "handoff", "declined", True),
        ("smalltalk", "decline_consultation", "unclear", None, False),
        ("unclear", "nonsense", "unclear", "nonsense", True),
        ("unclear", "nonsense", "smalltalk", "greet", True),
        ("unclear", "nonsense", "not_covered", "out_of_scope", True),
        ("unclear", "nonsense", "not_covered", "cost", False),
        ("answer", "ask_route", "unavailable", None, False),
    ],
)
def test_other_kinds(kind: str, intent: str, got: str, topic: str, right: bool) -> None:
    assert is_right(kind, intent, {"kind": got, "topic": topic}) is right


@pytest.mark.parametrize(
    "intent, topic, topic_right",
    [
        ("emergency_medical", "medical", True),
        ("emergency_medical", "self_harm", False),
        ("emergency_self_harm", "self_harm", True),
        ("emergency_*", "medical", True),
    ],
)
def test_an_emergency_of_the_other_type_is_right_and_recorded(
    intent: str, topic: str, topic_right: bool
) -> None:
    outcome = {"kind": "emergency", "topic": topic}
    judgement = judge_question(question("emergency", intent), outcome, CATALOGUE)
    assert judgement.right and judgement.topic_right is topic_right


COST = {"kind": "not_covered", "topic": "cost"}
DIET = {"kind": "not_covered", "topic": "diet"}


def test_of_two_questions_both_must_be_treated() -> None:
    kidney = quoting("kidney", quotes("kidney"))
    both = ("answer+not_covered", "ask_kidney+ask_cost")
    assert is_right(*both, {**kidney, "parts": [kidney, COST]})
    assert is_right(*both, {**COST, "parts": [kidney]})
    assert is_right(*both, {**kidney, "topic": ["kidney", "cost"]})
    assert not is_right(*both, kidney)
    assert not is_right(*both, COST)


def test_of_two_uncovered_questions_each_must_be_named() -> None:
    both = ("not_covered+not_covered", "ask_cost+ask_diet")
    assert not is_right(*both, COST)
    assert is_right(*both, {**COST, "parts": [DIET]})


def test_beside_an_emergency_nothing_else_counts() -> None:
    both = ("emergency+answer", "emergency_medical+ask_kidney")
    outcome = {"kind": "emergency", "topic": "medical"}
    assert is_right(*both, outcome)
    assert not is_right(*both, quoting("kidney", quotes("kidney")))
    assert main_kind({**COST, "parts": [outcome]}) == "emergency"


def test_a_turn_may_have_several_right_kinds_and_topics() -> None:
    turn = Turn("and the cost?", ("not_covered", "advice"), ("cost", "insurance"))
    assert judge_turn(turn, COST)
    assert not judge_turn(turn, DIET)
    assert judge_turn(turn, {"kind": "advice", "topic": "dose_factors"}), "a topic of its own"
    assert not judge_turn(turn, {"kind": "unclear", "topic": "cost"})


def test_declining_is_small_talk_in_a_dialogue() -> None:
    turn = Turn("no thanks", ("smalltalk",), ())
    assert judge_turn(turn, {"kind": "handoff", "topic": "declined"})
    assert not judge_turn(turn, {"kind": "handoff", "topic": "consultation"})
