"""The WhatsApp settings: whether they are there, what is wrong with them, and what follows."""

import re
from typing import Dict, List, Tuple
from urllib.parse import urlsplit

import settings

NAME = "whatsapp"
# Twilio's ids (SIDs) are two letters for what they are, and 32 hexadecimal digits.
_ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}")
_CONTENT = re.compile(r"HX[0-9a-fA-F]{32}")
# https://www.twilio.com/docs/glossary/what-e164
SENDER = re.compile(r"whatsapp:(\+[1-9]\d{5,14})")
_WEBHOOK, _STATUS = "/webhook", "/status"
_MOST_BUTTONS = 3  # https://www.twilio.com/docs/content/twilio-quick-reply, within 24 hours


def is_configured() -> bool:
    """Say whether any of the settings is there: nobody wants WhatsApp when none is."""
    return any(_values().values())


def problems() -> List[str]:
    """Return what is missing or wrong in the settings, a line each; never a setting's value."""
    values = _values()
    found = [f"{name} is not set" for name, value in values.items() if not value]
    account, sender, url = (
        values[name] for name in ("TWILIO_ACCOUNT_SID", "WHATSAPP_FROM", "WHATSAPP_WEBHOOK_URL")
    )
    if account and not _ACCOUNT.fullmatch(account):
        found.append("TWILIO_ACCOUNT_SID isn't an account's SID: AC and 32 hexadecimal digits")
    if sender and not SENDER.fullmatch(sender):
        found.append("WHATSAPP_FROM must be whatsapp: and a number with +, as whatsapp:+15550100")
    if url and not _is_webhook(url):
        found.append("WHATSAPP_WEBHOOK_URL must be an https address whose path ends in /webhook")
    contents = settings.whatsapp_content_sids()
    if len(contents) > _MOST_BUTTONS or not all(map(_CONTENT.fullmatch, contents)):
        found.append("WHATSAPP_CONTENT_SID must be one to three SIDs: HX and 32 hexadecimal digits")
    return found


def status_url(webhook_url: str) -> str:
    """Return where Twilio tells what became of a message: beside the webhook, the query kept."""
    parts = urlsplit(webhook_url)
    path = parts.path.removesuffix(_WEBHOOK) + _STATUS
    return parts._replace(path=path, fragment="").geturl()


def signed_urls(url: str) -> Tuple[str, ...]:
    """Return what Twilio may have signed for an address in its console.

    A fragment there holds options of the connection and isn't sent:
    https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides. Whether it is signed
    isn't said.
    """
    return tuple(dict.fromkeys((url.partition("#")[0], url)))


def template_with(count: int) -> str:
    """Return the SID of the Content template with so many buttons; empty when there is none."""
    contents = settings.whatsapp_content_sids()
    place = _MOST_BUTTONS - count
    return contents[place] if 0 <= place < min(len(contents), _MOST_BUTTONS) else ""


def _values() -> Dict[str, str]:
    return {
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid(),
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token(),
        "WHATSAPP_FROM": settings.whatsapp_from(),
        "WHATSAPP_WEBHOOK_URL": settings.whatsapp_webhook_url(),
    }


def _is_webhook(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname) and parts.path.endswith(_WEBHOOK)
