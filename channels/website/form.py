"""The consultation form as fields, described for the widget (widget/PROTOCOL.md)."""

from typing import Any, Dict, List

import texts
from consultations.dialogue.steps import step_of
from consultations.request import REQUIRED

# The parsers in consultations/fields take these values as they take typed words.
_OPTIONS = {
    "for_whom": ("self", "child", "other"),
    "diagnosis": ("yes", "no", "suspected", "unknown"),
    "sma_type": ("0", "1", "2", "3", "4", "unknown"),
}
_TYPES = {"email": "email", "phone": "tel", "question": "textarea"}
_AUTOCOMPLETE = {
    "contact_name": "name",
    "email": "email",
    "phone": "tel",
    "place": "country-name",
    "language": "language",
}
_FIELDS = (
    "contact_name",
    "email",
    "phone",
    "for_whom",
    "patient_age",
    "diagnosis",
    "sma_type",
    "place",
    "language",
    "question",
)


def form_of(language: str) -> Dict[str, Any]:
    """Return the form's fields and the words of its consent in a language."""
    return {
        "fields": [_field(name, language) for name in _FIELDS],
        "consent": texts.text("form_ask_consent", language),
    }


def _field(name: str, language: str) -> Dict[str, Any]:
    return {
        "name": name,
        "label": texts.text(f"field_{name}", language),
        "hint": texts.text(f"field_hint_{name}", language),
        "why": texts.text(f"form_why_{step_of(name)}", language),
        "type": "choice" if name in _OPTIONS else _TYPES.get(name, "text"),
        "autocomplete": _AUTOCOMPLETE.get(name, "off"),
        "required": name in REQUIRED,
        "options": _options(name, language),
    }


def _options(name: str, language: str) -> List[Dict[str, str]]:
    return [
        {"value": value, "label": _option(name, value, language)}
        for value in _OPTIONS.get(name, ())
    ]


def _option(name: str, value: str, language: str) -> str:
    if name == "sma_type" and value.isdecimal():
        return texts.text("form_button_type", language, number=value)
    return texts.text(f"form_button_{value}", language)
