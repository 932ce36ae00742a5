"""Settings from the environment, each read in this one place. `.env.example` documents them."""

import os
from pathlib import Path

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
