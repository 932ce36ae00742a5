"""The Telegram channel: updates come to /webhooks/telegram/webhook, replies go to the Bot API.

Rasa's stock channel answers every update with an error, checks nobody's word that it is Telegram,
and can't show our buttons. Here an update is kept before it is acknowledged, and answered in the
background. Updates of one chat are answered in the order in which they arrive here: Telegram sends
those of one chat one after the other. deploy/telegram.md tells how a clinic sets it up.
"""

import asyncio
import hmac
import json
import logging
from typing import Any, Callable, Dict, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from telegram import Bot, Update

import settings
from channels.telegram.client import bot_id, close, is_configured, make_bot, problems
from channels.telegram.messages import (
    Asked,
    Fixed,
    NameUnknownError,
    Pressed,
    Words,
    read,
    unreadable,
)
from channels.telegram.sender import TelegramSender
from channels.telegram.store import TelegramStore
from channels.telegram.webhook import register
from channels.turns.answering import Handler
from channels.turns.app_channel import AppChannel
from channels.turns.inbox import Inbox
from storage.errors import StorageError

logger = logging.getLogger(__name__)

NAME = "telegram"
# In a message's metadata: it comes from a group; its value is where the bot is written to alone.
GROUP = "group"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
_LARGEST_UPDATE = 1_000_000  # bytes; the longest message with all that Telegram adds is far below
_OK, _BAD, _NOT_TELEGRAM, _LATER = 200, 400, 401, 503


class TelegramChannel(InputChannel):
    """Gives everybody who writes to the bot a conversation of their own."""

    @classmethod
    def name(cls) -> str:
        return NAME

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        if not is_configured():
            logger.info("telegram: not configured, so it isn't active (deploy/telegram.md)")
            return Blueprint("telegram_channel")
        wrong = problems()
        if wrong:
            logger.error("telegram: not active: %s", "; ".join(wrong))
            return Blueprint("telegram_channel")
        return Telegram(on_new_message, make_bot()).blueprint()


class Telegram:
    """The webhook, and what stands behind it."""

    def __init__(
        self,
        handler: Handler,
        bot: Bot,
        inbox: Optional[Inbox] = None,
        store: Optional[TelegramStore] = None,
        pause: Callable[[float], Any] = asyncio.sleep,
    ) -> None:
        self._bot, self._pause = bot, pause
        self._store = store or TelegramStore()
        self._sender = TelegramSender(bot, self._store)
        self.channel = AppChannel(NAME, handler, self._sender, inbox, pause)
        self._registering: Optional[asyncio.Task[None]] = None

    def blueprint(self) -> Blueprint:
        """Return the webhook's route, with what happens when the server starts and stops."""
        blueprint = Blueprint("telegram_channel")

        @blueprint.route("/webhook", methods=["POST"])
        async def webhook(request: Request) -> HTTPResponse:
            return await self._webhook(request)

        blueprint.listener("after_server_start")(self._start)
        blueprint.listener("before_server_stop")(self._stop)
        return blueprint

    async def take(self, data: Dict[str, Any]) -> None:
        """Keep what an update asks, to be answered in the background; what came before isn't.

        Args:
            data: a genuine update, as JSON values.

        Raises:
            StorageError: it couldn't be kept: have it sent again.
            NameUnknownError: the same, for the bot's name isn't known yet.
        """
        name = f"{bot_id()}.{data['update_id']}"
        asked = self._asked(data)
        if isinstance(asked, Pressed):
            self._sender.in_background(self._bot.answer_callback_query(asked.query))
            payload = await self._sender.payload_of(asked.data)
            if payload is None:
                asked = Fixed(asked.user, "telegram_old_button", asked.address)
            else:
                asked = Words(asked.user, payload, asked.address)
        if isinstance(asked, Words):
            # Everybody could read a form's entries there: it tells where it can be had instead.
            metadata = {GROUP: self._link()} if asked.address.get("group") else None
            await self.channel.receive(name, asked.user, asked.text, asked.address, metadata)
        elif isinstance(asked, Fixed):
            name = f"{bot_id()}.album.{asked.once}" if asked.once else name
            await self.channel.say(name, asked.user, asked.name, asked.address)

    def _asked(self, data: Dict[str, Any]) -> Optional[Asked]:
        try:
            return read(Update.de_json(data, self._bot), bot_id(), self._name())
        except NameUnknownError:
            raise
        except Exception as error:  # its text may hold the visitor's words
            logger.error("telegram: an update can't be read: %s", type(error).__name__)
            return unreadable(data)

    async def _webhook(self, request: Request) -> HTTPResponse:
        given = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, settings.telegram_secret().encode()):
            return empty(_NOT_TELEGRAM)
        data = _update_in(request.body)
        if data is None:
            return empty(_BAD)
        try:
            await self.take(data)
        except StorageError as error:
            logger.error("telegram: an update can't be kept: %s", error)
            return empty(_LATER)
        except NameUnknownError:
            return empty(_LATER)
        return empty(_OK)

    async def _start(self, app: Sanic, _: Any) -> None:
        await self.channel.start(app)
        try:
            await asyncio.to_thread(self._store.forget_old)
        except StorageError as error:
            logger.error("telegram: old buttons can't be erased: %s", error)
        loop = asyncio.get_running_loop()
        self._registering = loop.create_task(register(self._bot, self._store, self._pause))

    async def _stop(self, _: Sanic, __: Any) -> None:
        if self._registering:
            self._registering.cancel()
        await close(self._bot)

    def _name(self) -> Optional[str]:
        """Return the bot's name, None until Telegram has told it."""
        try:
            return str(self._bot.username)
        except RuntimeError:
            return None

    def _link(self) -> str:
        name = self._name()
        return f"https://t.me/{name}" if name else "Telegram"


def _update_in(body: bytes) -> Optional[Dict[str, Any]]:
    """Return the update in a request's body, None when there is none."""
    if len(body) > _LARGEST_UPDATE:
        return None
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = data.get("update_id") if isinstance(data, dict) else None
    return data if isinstance(number, int) and not isinstance(number, bool) else None
