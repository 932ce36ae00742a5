"""Answers "where does it say that?": the page and the section of the latest quotes."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import past_outcomes
from actions.knowledge_base import catalogue
from actions.reply import Kind, outcome, say, section_names


class NameSource(Action):
    """Names section and page of what was quoted last, with the page's address where it is known."""

    def name(self) -> str:
        return "action_name_source"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        past = next((past for past in past_outcomes(tracker) if past.get("sources")), None)
        sources = catalogue().sources(past["topic"]) if past else ()
        if past is None or not sources:
            say(dispatcher, "nothing_quoted", outcome(Kind.SMALLTALK, "source"))
            return []
        document = sources[0].document
        result = outcome(Kind.ANSWER, past["topic"], sources)
        values: Dict[str, Any] = {
            "title": document.title,
            "sections": section_names(sources),
            "retrieved": document.retrieved,
        }
        if document.url:
            url = f"{document.url}#{sources[0].quote.anchor}"
            say(dispatcher, "source_with_address", result, url=url, **values)
        else:
            say(dispatcher, "source", result, **values)
        return []
