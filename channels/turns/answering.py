"""Asks Rasa, and returns whole replies; every message gets one, whatever is down behind it."""

import logging
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels.channel import OutputChannel, UserMessage

import texts
from channels.turns.guard import defuse, is_too_long
from channels.turns.pressed import pressed

logger = logging.getLogger(__name__)

# What a reply is made of: "text", "buttons" ({"title", "payload"}), "custom" (the outcome).
BotMessage = Dict[str, Any]
Handler = Callable[[UserMessage], Awaitable[Any]]


class CollectedReplies(OutputChannel):
    """Keeps the bot's replies whole: text, buttons and outcome in one, not split at blank lines."""

    @classmethod
    def name(cls) -> str:
        return "collected"

    def __init__(self) -> None:
        self.replies: List[BotMessage] = []

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        self.replies.append(kept)


async def answer(
    handler: Handler,
    conversation: str,
    text: str,
    channel: str,
    message_id: Optional[str] = None,
    metadata: Optional[Dict[str, Any]] = None,
) -> List[BotMessage]:
    """Return the replies to a visitor's text, at least one.

    Args:
        handler: Rasa's, as an input channel gets it.
        conversation: Rasa's name of the conversation.
        text: as typed, or a button's payload; too long a one is asked for again, and a command
            is taken as words.
        channel: the name of the input channel.
        message_id: the channel's own id, kept in the tracker so that it is found after a crash.
        metadata: what the channel knows beside the text.
    """
    if is_too_long(text):
        outcome = {"kind": "unclear", "topic": "message_too_long"}
        return [{"text": texts.text("message_too_long"), "custom": outcome}]
    collected = CollectedReplies()
    button = pressed(text)
    if button:
        metadata = {**(metadata or {}), **button.metadata}
    message = UserMessage(
        button.words if button else defuse(text),
        collected,
        conversation,
        input_channel=channel,
        message_id=message_id,
        metadata=metadata,
    )
    try:
        await handler(message)
    except Exception as error:  # whatever it was, the visitor gets a reply
        logger.error("A message could not be handled: %s", type(error).__name__)
    return collected.replies or [unavailable()]


def unavailable() -> BotMessage:
    """Return what is said when no answer is possible right now."""
    return {"text": texts.unavailable(), "custom": {"kind": "unavailable", "topic": None}}
