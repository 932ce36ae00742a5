"""Rasa as the channels reach it: it answers messages, once, and tells what was said."""

from typing import Any, List, Optional

from rasa.core.agent import Agent
from sanic import Sanic

from channels.turns import history
from channels.turns.answering import BotMessage, Handler, answer
from channels.turns.inbox import Unfinished


class Rasa:
    """Rasa behind one channel."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._app: Optional[Sanic] = None

    def attach(self, app: Sanic) -> None:
        """Note the server's application, which has the agent once it is loaded."""
        self._app = app

    async def answer(self, message: Unfinished, message_id: str) -> List[BotMessage]:
        """Return the replies to a message, at least one.

        Args:
            message: as the inbox has it.
            message_id: the one by which the tracker knows it.
        """
        incoming = message.incoming
        if message.is_resumed:
            # It may have answered already, when the server died before that was noted.
            said = history.replies_to(await self.events(incoming.conversation), message_id)
            if said:
                return said
        return await answer(
            self._handler,
            incoming.conversation,
            incoming.text,
            incoming.channel,
            message_id,
            incoming.metadata,
        )

    async def events(self, conversation: str) -> List[Any]:
        """Return all that happened in a conversation."""
        tracker = await self.tracker(conversation)
        return list(tracker.events) if tracker else []

    async def tracker(self, conversation: str) -> Any:
        """Return a conversation's whole tracker; None when there is none, or no agent yet."""
        agent: Optional[Agent] = getattr(self._app.ctx, "agent", None) if self._app else None
        return await agent.tracker_store.retrieve_full_tracker(conversation) if agent else None
