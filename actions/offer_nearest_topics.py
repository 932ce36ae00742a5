"""Answers what wasn't understood: says so, and offers what comes nearest."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, last_outcome, nearest_topics
from actions.knowledge_base import catalogue
from actions.offers import consultation_button
from actions.reply import Kind, Reply, outcome, send, topic_buttons
from texts import text

CHOICES = 3


class OfferNearestTopics(Action):
    """Offers the nearest topics as buttons; the second time in a row the consultation as well."""

    def name(self) -> str:
        return "action_offer_nearest_topics"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        language = language_of(tracker)
        known = catalogue().topics
        nearest = [known[name] for name in nearest_topics(tracker) if name in known][:CHOICES]
        buttons = topic_buttons(nearest, language)
        previous = last_outcome(tracker)
        if previous and previous["kind"] == Kind.UNCLEAR.value:
            name, topic = "unclear_again", "consultation_offer"
            buttons.append(consultation_button(language))
        else:
            name, topic = ("unclear" if nearest else "unclear_no_topic"), None
        return send(
            dispatcher, tracker, Reply(text(name, language), outcome(Kind.UNCLEAR, topic), buttons)
        )
