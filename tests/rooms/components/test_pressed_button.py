"""A button means what it says, whatever the model makes of its words."""

from typing import Any, Dict

import pytest
from rasa.shared.nlu.training_data.message import Message

from components.pressed_button import PressedButton


def read(metadata: Any) -> Message:
    message = Message.build("what was understood as something else")
    message.set("metadata", metadata)
    message.set("intent", {"name": "emergency_medical", "confidence": 0.9})
    message.set("intent_ranking", [{"name": "ask_cost", "confidence": 0.1}])
    message.set("questions", [{"name": "ask_route", "confidence": 0.5}] * 2)
    return PressedButton({}).process([message])[0]


def test_it_has_the_last_word() -> None:
    message = read({"pressed": "ask_cost"})
    assert message.get("intent") == {"name": "ask_cost", "confidence": 1.0}
    assert message.get("intent_ranking") == [{"name": "ask_cost", "confidence": 1.0}]
    assert message.get("questions") == [] and message.get("asks") is True
    assert {"intent", "questions", "asks"} <= message.output_properties


def test_a_wish_is_no_question() -> None:
    assert read({"pressed": "request_consultation"}).get("asks") is False


@pytest.mark.parametrize("metadata", [None, {}, {"language": "es"}])
def test_words_are_left_alone(metadata: Dict[str, str]) -> None:
    assert read(metadata).get("intent")["name"] == "emergency_medical"
