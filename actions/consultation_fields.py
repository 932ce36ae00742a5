"""The form as fields on the website: what comes in, and the state that goes out."""

from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional

from rasa_sdk import Tracker

from actions.consultation_words import invalid
from consultations.dialogue import filling

# The channel that can show fields; elsewhere what was entered isn't repeated in the outcome.
_WEBSITE = "website"
FORM = "form"


@dataclass(frozen=True)
class Fill:
    """Fields as the website sent them; empty to ask for the form's state."""

    values: Dict[str, str]
    consent: Optional[bool]
    send: bool


def fill_of(tracker: Tracker) -> Optional[Fill]:
    """Return the fields that the latest message brings, None for a message that was typed."""
    metadata = tracker.latest_message.get("metadata")
    fill = metadata.get("fill") if isinstance(metadata, dict) else None
    if not shows_fields(tracker) or not isinstance(fill, dict):
        return None
    values = {str(name): str(value) for name, value in (fill.get("values") or {}).items()}
    consent = fill.get("consent")
    return Fill(values, consent if isinstance(consent, bool) else None, fill.get("send") is True)


def shows_fields(tracker: Tracker) -> bool:
    """Say whether the visitor's channel can show the form as fields."""
    return bool(tracker.get_latest_input_channel() == _WEBSITE)


def state_of(data: Mapping[str, Any], errors: Mapping[str, str], language: str) -> Dict[str, Any]:
    """Return the form's state for the website, as plain JSON values (widget/PROTOCOL.md).

    Args:
        data: the draft's.
        errors: by field, the codes of what is wrong with it.
        language: of the texts that say so.
    """
    return {
        "step": data["mode"] or data["step"],
        "values": filling.shown_values(data),
        "errors": {name: invalid(code, language) for name, code in errors.items()},
        "complete": filling.is_complete(data),
    }
