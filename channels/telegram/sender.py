"""How replies go out to Telegram: quotes, links, one button a row, as many messages as it takes."""

import asyncio
import logging
from typing import Any, Dict, List, Optional, Set

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ChatAction
from telegram.error import ChatMigrated

import settings
import texts
from channels.telegram.client import call
from channels.telegram.store import TelegramStore, key_of
from channels.telegram.text import clean, messages_of, spans_of
from channels.turns.answering import BotMessage
from channels.turns.app_channel import Address, Part, PermanentError, TemporaryError
from storage.errors import StorageError

logger = logging.getLogger(__name__)

_MOST_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton, callback_data
_KEY = "key:"
_EMERGENCY = "emergency"
_PRESSED = "▸ "


class TelegramSender:
    """Sends replies to an address: {"chat", "thread", "reply_to", "language", ...}.

    Of the address, `pressed` is the title of a button that was pressed, and `edited` says that the
    message was changed: a line before the reply says so.
    """

    def __init__(self, bot: Bot, store: TelegramStore) -> None:
        self._bot, self._store = bot, store
        self._typing: Set[asyncio.Task[None]] = set()

    def parts(self, replies: List[BotMessage], address: Address) -> List[Part]:
        """Return the messages for replies: {"text", "entities", "buttons"}.

        An emergency's text is all there is, without buttons or anything else around it.
        """
        urgent = [reply for reply in replies if _kind(reply) == _EMERGENCY]
        if urgent:
            return [part for reply in urgent for part in _parts_of(_text(reply), [], [])]
        parts: List[Part] = []
        for number, reply in enumerate(replies):
            words = _text(reply)
            spans = spans_of(words, reply.get("custom") or {}, settings.page_url())
            before = _before(address) if number == 0 and words else ""
            shift = len(before)
            spans = [(first + shift, last + shift, what) for first, last, what in spans]
            if before:
                spans.insert(0, (0, shift - 1, {"type": "italic"}))
            parts += _parts_of(before + words, spans, reply.get("buttons") or [])
        return parts or _parts_of(texts.unavailable(_language(address)), [], [])

    async def send(self, part: Part, address: Address) -> None:
        """Send one message. Raises TemporaryError or PermanentError."""
        keyboard = await self._keyboard(part["buttons"])
        try:
            await self._post(part, address, keyboard)
        except ChatMigrated as moved:
            await self._post(part, {**address, "chat": moved.new_chat_id}, keyboard)

    async def typing(self, address: Address) -> None:
        """Show "typing"; the answer doesn't wait for it."""
        action = self._bot.send_chat_action(
            address["chat"], ChatAction.TYPING, message_thread_id=address.get("thread")
        )
        self.in_background(action)

    def in_background(self, request: Any) -> None:
        """Do a request to the Bot API that nobody waits for, and whose failing changes nothing."""
        task = asyncio.get_running_loop().create_task(_try(request))
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)

    async def payload_of(self, data: str) -> Optional[str]:
        """Return what a pressed button says; None when it is too old to be known.

        Raises:
            StorageError: it can't be looked up now.
        """
        if not data.startswith(_KEY):
            return data
        return await asyncio.to_thread(self._store.payload, data[len(_KEY) :])

    async def _post(
        self, part: Part, address: Address, keyboard: Optional[InlineKeyboardMarkup]
    ) -> None:
        reply_to = address.get("reply_to")
        message = self._bot.send_message(
            address["chat"],
            part["text"],
            entities=[MessageEntity(**entity) for entity in part["entities"]],
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            message_thread_id=address.get("thread"),
            reply_parameters=(
                ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
            ),
        )
        await call(message)

    async def _keyboard(self, buttons: List[Dict[str, str]]) -> Optional[InlineKeyboardMarkup]:
        rows = []
        for button in buttons:
            data = await self._data(button["payload"])
            if data:
                rows.append([InlineKeyboardButton(button["title"], callback_data=data)])
        return InlineKeyboardMarkup(rows) if rows else None

    async def _data(self, payload: str) -> str:
        """Return what Telegram sends back when a button with this payload is pressed."""
        if len(payload.encode()) <= _MOST_BYTES and not payload.startswith(_KEY):
            return payload
        try:
            await asyncio.to_thread(self._store.keep, payload)
        except StorageError as error:
            # The text matters more than the button, whose words can be typed.
            logger.error("telegram: a button can't be kept: %s", error)
            return ""
        return _KEY + key_of(payload)


def _kind(reply: BotMessage) -> str:
    return str((reply.get("custom") or {}).get("kind"))


def _text(reply: BotMessage) -> str:
    return clean(str(reply.get("text") or ""))


def _parts_of(text: str, spans: Any, buttons: List[Any]) -> List[Part]:
    """Return the messages for a text; the last one has the buttons."""
    parts: List[Part] = [
        {"text": words, "entities": entities, "buttons": []}
        for words, entities in messages_of(text, spans)
    ]
    if parts:
        parts[-1]["buttons"] = [
            {"title": clean(str(button["title"])), "payload": clean(str(button["payload"]))}
            for button in buttons
            if button.get("title") and button.get("payload")
        ]
    return parts


def _before(address: Address) -> str:
    """Return the line that stands before a reply, with its line break."""
    if address.get("pressed"):
        return f"{_PRESSED}{clean(str(address['pressed']))}\n"
    if address.get("edited"):
        return f"{texts.text('telegram_edited', _language(address))}\n"
    return ""


def _language(address: Address) -> str:
    return str(address.get("language") or texts.ENGLISH)


async def _try(request: Any) -> None:
    try:
        await call(request)
    except (TemporaryError, PermanentError, ChatMigrated) as error:
        logger.debug("telegram: %s", error)
