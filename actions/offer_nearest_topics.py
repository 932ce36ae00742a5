"""Answers what wasn't understood: says so, and offers what comes nearest."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import last_outcome, nearest_topics
from actions.knowledge_base import catalogue
from actions.offers import consultation_button
from actions.reply import Kind, outcome, say, topic_buttons

CHOICES = 3


class OfferNearestTopics(Action):
    """Offers the nearest topics as buttons; the second time in a row the consultation as well."""

    def name(self) -> str:
        return "action_offer_nearest_topics"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        known = catalogue().topics
        nearest = [known[name] for name in nearest_topics(tracker) if name in known][:CHOICES]
        buttons = topic_buttons(nearest)
        previous = last_outcome(tracker)
        if previous and previous["kind"] == Kind.UNCLEAR.value:
            result = outcome(Kind.UNCLEAR, "consultation_offer")
            say(dispatcher, "unclear_again", result, [*buttons, consultation_button()])
        elif nearest:
            say(dispatcher, "unclear", outcome(Kind.UNCLEAR), buttons)
        else:
            say(dispatcher, "unclear_no_topic", outcome(Kind.UNCLEAR))
        return []
