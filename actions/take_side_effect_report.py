"""Answers who tells of a side effect that happened: where to tell it, in the page's words."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.knowledge_base import catalogue
from actions.offers import consultation_button
from actions.reply import Kind, outcome, quoted, say, section_names

TOPICS = ("side_effects_complete", "report_side_effects")


class TakeSideEffectReport(Action):
    """Names the healthcare provider and the reporting line."""

    def name(self) -> str:
        return "action_take_side_effect_report"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        sources = [source for topic in TOPICS for source in catalogue().sources(topic)]
        say(
            dispatcher,
            "side_effect_report",
            outcome(Kind.ADVERSE_EVENT, TOPICS[-1], sources),
            [consultation_button()],
            quotes=quoted(sources),
            sections=section_names(sources),
        )
        return []
