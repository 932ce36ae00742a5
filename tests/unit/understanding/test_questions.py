"""The question in a message is found: in a story, among politeness, or two at once."""

import pytest

from understanding.questions import (
    Meaning,
    Thresholds,
    find_questions,
    joined_questions,
    last_question,
    read,
    with_advice_sought,
)

THRESHOLDS = Thresholds(
    part=0.4, statement=0.8, story=0.5, advice=0.4, report=0.3, clause=0.5, one=0.9
)


def find(whole: Meaning, *sentences: Meaning) -> list:
    found = find_questions(whole, sentences, THRESHOLDS)
    return [reading.intent for reading in found]


def says(intent: str, confidence: float = 0.9) -> Meaning:
    return Meaning(intent, confidence, asks=False)


def asks(intent: str, confidence: float = 0.9) -> Meaning:
    return Meaning(intent, confidence)


@pytest.mark.parametrize(
    ("whole", "sentences", "expected"),
    [
        (asks("ask_cost"), [], ["ask_cost"]),
        (asks("thank"), [says("thank"), asks("ask_cost")], ["ask_cost"]),
        (asks("thank"), [says("thank"), says("goodbye")], ["thank"]),
        (asks("ask_cost"), [asks("ask_cost"), asks("ask_route")], ["ask_cost", "ask_route"]),
        (asks("ask_cost"), [asks("ask_cost"), asks("ask_cost")], ["ask_cost"]),
        (asks("ask_cost"), [asks("ask_cost"), asks("ask_route", 0.3)], ["ask_cost"]),
        (
            asks("ask_prognosis", 0.3),
            [says("tell_background"), says("ask_diagnosis", 0.7), asks("ask_cost", 0.6)],
            ["ask_cost"],
        ),
        (asks("ask_cost", 0.95), [says("tell_background"), asks("ask_route", 0.5)], ["ask_cost"]),
        (
            asks("seek_advice_eligible", 0.6),
            [says("tell_background"), asks("ask_waiting_time", 0.7)],
            ["seek_advice_eligible"],
        ),
        (
            asks("report_side_effect", 0.6),
            [says("report_side_effect"), asks("ask_aftercare")],
            ["report_side_effect", "ask_aftercare"],
        ),
        (
            asks("report_side_effect", 0.6),
            [says("report_side_effect"), asks("seek_advice_symptom")],
            ["report_side_effect"],
        ),
        (asks("a"), [asks("b"), asks("c"), asks("d"), asks("e")], ["c", "d", "e"]),
    ],
)  # fmt: skip
def test_find(whole: Meaning, sentences: list, expected: list) -> None:
    assert find(whole, *sentences) == expected


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        ({"ask_zolgensma": 0.6, "seek_advice_choose": 0.2}, "ask_zolgensma"),
        (
            {"ask_zolgensma": 0.45, "seek_advice_choose": 0.3, "seek_advice_eligible": 0.2},
            "seek_advice_choose",
        ),
        ({"seek_advice_symptom": 0.5, "report_side_effect": 0.35}, "report_side_effect"),
        ({"seek_advice_symptom": 0.7, "report_side_effect": 0.2}, "seek_advice_symptom"),
    ],
)
def test_what_is_sought_on_one_person_counts_together(ranking: dict, expected: str) -> None:
    entries = [{"name": name, "confidence": share} for name, share in ranking.items()]
    assert read(entries, THRESHOLDS).intent == expected


@pytest.mark.parametrize(
    ("whole", "clauses", "expected"),
    [
        (0.6, [("ask_bleeding", 0.9), ("ask_kidney", 0.9)], ["ask_bleeding", "ask_kidney"]),
        (0.95, [("ask_bleeding", 0.9), ("ask_kidney", 0.9)], []),  # it's clearly one of them
        (0.6, [("ask_bleeding", 0.9), ("ask_kidney", 0.3)], []),
        (0.6, [("ask_bleeding", 0.9), ("ask_bleeding", 0.9)], []),
        (0.6, [("ask_bleeding", 0.9), ("ask_cost", 0.9)], []),  # nothing in the whole speaks for it
        (0.6, [("ask_bleeding", 0.9), ("ask_kidney", 0.9), ("thank", 0.9)], []),
        (0.6, [], []),
    ],
)
def test_clauses_are_questions_only_when_the_whole_agrees(
    whole: float, clauses: list, expected: list
) -> None:
    ranking = [
        {"name": "ask_bleeding", "confidence": whole},
        {"name": "ask_kidney", "confidence": 1 - whole},
    ]
    rankings = [[{"name": name, "confidence": confidence}] for name, confidence in clauses]
    found = joined_questions(ranking, rankings, THRESHOLDS)
    assert [reading.intent for reading in found] == expected


@pytest.mark.parametrize(
    ("found", "advice", "expected"),
    [
        (["report_side_effect"], 0.6, ["report_side_effect", "seek_advice_symptom"]),
        (["report_side_effect"], 0.2, ["report_side_effect"]),
        (["ask_cost"], 0.6, ["ask_cost"]),
        (["report_side_effect", "ask_cost"], 0.6, ["report_side_effect", "ask_cost"]),
    ],
)
def test_a_report_may_seek_advice_as_well(found: list, advice: float, expected: list) -> None:
    ranking = [{"name": "seek_advice_symptom", "confidence": advice}]
    readings = with_advice_sought([asks(name) for name in found], ranking, THRESHOLDS)
    assert [reading.intent for reading in readings] == expected


def test_of_a_very_long_message_the_last_question_counts() -> None:
    sentences = [
        asks("ask_route"),
        asks("ask_cost"),
        asks("ask_diet", 0.1),
        says("tell_background"),
    ]
    assert last_question(sentences, 0.3) == asks("ask_cost")
    assert last_question([says("ask_cost"), asks("thank")], 0.3) is None
