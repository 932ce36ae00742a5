"""What was sent, and the choices in it, are known for 30 days and to nobody who reads the file."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from channels.whatsapp.store import WhatsAppStore
from storage.errors import StorageError
from tests.clock import Clock

CHOICES = [{"title": "Side effects", "payload": "What are the side effects?"}]


@pytest.fixture
def store(empty_url: str) -> WhatsAppStore:
    return WhatsAppStore(empty_url)


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        WhatsAppStore(f"sqlite:///{tmp_path}")


def test_the_last_messages_choices_count(store: WhatsAppStore, empty_url: str) -> None:
    assert store.last_choices("ana") == []
    store.keep("ana", "SM1", CHOICES)
    store.keep("ben", "SM2", [])
    assert WhatsAppStore(empty_url).last_choices("ana") == CHOICES, "after a restart as well"
    assert store.last_choices("ben") == []
    store.keep("ana", "SM3", [])
    assert store.last_choices("ana") == []


def test_a_message_has_its_own_choices(store: WhatsAppStore) -> None:
    store.keep("ana", "SM1", CHOICES)
    store.keep("ana", "SM2", [])
    assert store.choices_of("ana", "SM1") == CHOICES
    assert store.choices_of("ana", "SM2") == []
    assert store.choices_of("ana", "SM9") is None
    assert store.choices_of("ben", "SM1") is None, "somebody else's"
    assert store.messages("ana") == {"SM1", "SM2"}


def test_a_message_noted_twice_is_there_once(store: WhatsAppStore) -> None:
    store.keep("ana", "SM1", CHOICES)
    store.keep("ana", "SM1", CHOICES)
    assert store.messages("ana") == {"SM1"}


def test_after_30_days_nothing_is_left(empty_url: str) -> None:
    clock = Clock()
    store = WhatsAppStore(empty_url, clock)
    store.keep("ana", "SM1", CHOICES)
    clock.forward(timedelta(days=30, minutes=1))
    assert store.last_choices("ana") == [] and store.messages("ana") == set()
    store.keep("ben", "SM2", [])  # the same server, still running
    clock.forward(timedelta(days=-30))
    assert store.messages("ana") == set(), "it is erased"


def test_the_file_shows_no_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATIONS_KEY", Fernet.generate_key().decode())
    path = tmp_path / "channels.db"
    store = WhatsAppStore(f"sqlite:///{path}")
    store.keep("ana", "SM1", CHOICES)
    database: Any = sqlite3.connect(path)
    assert "effects" not in "\n".join(database.iterdump())
    assert store.last_choices("ana") == CHOICES
