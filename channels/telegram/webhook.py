"""Tells Telegram where this server is: at its start, in the background, and only when needed."""

import asyncio
import hashlib
import hmac
import logging
from typing import Any, Callable

from telegram import Bot
from telegram.error import ChatMigrated

import settings
from channels.telegram.client import bot_id, call
from channels.telegram.store import TelegramStore
from channels.turns.app_channel import PermanentError, TemporaryError
from storage.errors import StorageError

logger = logging.getLogger(__name__)

# https://core.telegram.org/bots/api#update: what of it is asked for.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 300.0


async def register(
    bot: Bot, store: TelegramStore, pause: Callable[[float], Any] = asyncio.sleep
) -> None:
    """Learn the bot's name and set its webhook, again and again until Telegram answers.

    Telegram doesn't tell with which secret the webhook was set, so that the store remembers it.
    """
    seconds = _FIRST_PAUSE_SECONDS
    while True:
        try:
            await call(bot.get_me())  # kept by the client: bot.username
            is_new = await _set(bot, store)
            logger.info("telegram: the webhook %s", "is set now" if is_new else "was set already")
            return
        except TemporaryError as error:
            logger.warning("telegram: the webhook can't be set now: %s", error)
            await pause(max(seconds, error.retry_after or 0.0))
            seconds = min(seconds * 2, _LONGEST_PAUSE_SECONDS)
        except (PermanentError, ChatMigrated) as error:
            logger.error(
                "telegram: the webhook can't be set (`make check-telegram` says more): %s", error
            )
            return


async def _set(bot: Bot, store: TelegramStore) -> bool:
    """Set the webhook unless it is already as it should be; say whether it was set."""
    url, secret = settings.telegram_webhook_url(), settings.telegram_secret()
    info = await call(bot.get_webhook_info())
    is_same = info.url == url and set(info.allowed_updates) == set(ALLOWED_UPDATES)
    fingerprint = _fingerprint(url, secret)
    if is_same and await _noted(store) == fingerprint:
        return False
    await call(bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES))
    try:
        await asyncio.to_thread(store.set_webhook, bot_id(), fingerprint)
    except StorageError as error:
        logger.error("telegram: can't note that the webhook was set: %s", error)
    return True


async def _noted(store: TelegramStore) -> str:
    try:
        return await asyncio.to_thread(store.webhook, bot_id()) or ""
    except StorageError as error:
        logger.error("telegram: can't read how the webhook was set: %s", error)
        return ""


def _fingerprint(url: str, secret: str) -> str:
    return hmac.new(secret.encode(), url.encode(), hashlib.sha256).hexdigest()
