"""Answers "tell me more": the topics next to the one just answered."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import past_outcomes
from actions.knowledge_base import catalogue
from actions.list_themes import ListThemes
from actions.reply import Kind, outcome, say, topic_buttons


class TellMore(Action):
    """Offers the topics related to the latest answer, or all themes when there was none."""

    def name(self) -> str:
        return "action_tell_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        known = catalogue().topics
        topic = next(
            (past["topic"] for past in past_outcomes(tracker) if past.get("topic") in known), None
        )
        related = catalogue().related(topic) if topic else []
        if topic is None or not related:
            return ListThemes().run(dispatcher, tracker, domain)
        say(
            dispatcher,
            "more",
            outcome(Kind.UNCLEAR, topic),
            topic_buttons(related),
            label=known[topic].label,
        )
        return []
