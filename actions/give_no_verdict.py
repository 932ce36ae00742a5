"""Answers who asks for a decision on one person: only their doctor can say."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, questions_of
from actions.replies import reply_to_all
from actions.reply import send


class GiveNoVerdict(Action):
    """Replies to any `seek_advice_<name>` intent, and to other questions in the same message."""

    def name(self) -> str:
        return "action_give_no_verdict"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        return send(dispatcher, tracker, reply_to_all(questions_of(tracker), language_of(tracker)))
