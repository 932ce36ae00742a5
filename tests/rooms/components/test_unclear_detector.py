"""Unsure means "not understood"; the ranking stays, for the buttons."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from components.unclear_detector import NOT_UNDERSTOOD, UnclearDetector


def detect(text: str, *confidences: float) -> Message:
    message = Message.build(text)
    ranking = [
        {"name": f"ask_{number}", "confidence": confidence}
        for number, confidence in enumerate(confidences)
    ]
    message.set("intent_ranking", ranking)
    message.set("intent", ranking[0] if ranking else None)
    return UnclearDetector({"threshold": 0.4}).process([message])[0]


def test_below_the_threshold_nothing_is_guessed() -> None:
    message = detect("hm", 0.39, 0.3)
    assert message.get("intent")["name"] == NOT_UNDERSTOOD
    names = [entry["name"] for entry in message.get("intent_ranking")]
    assert names == [NOT_UNDERSTOOD, "ask_0", "ask_1"]


def test_at_the_threshold_the_intent_stays() -> None:
    assert detect("cost", 0.4, 0.3).get("intent")["name"] == "ask_0"


@pytest.mark.parametrize("text", ["", "?!", "😀😀", "..."])
def test_signs_alone_are_never_understood_and_have_no_neighbours(text: str) -> None:
    message = detect(text, 0.99)
    assert message.get("intent") == {"name": NOT_UNDERSTOOD, "confidence": 1.0}
    assert [entry["name"] for entry in message.get("intent_ranking")] == [NOT_UNDERSTOOD]


def test_without_a_classifier_nothing_is_understood() -> None:
    assert detect("hello").get("intent")["name"] == NOT_UNDERSTOOD
