"""Settings from the environment, each read in this one place. `.env.example` documents them."""

import os
from pathlib import Path
from typing import Tuple

ROOT = Path(__file__).resolve().parent
DOCUMENTS = ROOT / "documents"


def consultation_form_url() -> str:
    """Return the address of the clinic's online consultation form; empty when not configured."""
    return os.environ.get("CONSULTATION_FORM_URL", "").strip()


def page_url() -> str:
    """Return the address of the page on the clinic's site; empty when not configured."""
    return os.environ.get("PAGE_URL", "").strip()


def action_timeout_seconds() -> float:
    """Return how long a visitor waits for an action before being told that something is wrong."""
    return float(os.environ.get("ACTION_TIMEOUT_SECONDS", "10"))


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
    return int(os.environ.get("PROXIES", "").strip() or "0")


def messages_per_minute() -> int:
    """Return how many messages one visitor may send in a minute."""
    return int(os.environ.get("MESSAGES_PER_MINUTE", "").strip() or "20")


def connections_per_address() -> int:
    """Return how many connections one network address may hold at once."""
    return int(os.environ.get("CONNECTIONS_PER_ADDRESS", "").strip() or "30")


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
    return _days("RETENTION_DAYS", "180")


def draft_retention_days() -> int:
    """Return after how many days drafts that nobody went on with are erased."""
    return _days("DRAFT_RETENTION_DAYS", "30")


def sink_setting(name: str) -> str:
    """Return a setting of a sink, for example WEBHOOK_URL; empty when not configured."""
    return os.environ.get(name, "").strip()


def _days(name: str, default: str) -> int:
    text = os.environ.get(name, "").strip() or default
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{name} must be a whole number of days, 1 or more, for example {default}")
    return int(text)
