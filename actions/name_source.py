"""Answers "where does it say that?": the page and the section of the latest quotes."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, past_outcomes
from actions.knowledge_base import catalogue
from actions.reply import Kind, Reply, outcome, section_names, send
from texts import text


class NameSource(Action):
    """Names section and page of what was quoted last, with its address where it is known."""

    def name(self) -> str:
        return "action_name_source"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        language = language_of(tracker)
        past = next((past for past in past_outcomes(tracker) if past.get("sources")), None)
        sources = catalogue().sources(past["topic"]) if past else ()
        if past is None or not sources:
            words = text("nothing_quoted", language)
            return send(dispatcher, tracker, Reply(words, outcome(Kind.SMALLTALK, "source")))
        document = sources[0].document
        values = {
            "title": document.title,
            "sections": section_names(sources),
            "retrieved": document.retrieved,
        }
        if document.url:
            url = f"{document.url}#{sources[0].quote.anchor}"
            words = text("source_with_address", language, url=url, **values)
        else:
            words = text("source", language, **values)
        reply = Reply(words, outcome(Kind.ANSWER, past["topic"], sources))
        return send(dispatcher, tracker, reply)
