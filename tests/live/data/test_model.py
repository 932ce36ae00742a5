"""What the trained model must understand for the replies' buttons to work."""

import pytest
from rasa.core.channels.channel import UserMessage

from actions.knowledge_base import catalogue
from texts import text


@pytest.mark.parametrize("topic", sorted(catalogue().topics))
def test_a_buttons_question_is_understood_as_its_topic(topic: str, agent, loop) -> None:
    question = catalogue().topics[topic].question
    understood = loop.run_until_complete(agent.parse_message(question))
    assert understood["intent"]["name"] == f"ask_{topic}"


def test_a_button_means_the_same_however_the_model_reads_its_words(agent, loop) -> None:
    metadata = {"pressed": "ask_kidneys"}
    message = UserMessage("my baby stopped breathing", metadata=metadata)
    understood = loop.run_until_complete(agent.processor.parse_message(message))
    assert understood["intent"] == {"name": "ask_kidneys", "confidence": 1.0}


def test_the_consultation_button_is_understood(agent, loop) -> None:
    understood = loop.run_until_complete(agent.parse_message(text("consultation_request")))
    assert understood["intent"]["name"] == "request_consultation"


@pytest.mark.parametrize(("text", "language"), [("¿cuánto cuesta?", "es"), ("多少钱", "zh")])
def test_the_model_hands_the_language_on_as_an_entity(
    text: str, language: str, agent, loop
) -> None:
    understood = loop.run_until_complete(agent.parse_message(text))
    assert [(e["entity"], e["value"]) for e in understood["entities"]] == [("language", language)]
