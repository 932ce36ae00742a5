"""Answers a question in the page's words, or says that the page doesn't say."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, questions_of
from actions.replies import reply_to_all
from actions.reply import send


class AnswerQuestion(Action):
    """Replies to any `ask_<topic>` intent, and to other questions in the same message."""

    def name(self) -> str:
        return "action_answer_question"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        return send(dispatcher, tracker, reply_to_all(questions_of(tracker), language_of(tracker)))
