"""The reply contract: every turn carries one machine-readable outcome beside its text."""

from enum import Enum
from typing import Any, Dict, Iterable, List, Optional

from rasa_sdk.executor import CollectingDispatcher

from knowledge.catalogue import Source, Topic
from texts import text

Outcome = Dict[str, Any]
Button = Dict[str, str]


class Kind(str, Enum):
    """All ways a turn can end. Reports, the website and the tests rest on these names."""

    ANSWER = "answer"
    NOT_COVERED = "not_covered"
    ADVICE = "advice"
    EMERGENCY = "emergency"
    ADVERSE_EVENT = "adverse_event"
    HANDOFF = "handoff"
    FORM = "form"
    SMALLTALK = "smalltalk"
    UNCLEAR = "unclear"
    UNAVAILABLE = "unavailable"


def outcome(kind: Kind, topic: Optional[str] = None, sources: Iterable[Source] = ()) -> Outcome:
    """Return the outcome of a turn as plain JSON values; `sources` only where there are any."""
    result: Outcome = {"kind": kind.value, "topic": topic}
    cited = [
        {
            "document": source.document.id,
            "section": source.quote.section,
            "anchor": source.quote.anchor,
            "quote": source.quote.text,
            "retrieved": source.document.retrieved,
        }
        for source in sources
    ]
    if cited:
        result["sources"] = cited
    return result


def quoted(sources: Iterable[Source]) -> str:
    """Return the quotes, one a line, in quotation marks."""
    return "\n".join(f"“{source.quote.text}”" for source in sources)


def section_names(sources: Iterable[Source]) -> str:
    """Return the names of the sections quoted from, each once, in quotation marks."""
    return ", ".join(dict.fromkeys(f"“{source.quote.section}”" for source in sources))


def topic_buttons(topics: Iterable[Topic]) -> List[Button]:
    """Return a button for each topic; pressing it asks that topic's question."""
    return [
        {"title": topic.label[:1].upper() + topic.label[1:], "payload": topic.question}
        for topic in topics
    ]


def say(
    dispatcher: CollectingDispatcher,
    name: str,
    result: Outcome,
    buttons: Optional[List[Button]] = None,
    **values: str,
) -> None:
    """Send the text called `name` in texts/, its blanks filled with `values`, and its outcome."""
    dispatcher.utter_message(text=text(name, **values), buttons=buttons or [], json_message=result)
