"""Answers what the inbox holds: one conversation's messages in their order, several beside it."""

import asyncio
import logging
from collections import deque
from typing import Awaitable, Callable, Deque, Dict, List, Optional, Set

from channels.turns.answering import BotMessage
from channels.turns.inbox import Inbox, Incoming, Unfinished
from storage.errors import StorageError

logger = logging.getLogger(__name__)

# More at once only makes each of them slower: Rasa computes one answer at a time.
_CONVERSATIONS_AT_ONCE = 16

Answerer = Callable[[Unfinished], Awaitable[List[BotMessage]]]
Deliver = Callable[[Unfinished, List[BotMessage]], Awaitable[None]]


class TurnQueue:
    """Takes messages in safely, and answers and delivers them in the background."""

    def __init__(self, channel: str, inbox: Inbox, answer: Answerer, deliver: Deliver) -> None:
        """Make the queue of a channel.

        Args:
            channel: its name.
            inbox: where messages are kept until they are done.
            answer: returns the replies to a message; never raises.
            deliver: brings replies to the visitor, however long it takes. When it raises, they are
                tried again after a restart.
        """
        self._channel, self._inbox = channel, inbox
        self._answer, self._deliver = answer, deliver
        self._queues: Dict[str, Deque[Unfinished]] = {}
        self._rows: Set[int] = set()  # what this run of the server is working on
        self._tasks: Set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(_CONVERSATIONS_AT_ONCE)
        # One thread: what comes in first is kept first.
        self._taking = asyncio.Lock()

    async def take(self, incoming: Incoming) -> bool:
        """Keep a message and return at once; False when it was received before.

        Raises:
            StorageError: it could not be kept, and won't be answered.
        """
        async with self._taking:
            taken = await asyncio.to_thread(self._inbox.take, incoming)
            if taken:
                self._enqueue(taken)
        return taken is not None

    async def resume(self) -> None:
        """Go on with what an earlier run of the server left unfinished."""
        async with self._taking:
            # Messages may come in before this is called: they are unfinished, but not left over.
            own = set(self._rows)
            try:
                await asyncio.to_thread(self._inbox.forget_old)
                unfinished = await asyncio.to_thread(self._inbox.unfinished, self._channel)
            except StorageError as error:
                logger.error("%s: unfinished messages can't be read: %s", self._channel, error)
                return
            for message in unfinished:
                if message.row not in own:
                    self._enqueue(message)

    async def finish(self) -> None:
        """Wait until nothing is left to do."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _enqueue(self, message: Unfinished) -> None:
        self._rows.add(message.row)
        conversation = message.incoming.conversation
        if conversation in self._queues:
            self._queues[conversation].append(message)
            return
        self._queues[conversation] = deque([message])
        task = asyncio.get_running_loop().create_task(self._work(conversation))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, conversation: str) -> None:
        queue = self._queues[conversation]
        try:
            while queue:
                message = queue.popleft()
                await self._turn(message)
                self._rows.discard(message.row)
        finally:
            del self._queues[conversation]

    async def _turn(self, message: Unfinished) -> None:
        try:
            replies = message.replies
            if replies is None:
                async with self._room:
                    replies = await self._answer(message)
                await self._note(self._inbox.answered, message.row, replies)
            await self._deliver(message, replies)
            await self._note(self._inbox.done, message.row)
        except Exception as error:
            # Its text may hold what was said. The message stays in the inbox.
            logger.error("%s: a reply could not be delivered: %s", self._channel, _name(error))

    async def _note(self, change: Callable[..., None], *values: object) -> None:
        """Tell the inbox; without it the visitor still gets the reply, if need be twice."""
        try:
            await asyncio.to_thread(change, *values)
        except StorageError as error:
            logger.error("%s: the inbox can't be written: %s", self._channel, error)


def _name(error: Optional[BaseException]) -> str:
    return type(error).__name__
