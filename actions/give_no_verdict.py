"""Answers who asks for a decision on one person: only their doctor can say."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import SEEK_ADVICE, intent_of
from actions.knowledge_base import catalogue
from actions.offers import consultation_button
from actions.reply import Kind, outcome, quoted, say, section_names


class GiveNoVerdict(Action):
    """Replies to any `seek_advice_<name>` intent; quotes what the page says in general."""

    def name(self) -> str:
        return "action_give_no_verdict"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        name = intent_of(tracker)[len(SEEK_ADVICE) :]
        topic = catalogue().advice.get(name)
        sources = catalogue().sources(topic) if topic else ()
        result = outcome(Kind.ADVICE, topic or name, sources)
        if sources:
            say(
                dispatcher,
                "advice_with_quote",
                result,
                [consultation_button()],
                quotes=quoted(sources),
                sections=section_names(sources),
            )
        else:
            say(dispatcher, "advice", result, [consultation_button()])
        return []
