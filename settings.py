"""Settings from the environment, each read in this one place. `.env.example` documents them."""

import math
import os
from pathlib import Path
from typing import Callable, List, Tuple
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
DOCUMENTS = ROOT / "documents"


class SettingError(ValueError):
    """A setting has a value that can't be meant; the message says which, why, and what to do."""


def problems() -> List[str]:
    """Return a line for every setting whose value can't be meant; none when all is well."""
    found = []
    for read in _CHECKED:
        try:
            read()
        except SettingError as error:
            found.append(str(error))
    return found


def port() -> int:
    """Return the port on which `make serve` answers, on this machine only."""
    return _whole("PORT", 5005, 1, 65535)


def actions_port() -> int:
    """Return the port of the action server that `make serve` starts, on this machine only."""
    return _whole("ACTIONS_PORT", 5055, 1, 65535)


def consultation_form_url() -> str:
    """Return the address of the clinic's online consultation form; empty when not configured."""
    return os.environ.get("CONSULTATION_FORM_URL", "").strip()


def page_url() -> str:
    """Return the address of the page on the clinic's site; empty when not configured."""
    return os.environ.get("PAGE_URL", "").strip()


def action_timeout_seconds() -> float:
    """Return how long a visitor waits for an action before being told that something is wrong."""
    text = os.environ.get("ACTION_TIMEOUT_SECONDS", "").strip() or "10"
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 3600:
        raise SettingError(
            f"ACTION_TIMEOUT_SECONDS={text}: expected seconds, more than 0 and up to 3600. "
            "Correct it, or leave it empty for 10."
        )
    return seconds


def model_url() -> str:
    """Return where a trained model may be had, an https address or a path; empty: train it."""
    text = os.environ.get("MODEL_URL", "").strip()
    if "://" in text and not is_safe_address(text):
        raise SettingError(
            f"MODEL_URL={text}: expected an https address or a file's path. "
            "Correct it, or leave it empty for training."
        )
    return text


def is_safe_address(address: str) -> bool:
    """Say whether nobody in between can change what is fetched from there."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    local = ("127.0.0.1", "localhost", "::1")
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in local))


def conversations_database() -> str:
    """Return the SQLAlchemy address of the database that holds conversations."""
    default = f"sqlite:///{ROOT / 'var' / 'conversations.db'}"
    return os.environ.get("CONVERSATIONS_DATABASE_URL", "").strip() or default


def channels_database() -> str:
    """Return the SQLAlchemy address of the database of messages that are being answered."""
    default = f"sqlite:///{ROOT / 'var' / 'channels.db'}"
    return os.environ.get("CONVERSATIONS_DATABASE_URL", "").strip() or default


def channels_key() -> str:
    """Return the secret that signs visitors' tokens and hashes apps' user ids; may be empty."""
    return os.environ.get("CHANNELS_KEY", "").strip()


def website_origins() -> Tuple[str, ...]:
    """Return the origins of the sites that may embed the widget, beside the server's own."""
    return tuple(os.environ.get("WEBSITE_ORIGINS", "").replace(",", " ").split())


def link_origins() -> Tuple[str, ...]:
    """Return further origins that the widget may link to."""
    return tuple(os.environ.get("LINK_ORIGINS", "").replace(",", " ").split())


def proxies() -> int:
    """Return how many reverse proxies stand before the server, each adding X-Forwarded-For."""
    return _whole("PROXIES", 0, 0, 20)


def messages_per_minute() -> int:
    """Return how many messages one visitor may send in a minute."""
    return _whole("MESSAGES_PER_MINUTE", 20, 1, 10_000)


def connections_per_address() -> int:
    """Return how many connections one network address may hold at once."""
    return _whole("CONNECTIONS_PER_ADDRESS", 30, 1, 100_000)


def telegram_token() -> str:
    """Return the token of the Telegram bot, as BotFather gave it; empty when not configured."""
    return os.environ.get("TELEGRAM_TOKEN", "").strip()


def telegram_secret() -> str:
    """Return the secret that proves that an update comes from Telegram; may be empty."""
    return os.environ.get("TELEGRAM_SECRET", "").strip()


def telegram_webhook_url() -> str:
    """Return the public https address at which Telegram reaches this server; may be empty."""
    return os.environ.get("TELEGRAM_WEBHOOK_URL", "").strip()


def telegram_api_url() -> str:
    """Return the address of Telegram's Bot API, or of a stand-in."""
    url = os.environ.get("TELEGRAM_API_URL", "").strip() or "https://api.telegram.org"
    return url.rstrip("/")


def twilio_account_sid() -> str:
    """Return the SID of the Twilio account behind WhatsApp; empty when not configured."""
    return os.environ.get("TWILIO_ACCOUNT_SID", "").strip()


def twilio_auth_token() -> str:
    """Return the account's auth token: it signs what Twilio sends, and lets us in; may be empty."""
    return os.environ.get("TWILIO_AUTH_TOKEN", "").strip()


def twilio_api_url() -> str:
    """Return the address of Twilio's REST API, or of a stand-in."""
    return (os.environ.get("TWILIO_API_URL", "").strip() or "https://api.twilio.com").rstrip("/")


def whatsapp_from() -> str:
    """Return the clinic's sender as Twilio writes it, whatsapp:+15550100; may be empty."""
    return os.environ.get("WHATSAPP_FROM", "").strip()


def whatsapp_webhook_url() -> str:
    """Return the public address at which Twilio calls this server, to the letter; may be empty."""
    return os.environ.get("WHATSAPP_WEBHOOK_URL", "").strip()


def whatsapp_content_sids() -> Tuple[str, ...]:
    """Return the Content templates with three, two and one button; those behind may be missing."""
    return tuple(os.environ.get("WHATSAPP_CONTENT_SID", "").replace(",", " ").split())


def consultations_database() -> str:
    """Return the SQLAlchemy address of the database that holds consultation requests."""
    default = f"sqlite:///{ROOT / 'var' / 'consultations.db'}"
    return os.environ.get("DATABASE_URL", "").strip() or default


def consultations_key() -> str:
    """Return the Fernet keys that encrypt personal data, comma separated, the newest first."""
    return os.environ.get("CONSULTATIONS_KEY", "").strip()


def consultation_sinks() -> Tuple[str, ...]:
    """Return the names of the sinks that every consultation request is delivered to."""
    names = os.environ.get("CONSULTATION_SINKS", "").replace(",", " ").split()
    return tuple(dict.fromkeys(names)) or ("console",)


def retention_days() -> int:
    """Return after how many days delivered consultation requests are erased."""
    return _whole("RETENTION_DAYS", 180, 1, 36_500)


def draft_retention_days() -> int:
    """Return after how many days drafts that nobody went on with are erased."""
    return _whole("DRAFT_RETENTION_DAYS", 30, 1, 36_500)


def sink_setting(name: str) -> str:
    """Return a setting of a sink, for example WEBHOOK_URL; empty when not configured."""
    return os.environ.get(name, "").strip()


def _whole(name: str, default: int, least: int, most: int) -> int:
    """Return a setting that is a whole number from `least` to `most`; empty is the default."""
    text = os.environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdecimal() and least <= int(text[:12]) <= most):
        raise SettingError(
            f"{name}={text}: expected a whole number from {least} to {most}. "
            f"Correct it, or leave it empty for {default}."
        )
    return int(text)


_CHECKED: Tuple[Callable[[], object], ...] = (
    port,
    actions_port,
    action_timeout_seconds,
    model_url,
    proxies,
    messages_per_minute,
    connections_per_address,
    retention_days,
    draft_retention_days,
)
