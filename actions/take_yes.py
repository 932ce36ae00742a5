"""Answers a "yes": to the consultation that was offered, or to nothing in particular."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, last_outcome
from actions.offers import was_offered
from actions.replies import handoff
from actions.reply import Kind, Reply, outcome, send
from texts import text


class TakeYes(Action):
    """Hands off when the previous turn offered the consultation."""

    def name(self) -> str:
        return "action_take_yes"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        language = language_of(tracker)
        previous = last_outcome(tracker)
        if previous and was_offered(previous):
            return send(dispatcher, tracker, handoff(language))
        words = text("ask_away", language)
        return send(dispatcher, tracker, Reply(words, outcome(Kind.SMALLTALK, "affirm")))
