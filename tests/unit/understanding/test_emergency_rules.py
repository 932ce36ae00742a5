"""Phrases find emergencies by themselves, and leave every harmless example alone."""

import pytest

from evaluation.compare import read_examples
from understanding.cleaning import normalize
from understanding.emergency_rules import EmergencyRules


@pytest.fixture(scope="module")
def rules() -> EmergencyRules:
    return EmergencyRules()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("help he is not breathing", "emergency_breathing"),
        ("her lips are going blue", "emergency_breathing"),
        ("What does it cost? My son can't breathe", "emergency_breathing"),
        ("the bleeding won't stop", "emergency_bleeding"),
        ("she is having a seizure", "emergency_seizure"),
        ("mum won't wake up", "emergency_collapse"),
        ("I want to die", "emergency_self_harm"),
        ("if this goes on I will kill myself", "emergency_self_harm"),
        ("mi hijo no respira", "emergency_breathing"),
        ("quiero morir", "emergency_self_harm"),
        ("孩子喘不上气了", "emergency_breathing"),
        ("我不想活了", "emergency_self_harm"),
        ("since the puncture my legs have gone numb", "emergency_collapse"),
        ("since he has a fever he is not breathing right", "emergency_breathing"),
        ("her trach came out", "emergency_breathing"),
        ("grandma can't be roused", "emergency_collapse"),
        ("mi abuela se desplomó", "emergency_collapse"),
        ("老人突然倒地了", "emergency_collapse"),
    ],
)
def test_found(rules: EmergencyRules, text: str, intent: str) -> None:
    assert rules.find(normalize(text, 1000)) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Overdose!", "emergency_poisoning"),
        ("unconscious", "emergency_collapse"),
        ("救命", "emergency_collapse"),
        ("overdose?", None),
        ("overdose of paperwork", None),
        ("the stroke of a pen", None),
    ],
)
def test_a_word_alone(rules: EmergencyRules, text: str, intent: str) -> None:
    assert rules.find(normalize(text, 1000)) == intent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "this waiting is killing me",
        "what if he stops breathing one day?",
        "he stopped breathing once years ago",
        "could she have a seizure? is having a seizure a side effect?",
        "does it hurt to breathe out in the test?",
        "如果孩子喘不上气怎么办",
    ],
)
def test_left_alone(rules: EmergencyRules, text: str) -> None:
    assert rules.find(normalize(text, 1000)) is None


def test_no_harmless_example_is_taken_for_an_emergency(rules: EmergencyRules) -> None:
    harmless = [text for text, intent in read_examples() if not intent.startswith("emergency_")]
    found = [text for text in harmless if rules.find(normalize(text, 1000))]
    assert len(harmless) > 10_000
    assert len(found) <= len(harmless) * 0.0005, found
