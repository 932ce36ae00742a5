"""Free fields keep the visitor's words, without what no database or screen can show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import fields
from consultations.fields import MESSAGES, InvalidError, parse_language, parse_place, parse_question


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (parse_place, " \x00 ", "place_missing"),
        (parse_place, "?", "place_missing"),
        (parse_place, "x" * 61, "place_too_long"),
        (parse_language, "", "language_missing"),
        (parse_language, "x" * 61, "language_too_long"),
        (parse_question, "x" * 2001, "question_too_long"),
    ],
)
def test_what_is_refused(parse, text: str, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(text)
    assert caught.value.code == code and text.strip() not in str(caught.value).split()


def test_words_are_kept() -> None:
    assert parse_place(" São\tPaulo, Brasil ") == "São Paulo, Brasil"
    assert parse_language("中文") == "中文"
    assert (
        parse_question("First\r\n\r\n\r\n\r\nsecond\x07 \u202eline\ud800 ")
        == "First\n\nsecond line"
    )
    assert parse_question("  ") == ""
    assert parse_question("x" * 2000) == "x" * 2000


@pytest.mark.parametrize("parse", [parse_place, parse_language, parse_question])
@given(st.text())
def test_any_text_is_taken_or_invalid(parse, text: str) -> None:
    try:
        value = parse(text)
    except InvalidError:
        return
    assert parse(value) == value
    value.encode("utf-8")
    assert "\x00" not in value


def test_every_message_says_what_to_type_with_an_example() -> None:
    for code, message in MESSAGES.items():
        assert message.startswith(("Please", "A name", "That is", "We can only")), code
        assert "for example" in message.lower() or "like" in message or "type:" in message, code


def test_the_interface_is_complete() -> None:
    assert all(hasattr(fields, name) for name in fields.__all__)
