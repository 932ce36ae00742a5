"""An entry in the clinic's Wufoo form (https://wufoo.github.io/docs/#submit-entry)."""

import dataclasses
import re
from typing import Any, Dict

from consultations.request import ConsultationRequest
from consultations.sinks import posting
from consultations.sinks.base import Delivery, PermanentError, TemporaryError, required
from storage.errors import ConfigurationError

_FIELD = re.compile(r"Field\d+")
_FIELDS_EXAMPLE = "contact_name=Field1,email=Field3,reference=Field9"


class WufooSink:
    """Posts the fields that WUFOO_FIELDS maps. Wufoo can't tell a repeat: map the reference too."""

    def __init__(self, url: str, api_key: str, fields: str) -> None:
        posting.require_https("WUFOO_URL", url)
        self._url = url
        self._api_key = api_key
        self._fields = field_mapping(fields)

    @classmethod
    def from_settings(cls) -> "WufooSink":
        """Return the sink that WUFOO_URL, WUFOO_API_KEY and WUFOO_FIELDS describe."""
        return cls(
            required(
                "wufoo", "WUFOO_URL", "https://clinic.wufoo.com/api/v3/forms/<form>/entries.json"
            ),
            required("wufoo", "WUFOO_API_KEY", "AOI6-LFKL-VM1Q-IEX9"),
            required("wufoo", "WUFOO_FIELDS", _FIELDS_EXAMPLE),
        )

    def deliver(self, delivery: Delivery) -> None:
        """Post an entry; Wufoo has it when it answers `Success: 1`."""
        values = _values(delivery)
        data = {field: values[name] for name, field in self._fields.items()}
        # Wufoo's way: the key is the user, the password is anything.
        response = posting.post(self._url, delivery.now, data=data, auth=(self._api_key, "none"))
        try:
            answer = response.json()
            success = str(answer["Success"])
        except (ValueError, KeyError, TypeError):
            raise TemporaryError("unreadable_answer") from None  # a maintenance page, for example
        if success != "1":
            raise PermanentError(_rejection(answer))


def _values(delivery: Delivery) -> Dict[str, str]:
    values = {**dataclasses.asdict(delivery.request), "reference": delivery.reference}
    values["consent_at"] = delivery.request.consent_at.isoformat()
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _rejection(answer: Dict[str, Any]) -> str:
    """Name the fields Wufoo doesn't like. Its own text may quote what was entered."""
    errors = answer.get("FieldErrors")
    names = [str(e.get("ID")) for e in errors if isinstance(e, dict)] if errors else []
    return " ".join(["rejected", *filter(_FIELD.fullmatch, names)])


def field_mapping(text: str) -> Dict[str, str]:
    """Read "contact_name=Field1,email=Field3": our name to Wufoo's."""
    known = {f.name for f in dataclasses.fields(ConsultationRequest)} - {"conversation"}
    known.add("reference")
    fields = {}
    for entry in filter(None, (part.strip() for part in text.split(","))):
        name, _, field = (part.strip() for part in entry.partition("="))
        if name not in known or not _FIELD.fullmatch(field):
            raise ConfigurationError(
                f"WUFOO_FIELDS: {entry!r} is not like contact_name=Field1; "
                f"the names are {', '.join(sorted(known))}"
            )
        fields[name] = field
    if not fields:
        raise ConfigurationError(f"WUFOO_FIELDS: names no field, for example {_FIELDS_EXAMPLE}")
    return fields
