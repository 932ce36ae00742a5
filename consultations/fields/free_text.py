"""Fields that take any words: place, preferred language, question."""

from consultations.fields.errors import InvalidError
from consultations.fields.text import clean_line, clean_lines

SHORT_LENGTH = 60
QUESTION_LENGTH = 2000


def parse_place(text: str) -> str:
    """Return a country or city, 1 to 60 characters.

    Raises:
        InvalidError: `place_missing`, `place_too_long`.
    """
    return _short(text, "place")


def parse_language(text: str) -> str:
    """Return the preferred language in the visitor's words, 1 to 60 characters.

    Raises:
        InvalidError: `language_missing`, `language_too_long`.
    """
    return _short(text, "language")


def parse_question(text: str) -> str:
    """Return the question, possibly empty, up to 2000 characters, line breaks kept.

    Raises:
        InvalidError: `question_too_long`.
    """
    question = clean_lines(text)
    if len(question) > QUESTION_LENGTH:
        raise InvalidError("question_too_long")
    return question


def _short(text: str, field: str) -> str:
    line = clean_line(text)
    if not any(character.isalnum() for character in line):
        raise InvalidError(f"{field}_missing")
    if len(line) > SHORT_LENGTH:
        raise InvalidError(f"{field}_too_long")
    return line
