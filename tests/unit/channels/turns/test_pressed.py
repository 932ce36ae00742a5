"""Pressing a button says its question; what isn't one of our buttons says nothing of the kind."""

import pytest

from channels.turns.pressed import pressed
from knowledge.payload import REQUEST_CONSULTATION, Payload


def test_a_topics_button_is_its_question_in_the_buttons_language() -> None:
    button = pressed(str(Payload("ask_cost", "es")))
    assert button is not None
    assert button.words.startswith("¿") and button.words.endswith("?")
    assert button.metadata == {"pressed": "ask_cost", "title": button.title}


def test_the_consultations_button_asks_for_one() -> None:
    button = pressed(str(Payload(REQUEST_CONSULTATION, "en")))
    assert button is not None
    assert (button.title, button.metadata["pressed"]) == ("Free consultation", REQUEST_CONSULTATION)


@pytest.mark.parametrize(
    "text", ['/ask_the_impossible{"language": "en"}', '/ask_cost{"language": "xx"}', "/restart"]
)
def test_what_we_did_not_make_is_no_button(text: str) -> None:
    assert pressed(text) is None
