"""Answers a question in the page's words, or says that the page doesn't say."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.composing import CONSULTATION_FORM, HANDOFF_INTENTS, reply_to_all
from actions.conversation import language_of, questions_of
from actions.reply import send


class AnswerQuestion(Action):
    """Replies to questions, reports and wishes for advice: all of those in the message."""

    def name(self) -> str:
        return "action_answer_question"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        if HANDOFF_INTENTS.intersection(questions_of(tracker)):
            return [FollowupAction(CONSULTATION_FORM)]  # it answers the questions as well
        return send(dispatcher, tracker, reply_to_all(questions_of(tracker), language_of(tracker)))
