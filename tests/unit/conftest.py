"""Databases for each test: a SQLite file, and a schema of its own on a real PostgreSQL."""

from pathlib import Path
from typing import Any, Iterator

import pytest

from storage.database import create_engine
from storage.migrate import migrate

_OWN_SETTINGS = """
    DATABASE_URL CONSULTATIONS_KEY CONSULTATION_SINKS RETENTION_DAYS DRAFT_RETENTION_DAYS
    WEBHOOK_URL WEBHOOK_SECRET WUFOO_URL WUFOO_API_KEY WUFOO_FIELDS
    SMTP_URL EMAIL_FROM EMAIL_TO STAFF_LINK
"""


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep a developer's settings and databases out of the tests."""
    for name in _OWN_SETTINGS.split():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'unused.db'}")
    monkeypatch.setenv("CONVERSATIONS_DATABASE_URL", f"sqlite:///{tmp_path / 'conversations.db'}")


@pytest.fixture
def url(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database with tables, also set as DATABASE_URL."""
    monkeypatch.setenv("DATABASE_URL", empty_url)
    engine = create_engine(empty_url)
    migrate(engine)
    engine.dispose()
    return empty_url


@pytest.fixture
def engine(url: str) -> Iterator[Any]:
    """A database with tables, once of each kind."""
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_engine(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A SQLite database with tables, for what is about files; also set as DATABASE_URL."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    engine = create_engine(sqlite_url)
    migrate(engine)
    return engine
