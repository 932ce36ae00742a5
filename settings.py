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
