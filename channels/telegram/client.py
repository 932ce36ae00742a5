"""The Bot API as this project uses it: one client, and its errors in the channels' terms."""

import logging
import re
from typing import Awaitable, List, TypeVar
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

import settings
from channels.turns.app_channel import PermanentError, TemporaryError

Result = TypeVar("Result")

_VARIABLES = ("TELEGRAM_TOKEN", "TELEGRAM_SECRET", "TELEGRAM_WEBHOOK_URL")
# https://core.telegram.org/bots/api#authorizing-your-bot; the number is the bot's id.
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # https://core.telegram.org/bots/api#setwebhook
_CONNECTIONS = 32
_SECONDS = 10.0
# Telegram may quote what it refuses. An apostrophe ("can't") opens no quotation.
_QUOTED = re.compile(r"(?:[\"“‘`]|(?<!\w)').*", re.DOTALL)
# At INFO these write each request's address, which holds the token; at DEBUG the messages too.
_TALKATIVE = ("httpx", "httpcore", "telegram")


def is_configured() -> bool:
    """Say whether any of the settings is there: nobody wants Telegram when none is."""
    return any(_values())


def problems() -> List[str]:
    """Return what is missing or wrong in the settings, a line each; never a setting's value."""
    token, secret, url = _values()
    found = [
        f"{name} is not set" for name, value in zip(_VARIABLES, _values(), strict=True) if not value
    ]
    if token and not _TOKEN.fullmatch(token):
        found.append("TELEGRAM_TOKEN isn't a bot's token: it looks like 123456789:ABC-DEF")
    if secret and not _SECRET.fullmatch(secret):
        found.append("TELEGRAM_SECRET must be 1 to 256 characters of A-Z a-z 0-9 _ -")
    if url and (urlsplit(url).scheme != "https" or not urlsplit(url).hostname):
        found.append("TELEGRAM_WEBHOOK_URL must be an https address")
    return found


def bot_id() -> int:
    """Return the number of the configured bot, which its token begins with."""
    return int(settings.telegram_token().split(":")[0])


def make_bot() -> Bot:
    """Return a client for the configured bot; nothing is sent yet. Close it with `close`."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    request = HTTPXRequest(
        connection_pool_size=_CONNECTIONS,
        connect_timeout=_SECONDS,
        read_timeout=_SECONDS,
        write_timeout=_SECONDS,
        pool_timeout=_SECONDS,
    )
    return Bot(settings.telegram_token(), f"{settings.telegram_api_url()}/bot", request=request)


async def close(bot: Bot) -> None:
    """Close the client's connections."""
    await bot.request.shutdown()


async def call(request: Awaitable[Result]) -> Result:
    """Return what a request to the Bot API returns.

    Raises:
        TemporaryError: it may work later (https://core.telegram.org/bots/api#responseparameters).
        PermanentError: it never will.
        ChatMigrated: the group has got another number, under which it works.
    """
    try:
        return await request
    except ChatMigrated:
        raise
    except RetryAfter as error:
        seconds = error._retry_after.total_seconds()
        raise TemporaryError("too many requests", seconds) from None
    except InvalidToken:
        raise PermanentError("the token is refused: check TELEGRAM_TOKEN") from None
    except Forbidden as error:
        raise PermanentError(_said(error)) from None
    except BadRequest as error:  # a NetworkError to the library, but asking again won't help
        raise PermanentError(_said(error)) from None
    except NetworkError as error:
        # Its text may hold the address, and in it the token.
        raise TemporaryError(f"no answer ({type(error).__name__})") from None
    except TelegramError as error:
        raise TemporaryError(type(error).__name__) from None


def _said(error: TelegramError) -> str:
    """Return Telegram's reason, without what it may quote of the message."""
    return _QUOTED.sub("...", error.message)[:100]


def _values() -> List[str]:
    return [settings.telegram_token(), settings.telegram_secret(), settings.telegram_webhook_url()]
