"""What every messaging app's channel owes: kept, answered once, in order, and delivered in the end.

A channel checks that a message is genuine, and hands it to `AppChannel.receive`, which returns at
once. What a reply looks like in the app, and how it is sent, is its `Sender`'s business.
"""

import asyncio
import logging
import random
import time
from typing import Any, Callable, Dict, List, Optional, Protocol

from rasa.shared.core.events import SlotSet
from sanic import Sanic

import settings
import texts
from channels import identity
from channels.limits import RateLimit
from channels.turns.answering import BotMessage, Handler
from channels.turns.guard import is_emergency, is_too_long
from channels.turns.inbox import Inbox, Incoming, Unfinished
from channels.turns.queue import TurnQueue
from channels.turns.rasa import Rasa
from storage.errors import StorageError

logger = logging.getLogger(__name__)

Part = Dict[str, Any]  # what one request to the provider sends; plain JSON values
Address = Dict[str, Any]  # where it goes, in the provider's terms

_MINUTE = 60.0
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 60.0
# A day later nobody waits for the answer, and WhatsApp doesn't take it any more.
_GIVE_UP_SECONDS = 24 * 3600.0


class TemporaryError(Exception):
    """The provider can't take it now; `retry_after` is in seconds, where it says so."""

    def __init__(self, reason: str, retry_after: Optional[float] = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class PermanentError(Exception):
    """The provider will never take it (the visitor blocked the bot, the token is wrong)."""


class Sender(Protocol):
    """How an app shows replies."""

    def parts(self, replies: List[BotMessage], address: Address) -> List[Part]:
        """Return what to send for replies, in order; the same for the same replies."""

    async def send(self, part: Part, address: Address) -> None:
        """Send one part. Raises TemporaryError or PermanentError, without the visitor's words."""

    async def typing(self, address: Address) -> None:
        """Show that an answer is coming, where the app can; never raises."""


class AppChannel:
    """Brings an app's messages to Rasa and the replies back."""

    def __init__(
        self,
        name: str,
        handler: Handler,
        sender: Sender,
        inbox: Optional[Inbox] = None,
        pause: Callable[[float], Any] = asyncio.sleep,
    ) -> None:
        """Make the channel called `name`; `pause` waits for some seconds."""
        self._name, self._sender = name, sender
        self._rasa = Rasa(handler)
        self._inbox = inbox or Inbox()
        self._pause = pause
        self.queue = TurnQueue(name, self._inbox, self._answer, self._deliver)
        self._limit = RateLimit(settings.messages_per_minute(), _MINUTE)

    async def start(self, app: Sanic) -> None:
        """Go on with what an earlier run of the server left; call it when the server is up."""
        self._rasa.attach(app)
        await self.queue.resume()

    async def receive(
        self,
        message_id: str,
        user: str,
        text: str,
        address: Address,
        metadata: Optional[Dict[str, Any]] = None,
    ) -> bool:
        """Take a genuine message and return at once; False when it came before.

        Args:
            message_id: the provider's, unique within the channel.
            user: the app's id of the conversation, kept from Rasa by a keyed hash.
            text: the visitor's words.
            address: where the replies go; its `language`, if there is one, is that of the app, in
                which the channel says what it says by itself.
            metadata: what goes to Rasa beside the text.

        Raises:
            StorageError: it couldn't be kept: tell the provider to send it again.
        """
        conversation = identity.conversation_of(self._name, user)
        wait = self._limit.wait_seconds(conversation, time.monotonic())
        if wait > 0 and not is_emergency(text):
            metadata = {**(metadata or {}), "too_many": int(wait) + 1}
        incoming = Incoming(
            self._name, message_id, conversation, text, address, dict(metadata or {})
        )
        return await self.queue.take(incoming)

    async def say(self, message_id: str, user: str, name: str, address: Address) -> bool:
        """Reply with the text called `name` alone, past Rasa; otherwise as `receive`."""
        return await self.receive(message_id, user, "", address, {"say": name})

    async def _answer(self, message: Unfinished) -> List[BotMessage]:
        incoming = message.incoming
        said = await self._said_past_rasa(incoming)
        if said:
            return [said]
        await self._sender.typing(incoming.address)
        return await self._rasa.answer(message, incoming.message_id)

    async def _said_past_rasa(self, incoming: Incoming) -> Optional[BotMessage]:
        """Return what the channel says by itself: too much, too long, or a fixed text."""
        values: Dict[str, str] = {}
        kind = "unclear"
        if "too_many" in incoming.metadata:
            name, values = "too_many_messages", {"seconds": str(incoming.metadata["too_many"])}
        elif is_too_long(incoming.text):
            name = "message_too_long"
        elif "say" in incoming.metadata:
            name, kind = str(incoming.metadata["say"]), "smalltalk"
        else:
            return None
        language = str(incoming.address.get("language") or await self._language(incoming))
        words = texts.text(name, language, **values)
        return {"text": words, "custom": {"kind": kind, "topic": name}}

    async def _language(self, incoming: Incoming) -> str:
        """Return the language of the conversation so far."""
        try:
            events = await self._rasa.events(incoming.conversation)
        except Exception as error:  # whatever it was, the visitor gets a reply
            logger.error("%s: a conversation can't be read: %s", self._name, type(error).__name__)
            events = []
        slots = [e for e in events if isinstance(e, SlotSet) and e.key == "language" and e.value]
        return str(slots[-1].value) if slots else texts.ENGLISH

    async def _deliver(self, message: Unfinished, replies: List[BotMessage]) -> None:
        address = message.incoming.address
        parts = self._sender.parts(replies, address)
        for number in range(message.sent, len(parts)):
            try:
                await self._send(parts[number], address)
            except PermanentError as error:
                logger.error("%s: a reply can't be delivered: %s", self._name, error)
                return
            await self._note_sent(message.row, number + 1)

    async def _send(self, part: Part, address: Address) -> None:
        """Send a part, again and again while the provider can't take it."""
        ends = time.monotonic() + _GIVE_UP_SECONDS
        longest = _FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._sender.send(part, address)
                return
            except TemporaryError as error:
                if time.monotonic() > ends:
                    raise PermanentError(f"given up after a day: {error}") from None
                logger.warning("%s: the provider can't take a reply now: %s", self._name, error)
                # Spread, so that a provider coming back isn't met by all at once.
                pause = random.uniform(longest / 2, longest)  # noqa: S311  no secret
                await self._pause(max(pause, error.retry_after or 0.0))
                longest = min(longest * 2, _LONGEST_PAUSE_SECONDS)

    async def _note_sent(self, row: int, count: int) -> None:
        try:
            await asyncio.to_thread(self._inbox.sent, row, count)
        except StorageError as error:
            logger.error("%s: the inbox can't be written: %s", self._name, error)
