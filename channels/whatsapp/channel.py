"""The WhatsApp channel: Twilio calls /webhooks/whatsapp/webhook, replies go to its REST API.

Rasa's stock channel takes unsigned requests, blocks the server while it sends, and loses a reply
on one refusal. Here a message is kept before Twilio is told that it arrived, and answered in the
background. deploy/whatsapp.md tells how a clinic sets it up.
"""

import asyncio
import logging
import time
from typing import Any, Callable, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

import settings
from channels import identity
from channels.choices import chosen
from channels.turns.answering import Handler
from channels.turns.app_channel import AppChannel
from channels.turns.inbox import Inbox
from channels.whatsapp.account import NAME, is_configured, problems, status_url
from channels.whatsapp.buttons import shortened
from channels.whatsapp.client import Twilio
from channels.whatsapp.messages import Message, message_of
from channels.whatsapp.request import RefusedError, genuine_parameters
from channels.whatsapp.sender import WhatsAppSender
from channels.whatsapp.status import Statuses
from channels.whatsapp.store import WhatsAppStore
from storage.errors import StorageError

logger = logging.getLogger(__name__)

_NO_REPLY = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
_NO_CONTENT, _LATER = 204, 503


class WhatsAppChannel(InputChannel):
    """Gives everybody who writes to the clinic's number a conversation of their own."""

    @classmethod
    def name(cls) -> str:
        return NAME

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        if not is_configured():
            logger.info("whatsapp: not configured, so it isn't active (deploy/whatsapp.md)")
            return Blueprint("whatsapp_channel")
        wrong = problems()
        if wrong:
            logger.error("whatsapp: not active: %s", "; ".join(wrong))
            return Blueprint("whatsapp_channel")
        return WhatsApp(on_new_message).blueprint()


class WhatsApp:
    """The two webhooks, and what stands behind them."""

    def __init__(
        self,
        handler: Handler,
        inbox: Optional[Inbox] = None,
        store: Optional[WhatsAppStore] = None,
        pause: Callable[[float], Any] = asyncio.sleep,
    ) -> None:
        self.twilio, self.statuses = Twilio(), Statuses()
        self._sender = WhatsAppSender(self.twilio, store or WhatsAppStore(), self.statuses)
        self.channel = AppChannel(NAME, handler, self._sender, inbox, pause)

    def blueprint(self) -> Blueprint:
        """Return the routes, with what happens when the server starts and stops."""
        blueprint = Blueprint("whatsapp_channel")

        @blueprint.route("/webhook", methods=["POST"])
        async def webhook(request: Request) -> HTTPResponse:
            return await self._webhook(request)

        @blueprint.route("/status", methods=["POST"])
        async def status(request: Request) -> HTTPResponse:
            return self._status(request)

        blueprint.listener("after_server_start")(self._start)
        blueprint.listener("before_server_stop")(self._stop)
        return blueprint

    async def take(self, message: Message) -> None:
        """Keep a genuine message, to be answered in the background; what came before isn't.

        Raises:
            StorageError: it couldn't be kept.
        """
        address = {"to": message.address, "at": time.time()}
        if message.fixed:
            await self.channel.say(message.sid, message.visitor, message.fixed, address)
            return
        text = await asyncio.to_thread(self._text_of, message)
        metadata = {"phone": message.phone} if message.phone else None
        await self.channel.receive(message.sid, message.visitor, text, address, metadata)

    def _text_of(self, message: Message) -> str:
        """Return a visitor's words; for a choice of those offered last, what it stands for."""
        conversation = identity.conversation_of(NAME, message.visitor)
        choices = self._sender.choices_of(conversation, message.replied_to)
        titles = [choice["title"] for choice in choices]
        index = chosen(message.text, titles)
        if index is None and message.is_pressed:
            index = chosen(message.text, shortened(titles))
        return message.text if index is None else choices[index]["payload"]

    async def _webhook(self, request: Request) -> HTTPResponse:
        try:
            parameters = genuine_parameters(request, settings.whatsapp_webhook_url())
            message = message_of(parameters)
            if message:
                await self.take(message)
        except RefusedError as refused:
            return empty(refused.status)
        except StorageError as error:
            logger.error("whatsapp: a message can't be kept: %s", error)
            return empty(_LATER)
        return raw(_NO_REPLY, content_type="text/xml; charset=utf-8")

    def _status(self, request: Request) -> HTTPResponse:
        try:
            url = status_url(settings.whatsapp_webhook_url())
            self.statuses.take(genuine_parameters(request, url))
        except RefusedError as refused:
            return empty(refused.status)
        return empty(_NO_CONTENT)

    async def _start(self, app: Sanic, _: Any) -> None:
        await self.channel.start(app)

    async def _stop(self, _: Sanic, __: Any) -> None:
        await self.twilio.close()
