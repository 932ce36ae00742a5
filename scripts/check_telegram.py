"""Say whether the Telegram bot is set up and reachable, and if not, what to do.

Ends with 0 when all is well, else with a number that says where it fails:
1 the settings, 2 Telegram refuses the token, 3 Telegram can't be reached, 4 our public address
can't be reached or isn't this bot's, 5 the webhook isn't set or points elsewhere, 6 the secret
isn't the server's, 7 Telegram reports that it couldn't deliver. (`make` ends with 2 whatever it is,
and prints the number.)
"""

import asyncio
import logging
import sys
import time
from pathlib import Path
from typing import Awaitable, Dict, TypeVar

import httpx
from telegram import Bot

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import settings
from channels.telegram.client import call, close, make_bot, problems
from channels.turns.app_channel import PermanentError, TemporaryError
from scripts.checking import fail, post

Result = TypeVar("Result")

SETTINGS, TOKEN, TELEGRAM, ADDRESS, WEBHOOK, SECRET, DELIVERY = range(1, 8)
# An older failure was followed by deliveries that worked.
_RECENT_SECONDS = 3600.0
# Nothing in it that would be answered; the server takes it or refuses it, and that is all.
_HARMLESS = {"update_id": 0}


def main() -> int:
    """Check one thing after the other until one fails."""
    logging.disable(logging.CRITICAL)  # a library's line could hold the token
    asyncio.run(_check())
    print("All is well: Telegram reaches this bot.")
    return 0


async def _check() -> None:
    found = problems()
    if found:
        fail(SETTINGS, "; ".join(found), "Set it where the server's environment is set.")
    print("ok  settings")
    bot = make_bot()
    try:
        await _check_token(bot)
        await _check_address()
        await _check_webhook(bot)
    finally:
        await close(bot)


async def _check_token(bot: Bot) -> None:
    user = await _ask(bot.get_me())
    print(f"ok  token: it is @{user.username}'s")


async def _check_address() -> None:
    """Post what Telegram would post, with and without its secret, to our public address."""
    unsigned = await _post({})
    if unsigned == 404:
        fail(
            ADDRESS,
            "our address answers 404: no Telegram channel is active there",
            "Do the server's own environment and TELEGRAM_WEBHOOK_URL's path "
            "(/webhooks/telegram/webhook) fit? The server's log names what is missing.",
        )
    if unsigned != 401:
        fail(
            ADDRESS,
            f"our address answers {unsigned} to an update without the secret, not 401",
            "Something else answers there: look at the reverse proxy.",
        )
    signed = await _post({"X-Telegram-Bot-Api-Secret-Token": settings.telegram_secret()})
    if signed == 401:
        fail(
            SECRET,
            "the server refuses our TELEGRAM_SECRET",
            "It was started with another one: restart it. Does the proxy pass the header "
            "X-Telegram-Bot-Api-Secret-Token on?",
        )
    if signed != 200:
        fail(
            ADDRESS,
            f"the server answers {signed} to an update with the secret",
            "503 means that it can't write its database: look at its log.",
        )
    print("ok  address: the server is there, takes what is signed and refuses what isn't")


async def _check_webhook(bot: Bot) -> None:
    info = await _ask(bot.get_webhook_info())
    if not info.url:
        fail(
            WEBHOOK,
            "Telegram has no address to send messages to",
            "The server sets it when it starts: look at its log, or restart it.",
        )
    if info.url != settings.telegram_webhook_url():
        fail(
            WEBHOOK,
            f"Telegram sends messages to another address: {httpx.URL(info.url).host}",
            "Another installation uses the same bot, or the address is an old one: restart "
            "the server to set it again.",
        )
    print(f"ok  webhook: set, {info.pending_update_count} messages waiting")
    failed = info.last_error_date
    if failed and time.time() - failed.timestamp() < _RECENT_SECONDS:
        fail(
            DELIVERY,
            f"at {failed:%Y-%m-%d %H:%M} UTC Telegram couldn't deliver: {info.last_error_message}",
            "401: another secret is set there; restart the server. Else look at the proxy's "
            "and the server's log of that time. This goes away an hour after the last failure.",
        )


async def _post(headers: Dict[str, str]) -> int:
    return await post(settings.telegram_webhook_url(), ADDRESS, json=_HARMLESS, headers=headers)


async def _ask(request: Awaitable[Result]) -> Result:
    try:
        return await call(request)
    except PermanentError:
        fail(
            TOKEN,
            "Telegram refuses TELEGRAM_TOKEN",
            "Ask @BotFather for it again (/mybots, API Token).",
        )
    except TemporaryError as error:
        fail(
            TELEGRAM,
            f"Telegram ({httpx.URL(settings.telegram_api_url()).host}) can't be reached: {error}",
            "Does a firewall let this machine out to port 443? A proxy is set with HTTPS_PROXY.",
        )


if __name__ == "__main__":
    sys.exit(main())
