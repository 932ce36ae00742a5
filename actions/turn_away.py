"""Answers what is far from the page."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, questions_of
from actions.replies import reply_to_all
from actions.reply import send


class TurnAway(Action):
    """Says that it only knows about the page, and answers other questions in the message."""

    def name(self) -> str:
        return "action_turn_away"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        return send(dispatcher, tracker, reply_to_all(questions_of(tracker), language_of(tracker)))
