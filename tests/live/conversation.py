"""A conversation with the real bot, turn by turn."""

import asyncio
import uuid
from typing import Any, Dict, List

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from channels.turns.answering import CollectedReplies


class Conversation:
    """Says something to the bot and returns its reply, as the REST channel would give it."""

    def __init__(self, agent: Agent, loop: asyncio.AbstractEventLoop) -> None:
        self._agent = agent
        self._loop = loop
        self.sender = uuid.uuid4().hex

    def say(self, text: str) -> Dict[str, Any]:
        """Return the one reply of a turn; more or fewer than one is a failure."""
        replies = self.replies(text)
        assert len(replies) == 1, f"expected one reply to {text!r}, got {replies}"
        return replies[0]

    def replies(self, text: str) -> List[Dict[str, Any]]:
        """Return all replies of a turn."""
        collected = CollectedReplies()
        message = UserMessage(text, collected, self.sender)
        self._loop.run_until_complete(self._agent.handle_message(message))
        return collected.replies
