"""Answers a question in the page's words, or says that the page doesn't say."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import ASK, intent_of
from actions.knowledge_base import catalogue
from actions.offers import consultation_button
from actions.reply import Kind, outcome, quoted, say, section_names, topic_buttons


def answer_topic(dispatcher: CollectingDispatcher, topic: str) -> None:
    """Reply to a question on `topic`: the quotes and their sections, or that the page is silent."""
    sources = catalogue().sources(topic)
    if sources:
        say(
            dispatcher,
            "answer",
            outcome(Kind.ANSWER, topic, sources),
            topic_buttons(catalogue().related(topic)),
            quotes=quoted(sources),
            sections=section_names(sources),
        )
    else:
        say(
            dispatcher,
            "not_covered",
            outcome(Kind.NOT_COVERED, topic),
            [consultation_button()],
            label=catalogue().topics[topic].label,
        )


class AnswerQuestion(Action):
    """Replies to any `ask_<topic>` intent, and to a button's question."""

    def name(self) -> str:
        return "action_answer_question"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        answer_topic(dispatcher, intent_of(tracker)[len(ASK) :])
        return []
