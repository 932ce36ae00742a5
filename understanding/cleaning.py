"""Brings a text into one form: one kind of blanks and letters, no control characters."""

import html
import re
import unicodedata

_MARKUP = re.compile(r"</?[A-Za-z!][^<>]{0,200}>")
_TERMINAL_CODE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_REPEATED = re.compile(r"(\S)\1{3,}")
_APOSTROPHES = str.maketrans("‘’`´ʼ“”", "'''''\"\"")


def normalize(text: str, max_characters: int) -> str:
    """Return `text` in lower case and Unicode's NFKC form, without markup and control characters.

    Runs of one character are cut to three ("helllllp"), blanks are folded, and of a text longer
    than `max_characters` the end is kept: the question of a long story usually stands last.
    """
    text = _TERMINAL_CODE.sub(" ", text[-4 * max_characters :])
    text = _MARKUP.sub(" ", html.unescape(text))
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).lower()
    text = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    text = _REPEATED.sub(r"\1\1\1", text)
    return " ".join(text.split())[-max_characters:]
