"""Answers a "yes": to the consultation that was offered, or to nothing in particular."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.composing import CONSULTATION_FORM, receipt
from actions.conversation import language_of, last_outcome
from actions.delete_data import DELETE_OFFER, delete
from actions.offers import was_offered
from actions.reply import Kind, Reply, outcome, send
from texts import text


class TakeYes(Action):
    """Starts the form when the consultation was offered, deletes when deleting was offered."""

    def name(self) -> str:
        return "action_take_yes"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        language = language_of(tracker)
        previous = last_outcome(tracker)
        if previous and previous.get("topic") == DELETE_OFFER:
            return delete(dispatcher, tracker)
        if previous and previous.get("reference"):
            return send(dispatcher, tracker, receipt(previous["reference"], language))
        if previous and was_offered(previous):
            return [FollowupAction(CONSULTATION_FORM)]
        words = text("ask_away", language)
        return send(dispatcher, tracker, Reply(words, outcome(Kind.SMALLTALK, "affirm")))
