"""The reply contract: every turn carries one machine-readable outcome beside its text."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Dict, Iterable, List, Optional, Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import is_shortened, language_of
from knowledge.catalogue import Source, Topic
from knowledge.payload import ASK, Payload
from texts import is_spoken, text

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


@dataclass(frozen=True)
class Reply:
    """What a turn says, how it ended, and what can be pressed next."""

    text: str
    outcome: Outcome
    buttons: Sequence[Button] = field(default_factory=tuple)


def outcome(kind: Kind, topic: Optional[str] = None, sources: Iterable[Source] = ()) -> Outcome:
    """Return the outcome of a turn as plain JSON values; `sources` only where there are any."""
    result: Outcome = {"kind": kind.value, "topic": topic}
    cited = [
        {
            "document": source.document.id,
            "language": source.document.language,
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


def topic_buttons(topics: Iterable[Topic], language: str) -> List[Button]:
    """Return a button for each topic; pressing it asks that topic's question."""
    return [
        {
            "title": topic.title(language),
            "payload": str(Payload(f"{ASK}{topic.name}", language)),
        }
        for topic in topics
    ]


def send(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    reply: Reply,
    language: Optional[str] = None,
) -> List[Dict[str, Any]]:
    """Send a reply; a line before it tells if not all was read, or the language isn't spoken.

    `language` is the reply's; that of the conversation when None.
    """
    language = language or language_of(tracker)
    words = reply.text
    if is_shortened(tracker):
        words = f"{text('message_shortened', language)}\n{words}"
    if not is_spoken(language):
        words = f"{text('language_not_spoken')}\n{words}"
    dispatcher.utter_message(
        text=words, buttons=list(reply.buttons), json_message=dict(reply.outcome)
    )
    return []
