"""Answers a "yes": to the consultation that was offered, or to nothing in particular."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import last_outcome
from actions.hand_off import hand_off
from actions.offers import was_offered
from actions.reply import Kind, outcome, say


class TakeYes(Action):
    """Hands off when the previous turn offered the consultation."""

    def name(self) -> str:
        return "action_take_yes"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        previous = last_outcome(tracker)
        if previous and was_offered(previous):
            hand_off(dispatcher)
        else:
            say(dispatcher, "ask_away", outcome(Kind.SMALLTALK, "affirm"))
        return []
