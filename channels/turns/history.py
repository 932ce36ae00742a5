"""A conversation as the visitor saw it, read from what Rasa keeps of it."""

from typing import Any, Dict, Iterable, Iterator, List, Optional

from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered

import texts
from channels.turns.answering import BotMessage
from channels.turns.pressed import TITLE

Entry = Dict[str, Any]

_FILL = "fill"
_MILLISECONDS = 1000
# What is kept of a form's turn is its outcome; some can be told again from that alone.
_TOLD_AGAIN = {
    "sent": "form_sent",
    "cancelled": "form_cancelled",
    "no_consent": "form_no_consent",
    "consultation": "form_intro",
}
_LEFT_OUT = {"kind": "form", "topic": "left_out"}


def entries_of(events: Iterable[Event]) -> List[Entry]:
    """Return the entries of a conversation, the oldest first (widget/PROTOCOL.md).

    Of a form's turns, whose words aren't kept, its beginning and its end are told again; between
    them a line says so.
    """
    return list(_entries(events))


def replies_to(events: Iterable[Event], message_id: str) -> Optional[List[BotMessage]]:
    """Return what was replied to a message, None when it wasn't or its words aren't kept."""
    replies: Optional[List[BotMessage]] = None
    for event in events:
        if isinstance(event, UserUttered):
            if replies:
                break
            replies = [] if event.message_id == message_id else None
        elif isinstance(event, BotUttered) and replies is not None:
            if not event.text:
                return None
            replies.append(_reply(event))
    return replies or None


def reply_id(message_id: str, number: int) -> str:
    """Return the id of a message's reply, the same live and later."""
    return f"{message_id}.{number}"


def entry_of(reply: BotMessage, message_id: str, number: int, seconds: float) -> Entry:
    """Return a reply as an entry; `seconds` since 1970."""
    entry: Entry = {
        "id": reply_id(message_id, number),
        "from": "bot",
        "time": int(seconds * _MILLISECONDS),
        "text": reply.get("text", ""),
        "outcome": reply.get("custom") or {},
    }
    if reply.get("buttons"):
        entry["buttons"] = reply["buttons"]
    return entry


def visitor_entry(message_id: str, text: str, seconds: float) -> Entry:
    """Return a visitor's message as an entry; `seconds` since 1970."""
    time = int(seconds * _MILLISECONDS)
    return {"id": message_id, "from": "visitor", "time": time, "text": text}


def _entries(events: Iterable[Event]) -> Iterator[Entry]:
    message_id, number, language = "", 0, texts.ENGLISH
    is_noted = False
    for event in events:
        if isinstance(event, SlotSet) and event.key == "language" and event.value:
            language = str(event.value)
        elif isinstance(event, UserUttered):
            message_id, number = event.message_id or f"at-{event.timestamp}", 0
            if event.text and _FILL not in (event.metadata or {}):
                shown = (event.metadata or {}).get(TITLE) or event.text
                yield visitor_entry(message_id, shown, event.timestamp)
        elif isinstance(event, BotUttered):
            reply = _reply(event)
            is_kept = bool(reply["text"])
            reply["text"] = reply["text"] or _told_again(reply["custom"], language)
            if not reply["text"] and not is_noted:
                reply = {"text": texts.text("form_left_out", language), "custom": _LEFT_OUT}
                is_noted = True
            if reply["text"]:
                yield entry_of(reply, message_id, number, event.timestamp)
            is_noted = is_noted and not is_kept
            number += 1


def _reply(event: BotUttered) -> BotMessage:
    data = event.data or {}
    reply: BotMessage = {"text": event.text or "", "custom": data.get("custom") or {}}
    if data.get("buttons"):
        reply["buttons"] = data["buttons"]
    return reply


def _told_again(outcome: Dict[str, Any], language: str) -> str:
    name = _TOLD_AGAIN.get(str(outcome.get("topic")))
    if not name or (name == "form_sent" and not outcome.get("reference")):
        return ""
    return texts.text(name, language, reference=str(outcome.get("reference", "")))
