"""Parsers of what visitors type into each field: `str -> normalised value`, or `InvalidError`.

`InvalidError.code` names the text for the visitor; `MESSAGES` lists all codes in English.
Feeding a parser its own result gives the same result; ages go through `format_age` first.
"""

from consultations.fields.age import ADULT_MONTHS, format_age, parse_age
from consultations.fields.contact import parse_email, parse_name, parse_phone
from consultations.fields.diagnosis import parse_diagnosis
from consultations.fields.errors import MESSAGES, InvalidError
from consultations.fields.for_whom import parse_for_whom
from consultations.fields.free_text import parse_language, parse_place, parse_question
from consultations.fields.sma_type import parse_sma_type

__all__ = [
    "ADULT_MONTHS",
    "MESSAGES",
    "InvalidError",
    "format_age",
    "parse_age",
    "parse_diagnosis",
    "parse_email",
    "parse_for_whom",
    "parse_language",
    "parse_name",
    "parse_phone",
    "parse_place",
    "parse_question",
    "parse_sma_type",
]
