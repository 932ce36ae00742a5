"""The form's next move: what an entry changes, what is said to it, and what is asked next."""

import copy
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Dict, List, Mapping, Optional

from consultations.dialogue import steps
from consultations.dialogue.commands import (
    command_of,
    contact_fields_named,
    field_named,
    is_change_button,
    is_consent,
    is_go_ahead,
    is_no,
    is_only_change,
    is_plain_yes,
    is_removal,
    is_why_of_the_form,
    is_yes_to_cancelling,
    new_value,
    starts_with_yes,
    step_to_change,
)
from consultations.dialogue.reading import Reading, read
from consultations.dialogue.steps import BY_NAME, CONSENT, STEPS, SUMMARY
from consultations.fields.free_text import QUESTION_LENGTH
from consultations.fields.text import clean_lines

# The version of what a visitor agrees to (`form_ask_consent` in texts/). New words, new version.
CONSENT_VERSION = "2026-11-25"
SECOND_TRY = 2
_LEAST_OF_A_STORY = 60  # characters beside the values found
_LONGEST_PENDING = 4000
_LONGEST_NAME_OF_A_FIELD = 30

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


def new(suggestion: str = "", reuse: Optional[Mapping[str, str]] = None) -> Dict[str, Any]:
    """Return the data of an empty draft.

    Args:
        suggestion: what to propose as the visitor's question, once the form gets there.
        reuse: contact details of an earlier request, to be offered.
    """
    offered = {name: reuse[name] for name in steps.REUSABLE if reuse and reuse.get(name)}
    return {
        "values": {},
        "skipped": [],
        # Fields that the visitor wants to change; what they hold stays until it is replaced.
        "redo": [],
        "step": steps.STEPS[0].name,
        # A step that the visitor went back to: it is asked although it is answered.
        "revisit": "",
        "mode": REUSE if offered else "",
        # The mode to return to from cancel and resume.
        "then": "",
        "tries": 0,
        "suggestion": clean_lines(suggestion)[:QUESTION_LENGTH],
        "reuse": offered,
        # What was typed before the visitor was asked whether to go on.
        "pending": "",
        # The mark of the last entry that was taken, to know it when it comes twice.
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
        return move.ask_to_resume("" if asks else text)
    handlers = {CANCEL: move.confirm_cancelling, RESUME: move.confirm_resuming, REUSE: move.reuse}
    handler = handlers.get(move.data["mode"])
    return handler(text) if handler and not asks else move.entry(text, asks)


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

    # Questions about the form itself.

    def ask_to_resume(self, pending: str = "") -> Turn:
        """Ask whether to go on; `pending` is kept and taken then."""
        self.data["pending"] = clean_lines(pending[:_LONGEST_PENDING])
        return self._enter(RESUME)

    def confirm_cancelling(self, text: str) -> Turn:
        """Cancel after a yes; the word that asked for it, pressed twice, isn't one."""
        command = command_of(text)
        if command == "cancel" and self._is_repeated(text):
            return self.ask()
        if command == "cancel" or is_plain_yes(text):
            return Turn(None, [Say("form_cancelled")], end=CANCELLED)
        if command in ("yes", "no", "back", "skip", "start_again"):
            self._leave()
            return self._go_on()
        return self._answer_at_once(text)

    def confirm_resuming(self, text: str) -> Turn:
        """Go on, start again, or ask whether to cancel: "no" alone deletes nothing."""
        command = _meant(text)
        if command == "start_again":
            if self._is_repeated(text):
                return self.ask()
            self.data = new(self.data["suggestion"], self.data["reuse"])
            return self.ask()
        if command in ("cancel", "no"):
            return self._cancel(text)
        if command in ("yes", "back", "skip"):
            self._leave()
            if self._take_pending():
                return self.ask()
            return self._go_on()
        return self._answer_at_once(text)

    def reuse(self, text: str) -> Turn:
        """Take the contact details of the request before, if the visitor wants so."""
        command = _meant(text)
        if command == "no":
            self.data["mode"] = ""
            return self._next()
        if command == "yes" or (starts_with_yes(text) and self._says_something(text)):
            self.data["mode"] = ""
            self.data["values"] = {**self.data["reuse"], **self._values}
            turn = self._next()
            return turn if command == "yes" else self.entry(text, asks=False)
        return self._answer_at_once(text)

    def _enter(self, mode: str) -> Turn:
        if self.data["mode"] not in (CANCEL, RESUME):
            self.data["then"] = self.data["mode"]
        self.data["mode"] = mode
        return self.ask()

    def _leave(self) -> None:
        self.data.update(mode=self.data["then"], then="")

    def _answer_at_once(self, text: str) -> Turn:
        """Take what answers the form's question instead; ask once more after anything else."""
        command = _meant(text)
        if command in ("why", "cancel", "start_again"):
            return self.entry(text, asks=False)
        if command is not None or not self._says_something(text):
            return self.ask()
        if self.data["mode"] == REUSE:
            self.data["mode"] = ""
        else:
            self._leave()
            self._take_pending()
            self.says = [say for say in self.says if say.name == "form_changed"]
        return self.entry(text, asks=False)

    def _says_something(self, text: str) -> bool:
        """Say whether a text holds values or wants a change."""
        reading = read(text, self.data["step"])
        return bool(reading.values) or step_to_change(text) is not None

    def _take_pending(self) -> bool:
        """Take what was typed before the visitor was asked whether to go on."""
        pending, self.data["pending"] = self.data["pending"], ""
        if not pending or command_of(pending) is not None or not self._says_something(pending):
            return False
        mode, self.data["mode"] = self.data["mode"], ""
        self.entry(pending, asks=False)
        self.data["mode"] = mode
        return True

    def _is_repeated(self, text: str) -> bool:
        """Say whether the same was sent just before, by a double click; the third time counts."""
        is_repeated: bool = self.data["last"] == _mark(text)
        self.data["last"] = ""
        return is_repeated

    # The form's own questions.

    def entry(self, text: str, asks: bool) -> Turn:
        """Return what follows from an entry at a question of the form."""
        step = self.data["step"]
        command = None if asks else self._command(text)
        if not asks and self._comes_twice(command, text):
            return self.ask()
        self.data["last"] = ""
        if command == "why":
            self.says.append(Say(f"form_why_{field_named(text) or step}"))
            return self.ask()
        if command == "cancel":
            return self._cancel(text)
        if command == "start_again":
            self.data["last"] = _mark(text)
            return self.ask_to_resume()
        if command == "back":
            return self._back()
        if command == "chat":
            return self.ask()
        return self._answer(text, command, asks)

    def _command(self, text: str) -> Optional[str]:
        command = _meant(text)
        is_text = self.data["step"] == "question" and not is_why_of_the_form(text)
        return None if command == "why" and is_text else command

    def _comes_twice(self, command: Optional[str], text: str) -> bool:
        """Say whether an entry is the one before, clicked twice or sent again."""
        if self.data["last"] != _mark(text):
            return False
        step = self.data["step"]
        if step == CONSENT and command == "no":
            self.data["last"] = ""  # it said no to the question before; the next one counts
            return True
        return command is None or (command in ("yes", "no") and step not in (CONSENT, SUMMARY))

    def _answer(self, text: str, command: Optional[str], asks: bool) -> Turn:
        """Return what follows from an entry that isn't about the form itself."""
        step = self.data["step"]
        reading = read(text, step, asks)
        if self._is_contact_to_go(text, reading, asks):
            return self._drop_contact(text)
        change = self._change_wanted(text, asks)
        is_answered = change and any(name in reading.values for name in BY_NAME[change].fields)
        if change and (not is_answered or is_change_button(text)):
            return self._change(change, text)
        if step == CONSENT and not reading.values:
            return self._consent(text, asks)
        if step == SUMMARY and not reading.values:
            return self._summary(text, asks)
        if step == "question" and command in ("yes", "no"):
            return self._about_suggestion(command, text)
        if command == "skip" and not self._understood(reading):
            return self._skip()
        self._suggest(text, reading, asks)
        turn = self.take_values(reading)
        if reading.values and not reading.error and not asks:
            self.data["last"] = _mark(text)
        return turn

    def _change_wanted(self, text: str, asks: bool) -> Optional[str]:
        """Return the step to change; where any text may be meant, of clear messages only."""
        change = step_to_change(text)
        if (asks or self.data["step"] == "question") and not is_only_change(text):
            return None
        is_short = len(text) <= _LONGEST_NAME_OF_A_FIELD and "?" not in text
        is_at_summary = self.data["step"] == SUMMARY and not asks
        if change is None and is_at_summary and is_short and command_of(text) is None:
            return field_named(text)  # "the phone", asked what to change
        return change

    def _is_contact_to_go(self, text: str, reading: Reading, asks: bool) -> bool:
        """Say whether one of two contacts is to be removed; the last one can only be changed."""
        is_short = len(text) <= _LONGEST_NAME_OF_A_FIELD and not asks and not reading.values
        has_both = "email" in self._values and "phone" in self._values
        named = contact_fields_named(text)
        return is_short and has_both and len(named) == 1 and is_removal(text)

    def _drop_contact(self, text: str) -> Turn:
        self._settle("contact", self._values)
        for name in contact_fields_named(text):
            self._values.pop(name, None)
        self.says.append(Say("form_changed", {"step": "contact"}))
        return self._next()

    def _understood(self, reading: Reading) -> bool:
        """Say whether "not sure" is an answer to the question at hand."""
        step = BY_NAME.get(self.data["step"])
        return step is not None and any(
            name in reading.values for name in step.fields if name != "question"
        )

    def _suggest(self, text: str, reading: Reading, asks: bool) -> None:
        """Keep a long story, to propose it once the visitor is asked for a question."""
        is_story = len(reading.rest) >= _LEAST_OF_A_STORY and len(text) <= QUESTION_LENGTH
        is_asked_later = "question" not in self._values and "question" not in self.data["skipped"]
        if is_story and is_asked_later and not asks and not self.data["suggestion"]:
            self.data["suggestion"] = clean_lines(text)

    def take_values(self, reading: Reading, quietly: bool = False) -> Turn:
        """Keep what was read, tell what was corrected, and ask what comes next."""
        asked = self.data["step"]
        corrected = [
            steps.step_of(name)
            for name, value in reading.values.items()
            if name in self._values and self._values[name] != value
        ]
        for name in reading.values:
            self._settle(steps.step_of(name), reading.values)
        self._values.update(reading.values)
        if reading.values.get("sma_type", "unknown") != "unknown":
            self._values.setdefault("diagnosis", "yes")
        if steps.is_minor_on_their_own(self._values):
            return self._ask_for_an_adult()
        changed = [name for name in corrected if name != asked]
        self.says += [Say("form_changed", {"step": name}) for name in dict.fromkeys(changed)]
        if reading.error and not quietly and not changed:
            return self._wrong(reading.error)
        return self._next()

    def _settle(self, step: str, values: Mapping[str, str]) -> None:
        """Note that a step is answered: it is no longer skipped, to be changed or gone back to."""
        of_step = BY_NAME[step].fields
        wrong = [name for name in of_step if name in self.data["redo"]]
        if len(wrong) < len(of_step):
            for name in wrong:  # "the phone is wrong", answered by an e-mail address
                if name not in values:
                    self._values.pop(name, None)
        self.data["redo"] = [name for name in self.data["redo"] if name not in of_step]
        self.data["skipped"] = [name for name in self.data["skipped"] if name != step]
        if self.data["revisit"] == step:
            self.data["revisit"] = ""

    def _wrong(self, code: str) -> Turn:
        self.data["tries"] += 1
        self.says.append(Say("invalid", {"code": code}))
        if self.data["tries"] >= SECOND_TRY:
            step = BY_NAME.get(self.data["step"])
            optional = step is not None and step.optional
            self.says.append(Say("form_way_out_skip" if optional else "form_way_out"))
        return self.ask()

    def _next(self) -> Turn:
        if steps.is_ruled_out(self.data["revisit"], self._values):
            self.data["revisit"] = ""
        step = self.data["revisit"] or self._first_open()
        if step != self.data["step"]:
            self.data["tries"] = 0
        self.data["step"] = step
        return self.ask()

    def _first_open(self) -> str:
        redo = self.data["redo"]
        # A contact to change is asked for although the other one is there.
        of_steps = {name for step in STEPS if set(step.fields) & set(redo) for name in step.fields}
        kept = {name: value for name, value in self._values.items() if name not in of_steps}
        return steps.next_step(kept, self.data["skipped"])

    def _go_on(self) -> Turn:
        self.says.append(Say("form_going_on"))
        return self.ask()

    def _cancel(self, text: str) -> Turn:
        self.data["last"] = _mark(text)
        return self._enter(CANCEL)

    def _back(self) -> Turn:
        """Ask the question before again; "skip" leaves its answer as it is."""
        before = steps.step_before(self.data["step"], self._values)
        if before is None:
            return self.ask()
        if before == CONSENT:
            self._values.pop("consent_at", None)
        self.data.update(step=before, revisit=before, tries=0)
        return self.ask()

    def _change(self, step: str, text: str) -> Turn:
        """Ask again, unless the answer is there already ("the name is wrong, it's Ana")."""
        value = new_value(text)
        reading = read(value, step) if value else Reading()
        if any(name in reading.values for name in BY_NAME[step].fields):
            return self.take_values(reading)
        named = contact_fields_named(text) if step == "contact" else ()
        redo = [name for name in named if name in self._values] or list(BY_NAME[step].fields)
        if step == CONSENT:
            self._values.pop("consent_at", None)
        self.data["redo"] = list(dict.fromkeys([*self.data["redo"], *redo]))
        self.data["skipped"] = [name for name in self.data["skipped"] if name != step]
        self.data.update(step=step, revisit="", tries=0)
        return self.ask()

    def _skip(self) -> Turn:
        step = BY_NAME.get(self.data["step"])
        if step is None:
            self.says.append(Say("form_not_optional"))
            return self.ask()
        has_value = any(name in self._values for name in step.fields)
        is_to_go = step.name in self.data["redo"] and step.name == "question"
        if has_value and not is_to_go:
            self._settle(step.name, self._values)  # it stays as it was
            return self._next()
        if not step.optional:
            self.says.append(Say("form_not_optional"))
            return self.ask()
        self._settle(step.name, {})
        for name in step.fields:
            self._values.pop(name, None)
        self.data["skipped"].append(step.name)
        return self._next()

    def _about_suggestion(self, command: str, text: str) -> Turn:
        """Take or drop the question proposed; without one, "no" is that there is none."""
        suggestion, self.data["suggestion"] = self.data["suggestion"], ""
        if suggestion and command == "yes":
            turn = self.take_values(Reading({"question": suggestion}))
        elif command == "no" and not suggestion:
            turn = self._skip()
        else:
            return self.ask()
        self.data["last"] = _mark(text)
        return turn

    def _consent(self, text: str, asks: bool) -> Turn:
        if asks:
            return self.ask()
        if is_consent(text):
            self._settle(CONSENT, {})
            self._values["consent_at"] = datetime.now(timezone.utc).isoformat()
            return self._next()
        if is_no(text):
            return Turn(None, [Say("form_no_consent")], end=NO_CONSENT)
        return self._wrong("consent_missing")

    def _summary(self, text: str, asks: bool) -> Turn:
        if asks:
            return self.ask()
        if is_go_ahead(text):
            turn = self._next()  # nothing is open, or it is asked now
            return Turn(self.data, self.says, end=SENT) if turn.ask == SUMMARY else turn
        self.says.append(Say("form_summary_help"))
        return self.ask()

    def _ask_for_an_adult(self) -> Turn:
        """Forget whom to contact, and the consent that only an adult can give."""
        for name in ("contact_name", "email", "phone", "for_whom", "consent_at"):
            self._values.pop(name, None)
        self.data["revisit"] = ""
        self.says.append(Say("invalid", {"code": "underage_contact"}))
        return self._next()


def _meant(text: str) -> Optional[str]:
    """Return the command; "Yes, cancel", sent twice or late, is no yes to another question."""
    return "cancel" if is_yes_to_cancelling(text) else command_of(text)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
