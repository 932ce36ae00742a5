"""Answers "what can you do?": the themes the page covers."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.knowledge_base import catalogue
from actions.reply import Kind, outcome, say, topic_buttons


class ListThemes(Action):
    """Lists the themes, with a button for the first topic of each."""

    def name(self) -> str:
        return "action_list_themes"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        themes = catalogue().themes
        say(
            dispatcher,
            "capabilities",
            outcome(Kind.SMALLTALK, "capabilities"),
            topic_buttons(catalogue().topics[theme.topics[0]] for theme in themes),
            themes="\n".join(f"• {theme.label}" for theme in themes),
        )
        return []
