"""The form's next move: what an entry changes, what is said to it, and what is asked next."""

import copy
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional

from consultations.dialogue import steps
from consultations.dialogue.commands import command_of, field_named, step_to_change
from consultations.dialogue.reading import Reading, read
from consultations.dialogue.steps import BY_NAME, CONSENT, SUMMARY

# The version of what a visitor agrees to (`form_ask_consent` in texts/). New words, new version.
CONSENT_VERSION = "2026-11-25"
SECOND_TRY = 2

# What is being asked beside the questions of the form themselves.
CANCEL, RESUME, REUSE = "cancel", "resume", "reuse"

SENT, CANCELLED, NO_CONSENT = "sent", "cancelled", "no_consent"


@dataclass(frozen=True)
class Say:
    """Something to be said, by the name of its text, with what fills its blanks."""

    name: str
    values: Dict[str, str] = field(default_factory=dict)


@dataclass
class Turn:
    """What follows from an entry.

    Attributes:
        data: the draft to keep; None to forget it.
        says: what is said before the question, in this order.
        ask: the question: a step's name, `summary`, or cancel, resume, reuse.
        end: sent, cancelled or no_consent when the form ends here.
    """

    data: Optional[Dict[str, Any]]
    says: List[Say]
    ask: Optional[str] = None
    end: Optional[str] = None


def new(suggestion: str = "", reuse: Optional[Dict[str, str]] = None) -> Dict[str, Any]:
    """Return the data of an empty draft.

    Args:
        suggestion: what to propose as the visitor's question, once the form gets there.
        reuse: contact details of an earlier request, to be offered.
    """
    return {
        "values": {},
        "skipped": [],
        "step": steps.STEPS[0].name,
        "mode": REUSE if reuse else "",
        "tries": 0,
        "suggestion": suggestion,
        "reuse": reuse or {},
        "pending": "",
        "last": "",
    }


def start(data: Dict[str, Any], text: str) -> Turn:
    """Return the first turn; fields that the visitor's request already names are taken."""
    return _Move(data).take_values(read(text, "", asks=False), quietly=True)


def repeat(data: Dict[str, Any]) -> Turn:
    """Return the question the form is at, again."""
    return _Move(data).ask()


def take(data: Dict[str, Any], text: str, asks: bool, interrupted: bool) -> Turn:
    """Return what follows from an entry.

    Args:
        data: the draft's data as a turn returned it; it isn't changed.
        text: what the visitor typed, or a button sent.
        asks: the message asks something that is answered beside the form.
        interrupted: much time or a restart lies between, so that going on is asked for first.
    """
    move = _Move(data)
    if interrupted and move.data["mode"] != RESUME:
        move.data["mode"] = RESUME
        move.data["pending"] = "" if asks else text
        return move.ask()
    handlers = {CANCEL: move.confirm_cancelling, RESUME: move.confirm_resuming, REUSE: move.reuse}
    handler = handlers.get(move.data["mode"])
    if handler and not asks:
        turn = handler(command_of(text))
        if turn:
            return turn
    return move.entry(text, asks)


class _Move:
    """One entry's way through the form; works on a copy of the draft's data."""

    def __init__(self, data: Dict[str, Any]) -> None:
        self.data: Dict[str, Any] = copy.deepcopy(data)
        self.says: List[Say] = []

    @property
    def _values(self) -> Dict[str, str]:
        values: Dict[str, str] = self.data["values"]
        return values

    def ask(self) -> Turn:
        """Return the turn that asks what is to be asked now."""
        return Turn(self.data, self.says, ask=self.data["mode"] or self.data["step"])

    def confirm_cancelling(self, command: Optional[str]) -> Optional[Turn]:
        if command in ("yes", "cancel"):
            return Turn(None, [Say("form_cancelled")], end=CANCELLED)
        self.data["mode"] = ""
        return self._go_on() if command == "no" else None

    def confirm_resuming(self, command: Optional[str]) -> Optional[Turn]:
        if command in ("start_again", "no"):
            self.data = new(self.data["suggestion"])
            return self.ask()
        if command == "cancel":
            return self._cancel()
        self.data["mode"] = ""
        pending, self.data["pending"] = self.data["pending"], ""
        if command != "yes":
            return None
        if pending and command_of(pending) is None:
            return self.entry(pending, asks=False)
        return self._go_on()

    def reuse(self, command: Optional[str]) -> Optional[Turn]:
        """Take the contact details of the request before, if the visitor wants so."""
        if command not in ("yes", "no"):
            self.data["mode"] = "" if command is None else self.data["mode"]
            return None
        self.data["mode"] = ""
        if command == "yes":
            self._values.update(self.data["reuse"])
        return self._next()

    def entry(self, text: str, asks: bool) -> Turn:
        """Return what follows from an entry at a question of the form."""
        step = self.data["step"]
        command = None if asks else command_of(text)
        if command == "why":
            self.says.append(Say(f"form_why_{field_named(text) or step}"))
            return self.ask()
        if command == "cancel":
            return self._cancel()
        if command == "back":
            return self._back()
        if command == "chat":
            return self.ask()
        is_free_text = step == "question" and not asks
        change = None if is_free_text else step_to_change(text)
        reading = read(text, step, asks)
        if change and not any(name in reading.values for name in BY_NAME[change].fields):
            return self._change(change)
        if step == CONSENT and not reading.values:
            return self._consent(command, asks)
        if step == SUMMARY and not reading.values:
            return self._summary(command, asks)
        if step == "question" and self.data["suggestion"] and command in ("yes", "no"):
            return self._suggested(command)
        if command == "skip" and not self._understood(reading):
            return self._skip()
        mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if command is None and not asks and mark == self.data["last"]:
            return self.ask()  # a double click, or sent again because the reply got lost
        turn = self.take_values(reading)
        if reading.values and not reading.error and turn.data:
            turn.data["last"] = mark
        return turn

    def _understood(self, reading: Reading) -> bool:
        """Say whether "not sure" is an answer to the question at hand."""
        step = BY_NAME.get(self.data["step"])
        return step is not None and any(
            name in reading.values for name in step.fields if name != "question"
        )

    def take_values(self, reading: Reading, quietly: bool = False) -> Turn:
        """Keep what was read, tell what was corrected, and ask what comes next."""
        asked = self.data["step"]
        corrected = [
            steps.step_of(name)
            for name, value in reading.values.items()
            if name in self._values and self._values[name] != value
        ]
        self._values.update(reading.values)
        for name in reading.values:
            self._unskip(steps.step_of(name))
        if steps.is_minor_on_their_own(self._values):
            return self._ask_for_an_adult()
        changed = [name for name in corrected if name != asked]
        self.says += [Say("form_changed", {"step": name}) for name in dict.fromkeys(changed)]
        if quietly:
            return self._next()
        if reading.error and not any(name != asked for name in corrected):
            return self._wrong(reading.error)
        return self._next()

    def _wrong(self, code: str) -> Turn:
        self.data["tries"] += 1
        self.says.append(Say("invalid", {"code": code}))
        if self.data["tries"] >= SECOND_TRY:
            step = BY_NAME.get(self.data["step"])
            optional = step is not None and step.optional
            self.says.append(Say("form_way_out_skip" if optional else "form_way_out"))
        return self.ask()

    def _next(self) -> Turn:
        step = steps.next_step(self._values, self.data["skipped"])
        if step != self.data["step"]:
            self.data["tries"] = 0
        self.data["step"] = step
        return self.ask()

    def _go_on(self) -> Turn:
        self.says.append(Say("form_going_on"))
        return self.ask()

    def _cancel(self) -> Turn:
        self.data["mode"] = CANCEL
        return self.ask()

    def _back(self) -> Turn:
        before = steps.step_before(self.data["step"], self._values)
        return self._change(before) if before else self.ask()

    def _change(self, step: str) -> Turn:
        """Ask a question again; what was entered stays away until it is answered anew."""
        for name in BY_NAME[step].fields:
            self._values.pop(name, None)
        self._unskip(step)
        self.data.update(step=step, tries=0, last="")
        return self.ask()

    def _unskip(self, step: str) -> None:
        self.data["skipped"] = [name for name in self.data["skipped"] if name != step]

    def _skip(self) -> Turn:
        step = BY_NAME.get(self.data["step"])
        if step is None or not step.optional:
            self.says.append(Say("form_not_optional"))
            return self.ask()
        self.data["skipped"].append(step.name)
        return self._next()

    def _suggested(self, command: str) -> Turn:
        if command == "yes":
            self._values["question"] = self.data["suggestion"]
            return self._next()
        self.data["suggestion"] = ""
        return self.ask()

    def _consent(self, command: Optional[str], asks: bool) -> Turn:
        if command == "yes":
            self._values["consent_at"] = datetime.now(timezone.utc).isoformat()
            return self._next()
        if command == "no":
            return Turn(None, [Say("form_no_consent")], end=NO_CONSENT)
        if not asks:
            return self._wrong("consent_missing")
        return self.ask()

    def _summary(self, command: Optional[str], asks: bool) -> Turn:
        if command == "yes":
            return Turn(self.data, self.says, end=SENT)
        if not asks:
            self.says.append(Say("form_summary_help"))
        return self.ask()

    def _ask_for_an_adult(self) -> Turn:
        for name in ("contact_name", "email", "phone", "for_whom"):
            self._values.pop(name, None)
        self.says.append(Say("invalid", {"code": "underage_contact"}))
        return self._next()
