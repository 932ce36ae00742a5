"""Answers "what can you do?": the themes the page covers."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of
from actions.knowledge_base import catalogue
from actions.reply import Kind, Reply, outcome, send, topic_buttons
from texts import text


def themes(language: str) -> Reply:
    """Return the list of themes, with a button for the first topic of each."""
    known = catalogue().topics
    first = [known[theme[0]] for theme in catalogue().themes]
    lines = [
        "• " + ", ".join(known[name].words(language)[0] for name in theme)
        for theme in catalogue().themes
    ]
    return Reply(
        text("capabilities", language, themes="\n".join(lines)),
        outcome(Kind.SMALLTALK, "capabilities"),
        topic_buttons(first, language),
    )


class ListThemes(Action):
    """Lists the themes."""

    def name(self) -> str:
        return "action_list_themes"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        return send(dispatcher, tracker, themes(language_of(tracker)))
