"""Say whether WhatsApp through Twilio is set up and reachable, and if not, what to do.

Ends with 0 when all is well, else with a number that says where it fails:
1 the settings, 2 Twilio refuses the account or its token, 3 Twilio can't be reached, 4 our public
address can't be reached or isn't this bot's, 5 the sender isn't a WhatsApp sender of the account,
6 the server refuses what we sign: it has another token or address, 7 the sender's messages go to
another address. (`make` ends with 2 whatever it is, and prints the number.)
"""

import asyncio
import logging
import sys
from pathlib import Path
from typing import Any, Awaitable, Dict, Optional, TypeVar
from urllib.parse import urlsplit

from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import settings
from channels.turns.app_channel import PermanentError, TemporaryError
from channels.whatsapp.account import problems, signed_urls, status_url
from channels.whatsapp.client import Twilio
from channels.whatsapp.request import SIGNATURE
from scripts.checking import fail, post

Result = TypeVar("Result")

SETTINGS, ACCOUNT, TWILIO, ADDRESS, SENDER, SIGNED, ELSEWHERE = range(1, 8)
# https://www.twilio.com/docs/whatsapp/sandbox: Twilio's own number, which no account has.
_SANDBOX = "whatsapp:+14155238886"
_API, _SENDERS_API = "https://api.twilio.com", "https://messaging.twilio.com"
_ONLINE = ("ONLINE", "ONLINE:UPDATING")
_MOST_PAGES = 20


def main() -> int:
    """Check one thing after the other until one fails."""
    logging.disable(logging.CRITICAL)  # a library's line could hold a number
    asyncio.run(_check())
    print("All is well: Twilio knows this account, and what it sends is answered here.")
    return 0


async def _check() -> None:
    found = problems()
    if found:
        fail(SETTINGS, "; ".join(found), "Set it where the server's environment is set.")
    print("ok  settings")
    twilio = Twilio()
    try:
        await _check_account(twilio)
        sender = await _sender(twilio)
        await _check_address()
        _check_webhook_of(sender)
    finally:
        await twilio.close()


async def _check_account(twilio: Twilio) -> None:
    account = await _ask(twilio.account())
    status = str(account.get("status"))
    if status != "active":
        fail(ACCOUNT, f"the account is {status}", "Look at Twilio's console: it says why.")
    print("ok  account: Twilio takes the SID and the token")


async def _sender(twilio: Twilio) -> Optional[Dict[str, Any]]:
    """Return what Twilio knows of our sender; None for the sandbox, of which it tells nothing."""
    if settings.whatsapp_from() == _SANDBOX:
        print("ok  sender: the sandbox; visitors have to join it first, so it is for trying out")
        return None
    sender = await _listed(twilio)
    if sender is None:
        fail(
            SENDER,
            "WHATSAPP_FROM isn't a WhatsApp sender of this account",
            "Console, Messaging, Senders, WhatsApp senders: copy the number from there, with "
            "whatsapp: and + before it.",
        )
    return _online(sender)


async def _listed(twilio: Twilio) -> Optional[Dict[str, Any]]:
    """Return our sender from Twilio's list: https://www.twilio.com/docs/whatsapp/api/senders."""
    base = settings.twilio_api_url()
    url = f"{_SENDERS_API if base == _API else base}/v2/Channels/Senders"
    more: Dict[str, Any] = {"params": {"Channel": "whatsapp", "PageSize": "100"}}
    for _ in range(_MOST_PAGES):
        page = await _ask(twilio.ask("GET", url, **more))
        for sender in page.get("senders") or ():
            if sender.get("sender_id") == settings.whatsapp_from():
                return dict(sender)
        following = (page.get("meta") or {}).get("next_page_url")
        # The token goes to Twilio only.
        if not following or urlsplit(following).netloc != urlsplit(url).netloc:
            break
        url, more = following, {}
    return None


def _online(sender: Dict[str, Any]) -> Dict[str, Any]:
    status = str(sender.get("status"))
    if status not in _ONLINE:
        fail(
            SENDER,
            f"the sender is {status}, not ONLINE",
            "Console, Messaging, Senders, WhatsApp senders: it says what is missing there.",
        )
    print("ok  sender: it is online")
    return sender


async def _check_address() -> None:
    """Post what Twilio would post, with and without its signature, to our public addresses."""
    webhook = signed_urls(settings.whatsapp_webhook_url())[0]
    await _check_one(webhook, 200)
    await _check_one(status_url(webhook), 204)
    print("ok  address: the server is there, takes what is signed and refuses what isn't")


async def _check_one(url: str, expected: int) -> None:
    path = urlsplit(url).path
    unsigned = await _post(url, "")
    if unsigned == 404:
        fail(
            ADDRESS,
            f"our address answers 404 ({path}): no WhatsApp channel is active there",
            "Do the server's own environment and WHATSAPP_WEBHOOK_URL's path "
            "(/webhooks/whatsapp/webhook) fit? The server's log names what is missing.",
        )
    if unsigned != 403:
        fail(
            ADDRESS,
            f"our address answers {unsigned} ({path}) to a message without a signature, not 403",
            "Something else answers there: look at the reverse proxy.",
        )
    validator = RequestValidator(settings.twilio_auth_token())
    signed = await _post(url, str(validator.compute_signature(url, _harmless())))
    if signed == 403:
        fail(
            SIGNED,
            f"the server refuses what is signed with our token for our address ({path})",
            "It was started with another TWILIO_AUTH_TOKEN or WHATSAPP_WEBHOOK_URL: restart it. "
            "Does the proxy pass the header X-Twilio-Signature and the body on as they are?",
        )
    if signed != expected:
        fail(
            ADDRESS,
            f"the server answers {signed} ({path}) to what is signed",
            "503 means that it can't write its database: look at its log. 400: it was started "
            "with another TWILIO_ACCOUNT_SID or WHATSAPP_FROM.",
        )


def _check_webhook_of(sender: Optional[Dict[str, Any]]) -> None:
    webhook = str(((sender or {}).get("webhook") or {}).get("callback_url") or "")
    if not sender or not webhook:
        print("??  webhook: Twilio doesn't tell where messages go; compare it in the console")
        return
    if not set(signed_urls(webhook)) & set(signed_urls(settings.whatsapp_webhook_url())):
        fail(
            ELSEWHERE,
            f"the sender's messages go to another address ({urlsplit(webhook).hostname})",
            "Console, the sender, Webhook URL for incoming messages: WHATSAPP_WEBHOOK_URL to the "
            "letter, a question mark and what follows it included.",
        )
    print("ok  webhook: the sender's messages go to this address")


def _harmless() -> Dict[str, str]:
    """Return a message from ourselves to ourselves: the server takes it and does nothing."""
    return {
        "MessageSid": "SM" + "0" * 32,
        "AccountSid": settings.twilio_account_sid(),
        "From": settings.whatsapp_from(),
        "To": settings.whatsapp_from(),
        "Body": "",
    }


async def _post(url: str, signature: str) -> int:
    headers = {SIGNATURE: signature} if signature else {}
    return await post(url, ADDRESS, data=_harmless(), headers=headers)


async def _ask(request: Awaitable[Result]) -> Result:
    try:
        return await request
    except PermanentError as error:
        fail(ACCOUNT, f"Twilio refuses to tell: {error}", "Look the number up in its console.")
    except TemporaryError as error:
        if "TWILIO_AUTH_TOKEN" in str(error):
            fail(
                ACCOUNT,
                "Twilio refuses TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN",
                "Console, Account, API keys and tokens: copy the SID and the primary token.",
            )
        fail(
            TWILIO,
            f"Twilio ({urlsplit(settings.twilio_api_url()).hostname}) can't be reached: {error}",
            "Does a firewall let this machine out to port 443? A proxy is set with HTTPS_PROXY.",
        )


if __name__ == "__main__":
    sys.exit(main())
