"""Answers "tell me more": the topics next to the one just answered."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, past_outcomes
from actions.knowledge_base import catalogue
from actions.list_themes import themes
from actions.reply import Kind, Reply, outcome, send, topic_buttons
from texts import text


class TellMore(Action):
    """Offers the topics related to the latest answer, or all themes when there was none."""

    def name(self) -> str:
        return "action_tell_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        language = language_of(tracker)
        known = catalogue().topics
        topic = next((p["topic"] for p in past_outcomes(tracker) if p.get("topic") in known), None)
        related = catalogue().related(topic) if topic else []
        if topic is None or not related:
            return send(dispatcher, tracker, themes(language))
        words = text("more", language, label=known[topic].words(language)[0])
        buttons = topic_buttons(related, language)
        return send(dispatcher, tracker, Reply(words, outcome(Kind.UNCLEAR, topic), buttons))
