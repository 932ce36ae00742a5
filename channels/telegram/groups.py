"""The consultation form isn't taken in groups, where everybody could read the entries."""

from typing import Any, Callable, Dict, List

from rasa.core.channels.channel import UserMessage

import texts
from channels.turns.answering import CollectedReplies, Handler, Reply

# In a message's metadata: that it comes from a group, with the language of the member's app.
GROUP = "group"
# What leaves the form whatever was entered: cancel, and yes when it asks back.
_LEAVING = ("Cancel", "Yes, cancel")
_OPEN_TO_ALL = {"delete_offer", "deleted"}  # kinds of form turns that are no consultation


def outside_groups(handler: Handler, link: Callable[[], str]) -> Handler:
    """Return a handler that leaves the form at once when it began in a group.

    Args:
        handler: Rasa's.
        link: returns where to write to the bot privately.
    """

    async def handle(message: UserMessage) -> None:
        await handler(message)
        metadata = message.metadata or {}
        collected = message.output_channel
        if GROUP not in metadata or not isinstance(collected, CollectedReplies):
            return
        if not any(map(_is_form, collected.replies)):
            return
        for words in _LEAVING:
            if not any(map(_is_form, await _ask(handler, message, words))):
                break
        text = texts.text(
            "telegram_form_in_group", str(metadata[GROUP] or texts.ENGLISH), link=link()
        )
        collected.replies[:] = [
            {"text": text, "custom": {"kind": "handoff", "topic": "not_in_groups"}}
        ]

    return handle


async def _ask(handler: Handler, message: UserMessage, words: str) -> List[Reply]:
    collected = CollectedReplies()
    channel = message.input_channel
    await handler(UserMessage(words, collected, message.sender_id, input_channel=channel))
    return collected.replies


def _is_form(reply: Reply) -> bool:
    """Say whether a reply is a turn of the consultation form."""
    outcome: Dict[str, Any] = reply.get("custom") or {}
    kind, topic = outcome.get("kind"), outcome.get("topic")
    is_turn = kind == "form" and topic not in _OPEN_TO_ALL
    begins = kind == "handoff" and topic == "consultation"
    parts = [{"custom": part} for part in outcome.get("parts") or () if part != outcome]
    return is_turn or begins or any(map(_is_form, parts))
