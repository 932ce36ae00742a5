"""The type of SMA as people write it."""

import re

from consultations.fields.errors import InvalidError
from consultations.fields.numbers import replace_number_words
from consultations.fields.text import fold, has_any, is_question
from consultations.fields.unknown import says_unknown

_LONGEST_TEXT = 200
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NAMED = {"werdnig": "1", "dubowitz": "2", "kugelberg": "3"}
# With a word that says it is the type: "type 2", "SMA-3a", "2型".
_MARKED = re.compile(
    r"(?:\b|(?<=[^a-z]))(?:types?|tipos?|typ|sma|ame)[\s:#.-]*(\d+|i{1,3}|iv)(?:\s?[a-c])?(?![a-z\d])"
    r"|(?<![a-z\d])(\d+|i{1,3}|iv)\s?[a-c]?\s*型"
)
# Not a single "i": that is the word.
_ALONE = re.compile(r"(?<![a-z\d.,])(\d+|i{2,3}|iv|^i$)(?:\s?[a-c])?(?![a-z\d.,]\w*)")
_SEVERAL = re.compile(
    r"\b(?:\d|i+v?)[a-c]?\s*(?:/|-|–|or|to|o|或|到)\s*(?:types? |tipos? )?(?:\d|i+v?)\b"
)
_COPIES = r"cop(?:y|ies|ias?)|smn\d?"


def parse_sma_type(text: str) -> str:
    """Return "0" to "4", or "unknown" for "not sure"; subtypes count as their type ("3a" -> "3").

    Raises:
        InvalidError: `sma_type_invalid` (no type, one that doesn't exist, or several).
    """
    folded = fold(text)
    if len(folded) > _LONGEST_TEXT or is_question(folded):
        raise InvalidError("sma_type_invalid")
    if says_unknown(folded) or folded == "?":
        return "unknown"
    found = {number for name, number in _NAMED.items() if name in folded}
    words = replace_number_words(folded)
    if _SEVERAL.search(words):
        raise InvalidError("sma_type_invalid")
    found |= {_digit(first or second) for first, second in _MARKED.findall(words)}
    # A number alone is the type only in a short answer: "2 copies of SMN2" is something else.
    is_short = len(words.split()) <= 5 and not has_any(words, _COPIES)
    if not found and is_short and "拷" not in words:
        found = {_digit(number) for number in _ALONE.findall(words)}
    if len(found) != 1 or not found <= set("01234"):
        raise InvalidError("sma_type_invalid")
    return found.pop()


def _digit(number: str) -> str:
    return _ROMAN.get(number, number)
