"""One turn of the consultation form: takes the entry, keeps it, and says what comes next."""

import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Dict, List, Optional

from rasa_sdk import Tracker

from actions import consultation_store as store
from actions.composing import HANDOFF_INTENTS, handoff, is_question, receipt, reply_to_all
from actions.consultation_fields import FORM, Fill, fill_of, shows_fields, state_of
from actions.consultation_words import buttons_of, invalid, topic_of, way_out, words_of
from actions.conversation import (
    asks,
    confidence_of,
    intent_of,
    language_of,
    proven_contact,
    questions_of,
    text_of,
    unanswered_question,
    way_out_of_group,
)
from actions.reply import Kind, Outcome, Reply, outcome
from consultations.dialogue import form
from consultations.dialogue.commands import command_of, field_named
from consultations.dialogue.filling import Filling
from consultations.dialogue.form import Say, Turn
from consultations.drafts import Draft
from consultations.request import ValidationError
from storage.errors import ConfigurationError, StorageError
from texts import text

logger = logging.getLogger(__name__)

_STARTED = datetime.now(timezone.utc)
_LONG_AGO = timedelta(minutes=30)
# The conversation's language when the form began: a name or a city says nothing about it.
_LANGUAGE = "language_of_form"
# From these confidences a message is a question although it isn't one in form ("kidneys"): when it
# can't be an answer, and when it could be one (a name, a place).
_SURE_WHEN_NO_ANSWER, _SURE = 0.7, 0.9
_ANY_WORDS = {"contact_name", "place", "language"}
# Said where a name is asked for, these are not one; moods are told in more words than a name has.
_CHAT = {"greet", "goodbye", "thank", "acknowledge"}
_MOOD = {"compliment", "insult", "express_feeling"}
_SURE_OF_CHAT = 0.7
_WORDS_OF_A_MOOD = 4
_WORDS_OF_A_SHORT_WHY = 2
_NO_FORM = re.compile(
    r"\b(?:no|not the|without a) forms?\b|\bsin formulario\b|不(?:要|想|用)?填表", re.IGNORECASE
)
_DECLINED: Outcome = {"kind": Kind.HANDOFF.value, "topic": "declined"}
_SMALLTALK: Outcome = {"kind": Kind.SMALLTALK.value, "topic": "chat"}


@dataclass
class Progress:
    """What a turn of the form comes to; `reference` after sending, `done` ends the form."""

    reply: Reply
    done: bool = False
    reference: Optional[str] = None


class ConsultationTurn:
    """The turn that begins with the visitor's latest message."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._text = text_of(tracker)
        self._fill = fill_of(tracker)
        self._errors: Dict[str, str] = {}
        self._shown: Optional[Dict[str, Any]] = None  # the draft's data, as of now
        self.language = language_of(tracker)

    def run(self, begins: bool) -> Progress:
        """Return what the turn comes to; on the website with the form's state for its fields."""
        progress = self.begin() if begins else self.go_on()
        if self._shown and not progress.done and shows_fields(self._tracker):
            state = state_of(self._shown, self._errors, self.language)
            progress.reply.outcome.setdefault(FORM, state)
        return progress

    def begin(self) -> Progress:
        """Start the form, or offer to go on with one that was left; answer what else is asked.

        Without the database, give the other way to the clinic; in a group, the way out of it.
        """
        link = way_out_of_group(self._tracker)
        if link:
            words = text("form_in_group", self.language, link=link)
            return Progress(Reply(words, outcome(Kind.HANDOFF, "not_in_groups")), done=True)
        try:
            draft = store.load_draft(self._tracker.sender_id)
            if self._fill:
                return self._filled(draft or self._keep(self._start()), self._fill)
            turn = self._resume(draft) if draft else self._start()
            self._keep(turn)
        except (StorageError, ConfigurationError) as error:
            logger.error("consultation form: can't begin: %s", error)
            return Progress(handoff(self.language), done=True)
        intro = [] if draft else [text("form_intro", self.language)]
        reply = self._reply(turn, self._answers(), intro)
        result = outcome(Kind.HANDOFF, "consultation")
        result.update(
            {key: reply.outcome[key] for key in ("parts", "sources") if key in reply.outcome}
        )
        return Progress(Reply(reply.text, result, reply.buttons))

    def go_on(self) -> Progress:
        """Take an entry; without the database say so, and leave the form where it is."""
        try:
            draft = store.load_draft(self._tracker.sender_id)
            if draft is None:
                return self._without_draft()
            self.language = draft.data.get(_LANGUAGE, self.language)
            self._shown = draft.data
            return self._filled(draft, self._fill) if self._fill else self._entry(draft)
        except (StorageError, ConfigurationError) as error:
            logger.error("consultation form: %s", error)
            return self._not_stored("form_draft_not_stored", {})

    def _start(self) -> Turn:
        contact = store.contact_of(self._tracker.get_slot("consultation_reference"))
        contact = contact or proven_contact(self._tracker)
        return form.start(form.new(unanswered_question(self._tracker), contact), self._text)

    def _resume(self, draft: Draft) -> Turn:
        self.language = draft.data.get(_LANGUAGE, self.language)
        return form.take(draft.data, "", asks=True, interrupted=True)

    def _entry(self, draft: Draft) -> Progress:
        is_empty = not draft.data["values"]
        if is_empty and self._leaves(draft):
            return self._let_go()
        if self._is_chat(draft):
            return Progress(self._chat(draft, is_empty))
        asks_something = self._asks_beside(draft)
        turn = self._take(draft, asks_something)
        if not asks_something and _is_refused(turn) and self._means_question(_SURE_WHEN_NO_ANSWER):
            asks_something = True
            turn = self._take(draft, asks_something)
        if turn.end == form.SENT:
            return self._send(draft, turn)
        if turn.end:
            return self._end(turn)
        self._keep(turn)
        if is_empty and asks_something and turn.data and not turn.data["values"]:
            return Progress(self._answer_first(turn))
        tells_side_effect = intent_of(self._tracker) == "report_side_effect"
        answered = self._answers() if asks_something or tells_side_effect else None
        return Progress(self._reply(turn, answered))

    def _leaves(self, draft: Draft) -> bool:
        """Say whether somebody who has entered nothing yet wants something else than the form."""
        if command_of(self._text) not in (None, "no", "cancel", "chat"):
            return False
        intent = intent_of(self._tracker)
        says_no = intent == "deny" and draft.data["mode"] == ""
        is_sure = confidence_of(self._tracker) >= _SURE_OF_CHAT
        return (
            _NO_FORM.search(self._text) is not None
            or intent == "decline_consultation"
            or (is_sure and (says_no or intent == "goodbye"))
        )

    def _let_go(self) -> Progress:
        """End a form with nothing in it: nothing is lost, so that nothing is asked back."""
        store.delete_draft(self._tracker.sender_id)
        answered = self._answers()
        if answered:
            return Progress(answered, done=True)
        if intent_of(self._tracker) == "goodbye":
            words, result = "form_goodbye", outcome(Kind.SMALLTALK, "goodbye")
        else:
            words, result = "form_let_go", dict(_DECLINED)
        return Progress(Reply(text(words, self.language), result), done=True)

    def _chat(self, draft: Draft, is_empty: bool) -> Reply:
        """Answer politeness; it is no part of the form before something was entered."""
        says = [Say("form_welcome")] if intent_of(self._tracker) == "thank" else []
        asked = form.repeat(draft.data)
        reply = self._reply(Turn(asked.data, [*says, *asked.says], asked.ask), smalltalk=True)
        if not is_empty:
            return reply
        said = outcome(Kind.SMALLTALK, intent_of(self._tracker))
        result = {**said, "parts": [dict(said), outcome(Kind.FORM, asked.ask)]}
        return Reply(reply.text, result, reply.buttons)

    def _answer_first(self, turn: Turn) -> Reply:
        """Answer a question before anything was entered: the form only reminds of itself."""
        answered = self._answers()
        reply = self._reply(turn, answered)
        if answered is None:
            return reply
        parts = [*(answered.outcome.get("parts") or [dict(answered.outcome)])]
        result = {**answered.outcome, "parts": [*parts, outcome(Kind.FORM, turn.ask)]}
        return Reply(reply.text, result, reply.buttons)

    def _take(self, draft: Draft, asks_something: bool) -> Turn:
        age = datetime.now(timezone.utc) - draft.updated_at
        interrupted = age > _LONG_AGO or draft.updated_at < _STARTED
        return form.take(draft.data, self._text, asks_something, interrupted)

    def _filled(self, draft: Draft, fill: Fill) -> Progress:
        """Take fields; what is wrong with them is told beside each, in the form's state."""
        filling = Filling(draft.data)
        filling.take(fill.values, fill.consent, fill.send)
        self._errors = filling.errors
        if filling.turn.end == form.SENT:
            return self._send(draft, filling.turn)
        self._keep(filling.turn)
        return Progress(self._reply(filling.turn))

    def _keep(self, turn: Turn) -> Draft:
        self._shown = {**(turn.data or {}), _LANGUAGE: self.language}
        return store.save_draft(self._tracker.sender_id, self._shown)

    def _send(self, draft: Draft, turn: Turn) -> Progress:
        """Store the request; only then is there a reference number to be told."""
        assert turn.data is not None
        entered: Dict[str, str] = turn.data["values"]
        values = {
            **entered,
            "consent_version": form.CONSENT_VERSION,
            "conversation": self._tracker.sender_id,
            "locale": self.language,
        }
        try:
            reference = store.submit(values, draft)
        except ValidationError as error:
            logger.error("consultation form: it took values that aren't valid: %s", error)
            code = next(iter(error.errors.values()))
            again = self._reply(form.repeat(turn.data))
            words = f"{invalid(code, self.language)}\n{again.text}"
            return Progress(Reply(words, again.outcome, again.buttons))
        except (StorageError, ConfigurationError) as error:
            logger.error("consultation form: a request could not be stored: %s", error)
            return self._not_stored("form_not_stored", entered, form.repeat(turn.data))
        return Progress(receipt(reference, self.language), done=True, reference=reference)

    def _end(self, turn: Turn) -> Progress:
        store.delete_draft(self._tracker.sender_id)
        reply = self._reply(turn, self._answers())
        reply.outcome.setdefault("parts", []).append(dict(_DECLINED))
        return Progress(reply, done=True)

    def _without_draft(self) -> Progress:
        """Rasa's form is active, but nothing is kept: it was sent, or erased after a long time."""
        reference = store.reference_of(self._tracker.sender_id)
        if reference:  # the server died after storing it, before telling
            return Progress(receipt(reference, self.language), done=True, reference=reference)
        if intent_of(self._tracker) in HANDOFF_INTENTS:
            return self.begin()
        return Progress(
            self._reply(Turn(None, [Say("form_expired")], end="expired"), self._answers()),
            done=True,
        )

    def _not_stored(
        self, name: str, values: Dict[str, str], turn: Optional[Turn] = None
    ) -> Progress:
        way = way_out(values, self.language)
        other = f"\n{text('form_way_out', self.language, online=way)}" if way else ""
        buttons = buttons_of(turn, self.language) if turn else []
        result = outcome(Kind.FORM, "not_stored")
        return Progress(Reply(text(name, self.language) + other, result, buttons))

    def _reply(
        self,
        turn: Turn,
        answered: Optional[Reply] = None,
        intro: Optional[List[str]] = None,
        smalltalk: bool = False,
    ) -> Reply:
        """Return the form's words after the answer to what was asked beside it."""
        words = "\n".join([*(intro or []), words_of(turn, self.language)])
        result = outcome(Kind.FORM, topic_of(turn))
        if answered:
            words = f"{answered.text}\n\n{words}"
            result["parts"] = list(answered.outcome.get("parts") or [dict(answered.outcome)])
            if answered.outcome.get("sources"):
                result["sources"] = answered.outcome["sources"]
        elif smalltalk or command_of(self._text) == "chat":
            result["parts"] = [dict(_SMALLTALK)]
        return Reply(words, result, buttons_of(turn, self.language))

    def _answers(self) -> Optional[Reply]:
        """Return the reply to what the message asks beside the form, or None."""
        asked = [name for name in questions_of(self._tracker) if is_question(name)]
        return reply_to_all(asked, self.language) if asked else None

    def _is_chat(self, draft: Draft) -> bool:
        """Say whether the message is politeness or mood and no name."""
        step = draft.data["mode"] or draft.data["step"]
        is_sure = confidence_of(self._tracker) >= _SURE_OF_CHAT
        is_command = command_of(self._text) not in (None, "chat")
        return (
            step in _ANY_WORDS and is_sure and not is_command and intent_of(self._tracker) in _CHAT
        )

    def _asks_beside(self, draft: Draft) -> bool:
        """Say whether the message asks something that is answered beside the form."""
        step = draft.data["mode"] or draft.data["step"]
        if step == "question":
            return False  # there, a question is the answer
        if self._asks_about_the_form():
            return False
        if asks(self._tracker):
            return self._means_question(0.0)
        return step in _ANY_WORDS and self._means_question(_SURE)

    def _asks_about_the_form(self) -> bool:
        """Say whether "why" is meant for the form's question and not for what the page says."""
        if command_of(self._text) != "why":
            return False
        is_short = len(self._text.split()) <= _WORDS_OF_A_SHORT_WHY
        return is_short or field_named(self._text) is not None or not self._means_question(_SURE)

    def _means_question(self, confidence: float) -> bool:
        is_sure = confidence_of(self._tracker) >= confidence
        return is_sure and any(map(is_question, questions_of(self._tracker)))


def _is_refused(turn: Turn) -> bool:
    """Say whether an entry wasn't understood."""
    codes = {say.values["code"] for say in turn.says if say.name == "invalid"}
    return bool(codes - {"underage_contact"})
