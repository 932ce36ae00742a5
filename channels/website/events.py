"""What the widget sends, checked: anything may come from anywhere."""

import re
from dataclasses import dataclass
from typing import Any, Dict

import texts

_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_MOST_FIELDS = 20
_LONGEST_VALUE = 4000
_MAY_BE_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Refused(Exception):  # noqa: N818  it is an answer
    """What came can't be taken."""

    def answer(self) -> Dict[str, Any]:
        """Return what the widget is told."""
        return {"ok": False, "code": "invalid", "text": texts.text("invalid_message")}


@dataclass(frozen=True)
class MessageIn:
    """A message; `id` is made by the widget."""

    id: str
    text: str
    language: str


@dataclass(frozen=True)
class FillIn:
    """Fields of the form: `fill` as the action reads it (actions/consultation_fields.py)."""

    id: str
    fill: Dict[str, Any]
    language: str


def message_in(data: Any) -> MessageIn:
    """Return a message that came over the socket.

    Raises:
        Refused: it isn't one.
    """
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise Refused
    if not data["text"].strip():
        raise Refused
    return MessageIn(_id(data), data["text"], _language(data))


def fill_in(data: Any) -> FillIn:
    """Return fields that came over the socket.

    Raises:
        Refused: they aren't some.
    """
    if not isinstance(data, dict):
        raise Refused
    values = data.get("values") or {}
    if not isinstance(values, dict) or len(values) > _MOST_FIELDS:
        raise Refused
    for name, value in values.items():
        if not isinstance(name, str) or not isinstance(value, str) or len(value) > _LONGEST_VALUE:
            raise Refused
    consent = data.get("consent")
    fill = {
        "values": values,
        "consent": consent if isinstance(consent, bool) else None,
        "send": data.get("send") is True,
    }
    return FillIn(_id(data), fill, _language(data))


def _id(data: Dict[str, Any]) -> str:
    name = data.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise Refused
    return name


def _language(data: Dict[str, Any]) -> str:
    language = data.get("language")
    is_one = isinstance(language, str) and _MAY_BE_LANGUAGE.fullmatch(language)
    return str(language) if is_one else ""
