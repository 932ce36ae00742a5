"""The form filled in as fields, all at once: the same draft, checked by the same parsers."""

import copy
from datetime import datetime, timezone
from typing import Any, Callable, Dict, Mapping, Optional

from consultations.dialogue import steps
from consultations.dialogue.form import REUSE, SENT, Turn
from consultations.dialogue.mentions import parse_age_text
from consultations.dialogue.steps import BY_NAME, CONSENT, STEPS, SUMMARY
from consultations.fields import InvalidError
from consultations.request import OPTIONAL, REQUIRED

# As the request's own, but that a draft keeps an age as text.
_PARSERS: Dict[str, Callable[[str], str]] = {
    **REQUIRED,
    **OPTIONAL,
    "patient_age": parse_age_text,
}
_CONTACT = "contact"


class Filling:
    """Fields entered into a draft.

    Attributes:
        turn: what follows; it ends with `form.SENT` when everything is there to be sent.
        errors: by field a code of `fields.MESSAGES`; `contact` for both contacts, `consent`.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data: Dict[str, Any] = copy.deepcopy(dict(data))
        self._values: Dict[str, str] = self._data["values"]
        self.errors: Dict[str, str] = {}
        self.turn = Turn(self._data, [])

    def take(self, entries: Mapping[str, str], consent: Optional[bool], send: bool) -> None:
        """Keep the entries that are right, and note what is wrong with the others.

        Args:
            entries: by field, as typed; fields that aren't there stay as they are. An empty one is
                emptied where that is allowed.
            consent: what the visitor ticked; None when it wasn't asked.
            send: send the request if nothing is missing.
        """
        # All fields are in view, so that nothing is asked beside them.
        self._data.update(mode="", then="", pending="", revisit="", redo=[], tries=0, last="")
        for name in _PARSERS.keys() & entries.keys():
            self._take_one(name, entries[name].strip())
        if consent is not None:
            self._values.pop("consent_at", None)
        if consent:
            self._values["consent_at"] = datetime.now(timezone.utc).isoformat()
        self._check_together(entries)
        step = steps.next_step(self._values, self._data["skipped"])
        self._data["step"] = step
        if send and not self.errors and step == CONSENT:
            self.errors[CONSENT] = "consent_missing"
        is_sent = send and not self.errors and step == SUMMARY
        self.turn = Turn(self._data, [], ask=step, end=SENT if is_sent else None)

    def _take_one(self, name: str, text: str) -> None:
        if not text and name in OPTIONAL:
            self._values.pop(name, None)
            self._skip(steps.step_of(name))
            if name == "question":
                self._data["suggestion"] = ""
            return
        try:
            self._values[name] = _PARSERS[name](text)
        except InvalidError as error:
            self.errors[name] = error.code

    def _skip(self, step: str) -> None:
        if BY_NAME[step].optional and step not in self._data["skipped"]:
            self._data["skipped"].append(step)

    def _check_together(self, entries: Mapping[str, str]) -> None:
        """Check what several fields say together; only of fields that were shown."""
        if self._values.get("sma_type", "unknown") != "unknown":
            self._values.setdefault("diagnosis", "yes")
        answered = [step.name for step in STEPS if any(f in self._values for f in step.fields)]
        self._data["skipped"] = [name for name in self._data["skipped"] if name not in answered]
        contacts = BY_NAME[_CONTACT].fields
        is_shown = any(name in entries for name in contacts)
        is_wrong = any(name in self.errors for name in contacts)
        if is_shown and not is_wrong and not any(name in self._values for name in contacts):
            self.errors[_CONTACT] = "contact_missing"
        if entries and steps.is_minor_on_their_own(self._values):
            # Nothing of an under-age contact is kept, as in the chat.
            for name in ("contact_name", "email", "phone", "for_whom", "consent_at"):
                self._values.pop(name, None)
            self.errors["patient_age"] = "underage_contact"


def shown_values(data: Mapping[str, Any]) -> Dict[str, str]:
    """Return what the fields are filled with: what was entered, and before it what is proposed."""
    proposed = dict(data["reuse"]) if data["mode"] == REUSE else {}
    if data["suggestion"]:
        proposed["question"] = data["suggestion"]
    entered = {name: value for name, value in data["values"].items() if name in _PARSERS}
    return {**proposed, **entered}


def is_complete(data: Mapping[str, Any]) -> bool:
    """Say whether nothing is missing but the consent."""
    return steps.next_step(data["values"], data["skipped"]) in (CONSENT, SUMMARY)
