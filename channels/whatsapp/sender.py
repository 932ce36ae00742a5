"""How replies go out to WhatsApp: each once and in order, choices numbered or as buttons.

Twilio has no key that keeps a request sent twice from being done twice. Where it isn't known
whether Twilio took a message - the connection broke, or the server was killed meanwhile - its list
of sent messages is looked up first.
"""

import asyncio
import logging
import time
from typing import Any, Callable, Dict, List, Optional, Set

import settings
import texts
from channels import identity
from channels.turns.answering import BotMessage
from channels.turns.app_channel import Address, Part, PermanentError, TemporaryError
from channels.whatsapp.account import NAME, status_url
from channels.whatsapp.buttons import template_fields
from channels.whatsapp.client import FateUnknownError, Twilio
from channels.whatsapp.status import Statuses
from channels.whatsapp.store import Choice, WhatsAppStore
from channels.whatsapp.text import clean, pieces_of, shown, with_choices
from storage.errors import StorageError

logger = logging.getLogger(__name__)

_EMERGENCY = "emergency"
# WhatsApp mixes up messages that are sent close together.
_WAIT_FOR_PREVIOUS_SECONDS = 5.0
_CLOCKS_DIFFER_SECONDS = 120.0


class WhatsAppSender:
    """Sends replies to an address: {"to", "at", "language"}; `at` is when the message came in."""

    def __init__(
        self,
        twilio: Twilio,
        store: WhatsAppStore,
        statuses: Statuses,
        clock: Callable[[], float] = time.time,
        wait_for_previous: float = _WAIT_FOR_PREVIOUS_SECONDS,
    ) -> None:
        self._twilio, self._store, self._statuses = twilio, store, statuses
        self._started = clock()
        self._wait_seconds = wait_for_previous
        self._doubtful: Set[str] = set()  # conversations whose latest message may have been taken
        self._previous: Dict[str, str] = {}  # conversations whose reply goes on, and its last part
        self._offering: Dict[str, List[Choice]] = {}  # conversations, and what is being sent there

    def parts(self, replies: List[BotMessage], address: Address) -> List[Part]:
        """Return the messages for replies, each with what it takes to send it.

        Choices are those of the last reply only: one number means one thing. An emergency's text
        is all there is, without anything around it.
        """
        urgent = [reply for reply in replies if _kind(reply) == _EMERGENCY]
        bodies = [_body(reply) for reply in urgent or replies]
        bodies = [body for body in bodies if body] or [texts.unavailable(_language(address))]
        choices = [] if urgent else _choices(replies)
        titles = [choice["title"] for choice in choices]
        body = bodies[-1]
        pieces = [piece for before in bodies[:-1] for piece in pieces_of(before)]
        parts: List[Part] = [
            {"text": piece, "choices": [], "template": {}, "follows": True, "goes_on": True}
            for piece in [*pieces, *with_choices(body, titles)]
        ]
        parts[0]["follows"] = parts[-1]["goes_on"] = False
        template = template_fields(body, titles) if titles else {}
        parts[-1].update(choices=choices, template=template, body=body)
        return parts

    async def send(self, part: Part, address: Address) -> None:
        """Send one message. Raises TemporaryError or PermanentError."""
        conversation = identity.conversation_of(NAME, _visitor(address))
        previous = self._previous.get(conversation) if part["follows"] else None
        if previous:
            await self._statuses.wait_until_left(previous, self._wait_seconds)
        self._offering[conversation] = part["choices"]
        try:
            sid = await self._find(conversation, part, address)
            if sid is None:
                sid = await self._create(conversation, part, address["to"])
            self._doubtful.discard(conversation)
            self._previous.pop(conversation, None)
            if part["goes_on"]:
                self._previous[conversation] = sid
            await self._keep(conversation, sid, part["choices"])
        finally:
            del self._offering[conversation]

    def choices_of(self, conversation: str, message: str = "") -> List[Choice]:
        """Return the choices that a visitor has before them; empty when there are none.

        Args:
            conversation: Rasa's name.
            message: Twilio's id of the message of ours that the visitor replies to, if to one.

        Raises:
            StorageError: what was sent can't be read.
        """
        choices = self._store.choices_of(conversation, message) if message else None
        if choices is None:
            # A fast one replies before we have heard that the message was taken.
            choices = self._offering.get(conversation)
        return self._store.last_choices(conversation) if choices is None else choices

    async def typing(self, address: Address) -> None:
        """Do nothing: Twilio would also mark the visitor's message as read."""

    async def _create(self, conversation: str, part: Part, to: str) -> str:
        """Send a part, as buttons where it can be, and as numbers where Twilio refuses those."""
        callback = {"StatusCallback": status_url(settings.whatsapp_webhook_url())}
        try:
            if part["template"]:
                with_buttons = await self._try_buttons(to, {**part["template"], **callback})
                if with_buttons:
                    return with_buttons
            return await self._twilio.create(to, {"Body": part["text"], **callback})
        except FateUnknownError:
            self._doubtful.add(conversation)
            raise

    async def _try_buttons(self, to: str, fields: Dict[str, str]) -> Optional[str]:
        try:
            return await self._twilio.create(to, fields)
        except PermanentError as error:
            logger.error("whatsapp: buttons are refused, so choices go as numbers: %s", error)
            return None

    async def _find(self, conversation: str, part: Part, address: Address) -> Optional[str]:
        """Return the id of a part that Twilio took without our knowing; None when it didn't."""
        since = float(address["at"])
        # It came in before this run of the server, which may have died while sending.
        if conversation not in self._doubtful and since >= self._started:
            return None
        try:
            known = await asyncio.to_thread(self._store.messages, conversation)
            latest = await self._twilio.latest_to(address["to"])
        except StorageError as error:
            raise TemporaryError(str(error)) from None
        except PermanentError as error:
            # Rather twice than never.
            logger.error("whatsapp: can't look up what was sent: %s", error)
            return None
        bodies = {_folded(part["text"]), _folded(part.get("body") or part["text"])}
        for sent in latest:
            is_recent = sent.at.timestamp() >= since - _CLOCKS_DIFFER_SECONDS
            if is_recent and sent.sid not in known and _folded(sent.body) in bodies:
                return sent.sid
        return None

    async def _keep(self, conversation: str, sid: str, choices: List[Choice]) -> None:
        try:
            await asyncio.to_thread(self._store.keep, conversation, sid, choices)
        except StorageError as error:
            # It is sent. A number in the next message isn't understood, but words are.
            logger.error("whatsapp: the choices of a reply can't be kept: %s", error)


def _body(reply: BotMessage) -> str:
    words = clean(str(reply.get("text") or ""))
    return shown(words, reply.get("custom") or {}, settings.page_url()).strip()


def _choices(replies: List[BotMessage]) -> List[Choice]:
    buttons: List[Dict[str, Any]] = replies[-1].get("buttons") or [] if replies else []
    choices = [
        {"title": clean(str(button.get("title") or "")), "payload": str(button.get("payload"))}
        for button in buttons
        if button.get("payload")
    ]
    return [choice for choice in choices if choice["title"].strip()]


def _kind(reply: BotMessage) -> str:
    return str((reply.get("custom") or {}).get("kind"))


def _language(address: Address) -> str:
    return str(address.get("language") or texts.ENGLISH)


def _visitor(address: Address) -> str:
    return str(address["to"]).removeprefix(f"{NAME}:")


def _folded(text: str) -> str:
    return " ".join(text.split())
