"""References like SMA-7K3F-9QX2: short, readable over the phone, with a check character."""

import re
import secrets
import unicodedata
from typing import Optional

PREFIX = "SMA"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_LOOK_ALIKES = str.maketrans("OIL", "011")
_LENGTH = 8  # the last one is the check character


def new_reference() -> str:
    """Return a random reference, out of 34 thousand million."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH - 1))
    return _format(body + _check_character(body))


def normalise_reference(text: str) -> Optional[str]:
    """Return what somebody typed as a reference; None when it isn't one or has a typing mistake.

    Lower case, blanks, missing dashes or prefix, O for 0, and I or L for 1 are fine.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = re.sub(r"[\s\-\u2010-\u2015_.#]", "", plain)
    if len(letters) == len(PREFIX) + _LENGTH and letters.startswith(PREFIX):
        letters = letters[len(PREFIX) :]
    letters = letters.translate(_LOOK_ALIKES)
    if len(letters) != _LENGTH or not set(letters) <= set(_ALPHABET):
        return None
    return _format(letters) if _check_character(letters[:-1]) == letters[-1] else None


def is_reference(text: str) -> bool:
    """Say whether `text` can be read as a reference. Whether it exists is another question."""
    return normalise_reference(text) is not None


def _format(letters: str) -> str:
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"


def _check_character(letters: str) -> str:
    """Return the character that shows every single wrong one and every swap of two neighbours.

    It is the value of a polynomial over the field of 32 elements (x^5 + x^2 + 1), at x.
    """
    value = 0
    for letter in letters:
        value = (value ^ _ALPHABET.index(letter)) << 1
        if value & 0b100000:
            value ^= 0b100101
    return _ALPHABET[value]
