"""Ages as people write them, in months."""

import re
from typing import List, Optional

from consultations.fields.errors import InvalidError
from consultations.fields.numbers import replace_number_words
from consultations.fields.text import fold, has_any, is_question

ADULT_MONTHS = 18 * 12
_MAXIMUM_MONTHS = 120 * 12
_LONGEST_TEXT = 200

# Unit -> (how it is written, months in it).
_UNITS = {
    "year": (r"years?|yers?|yrs?|y\.?/?o|y|anos?|anitos?|岁|歲|周岁|周歲|年", 12.0),
    "month": (r"months?|moths?|mths?|mos?|m|mes(?:es)?|月", 1.0),
    "week": (r"weeks?|wks?|w|semanas?|星期|周|週", 1 / 4.345),
    "day": (r"days?|d|dias?|天|日", 1 / 30.44),
}
_ANY_UNIT = "|".join(rf"(?P<{name}>{pattern})" for name, (pattern, _) in _UNITS.items())
_NUMBER = r"\d+(?:[.,]\d{1,2})?"
# "2 years", "2 H years", "2 years H", "H year"; H stands for a half, 个 is a Chinese measure word.
_AMOUNT = re.compile(
    rf"(?P<number>{_NUMBER})?[\s-]*[个個]?\s*(?P<half>H)?[\s-]*[个個]?\s*"
    rf"(?:{_ANY_UNIT})(?![a-z])\s*(?P<half_after>H)?"
)
_HALF = re.compile(
    r"\s*\b(?:and|y) (?:(?:a )?half|medi[oa])\b|\bhalf(?: an?)?\b|\bmedi[oa]\b|半|½|\b1/2\b"
)
_ONE = re.compile(
    r"\b(?:an?|one|una?|uno)(?=[\s-]*(?:(?:H[\s-]*)?(?:years?|months?|weeks?|days?|anos?|anito|mes"
    r"|semana|dia)\b))"
)
# What may follow a number without a unit. "8 Monate" and "8 mois" must not become 8 years.
_AFTER_BARE_NUMBER = re.compile(
    rf"{_NUMBER}\s*(?:H\s*)?(?:$|[^\w\s]|(?:now|today|already|and|but|in|on|this|ya|ahora|y|了)\b)"
)
_NOT_EXACT = r"hundred|less than|under\b|younger than|menos de|不到|未满|不满|\bcien(?:to)?\b|百"
_NEWBORN = (
    r"new-? ?borns?|neonate|just born|recien nacid[oa]|新生儿|新生兒|新生宝宝|刚出生|剛出生|初生"
)


def format_age(months: int) -> str:
    """Return an age as text that `parse_age` reads back as the same number of months."""
    return f"{months} months"


def parse_age(text: str) -> int:
    """Return an age in whole months, 0 to 1440; a number without a unit is years.

    Raises:
        InvalidError: `age_invalid` (no age, or several, as in "3 or 4"), `age_range`.
    """
    folded = fold(text.replace("½", " ½ "))
    is_negative = re.search(r"(?:^|\s)[-−]\s*\d", folded)
    is_unclear = is_negative or is_question(folded) or re.search(_NOT_EXACT, folded)
    if len(folded) > _LONGEST_TEXT or is_unclear:
        raise InvalidError("age_invalid")
    halved = _HALF.sub(" H ", folded.replace("1⁄2", "½"))  # as folding writes it
    words = re.sub(r"\s+", " ", _ONE.sub("1", halved)).strip()
    # "one" and "un" are articles as well ("es un chico de 4"): numbers only where no other one is.
    articles = re.sub(r"\b(?:one|uno)\b", " ", words)
    months = _months(replace_number_words(articles))
    if months is None:
        months = _months(replace_number_words(words))
    if months is None and has_any(folded, _NEWBORN):
        return 0
    if months is None:
        raise InvalidError("age_invalid")
    if months > _MAXIMUM_MONTHS:
        raise InvalidError("age_range")
    return int(months + 1e-6)


def _months(text: str) -> Optional[float]:
    """Return the one age in `text`, or None when there is none; raise when there are several."""
    numbers = re.findall(_NUMBER, text)
    amounts = [
        match
        for match in _AMOUNT.finditer(text)
        if any(match.group("number", "half", "half_after"))
    ]
    if not amounts:
        return _bare_years(text, numbers)
    units = [_unit_of(match) for match in amounts]
    if len(set(units)) < len(units) or len([m for m in amounts if m["number"]]) < len(numbers):
        raise InvalidError("age_invalid")  # "2 years or 3 years", "3-4 years"
    total = 0.0
    for match, unit in zip(amounts, units, strict=True):
        halves = 0.5 if match["half"] or match["half_after"] else 0.0
        # "half a year", but "year and a half".
        whole = _value(match["number"] or ("0" if match["half"] else "1"))
        total += (whole + halves) * _UNITS[unit][1]
    return total


def _bare_years(text: str, numbers: List[str]) -> Optional[float]:
    if not numbers:
        return None
    if len(numbers) > 1 or not _AFTER_BARE_NUMBER.search(text):
        raise InvalidError("age_invalid")
    return (_value(numbers[0]) + (0.5 if re.search(r"\d\s*H", text) else 0.0)) * 12


def _unit_of(match: "re.Match[str]") -> str:
    return next(name for name in _UNITS if match[name])


def _value(number: str) -> float:
    if len(number) > len("1000.00"):
        raise InvalidError("age_range")
    return float(number.replace(",", "."))
