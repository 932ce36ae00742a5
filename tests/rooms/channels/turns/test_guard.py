"""Texts are made harmless before Rasa sees them."""

import pytest

from channels.turns.guard import MAX_CHARACTERS, defuse, is_too_long


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/restart", "restart"),
        (' //ask_cost{"a": "b"} ', 'ask_cost{"a": "b"}'),
        ("/ / /stop", "stop"),
        ("and/or", "and/or"),
        ("/", ""),
        ("", ""),
    ],
)
def test_no_text_is_a_command(text: str, expected: str) -> None:
    assert defuse(text) == expected


def test_the_longest_message_that_is_taken() -> None:
    assert not is_too_long("x" * MAX_CHARACTERS)
    assert is_too_long("x" * (MAX_CHARACTERS + 1))
