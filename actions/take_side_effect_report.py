"""Answers who tells of a side effect that happened: where to tell it."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, questions_of
from actions.replies import reply_to_all
from actions.reply import send


class TakeSideEffectReport(Action):
    """Names the healthcare provider and the reporting line, in the page's words."""

    def name(self) -> str:
        return "action_take_side_effect_report"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        return send(dispatcher, tracker, reply_to_all(questions_of(tracker), language_of(tracker)))
