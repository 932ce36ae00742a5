"""Buttons are known for 90 days, and how the webhook was set for good."""

from datetime import timedelta
from pathlib import Path

import pytest

from channels.telegram.store import TelegramStore, key_of
from storage.errors import StorageError
from tests.clock import Clock

LONG = "What does the page say about 脊髓性肌萎缩症? " * 10


def test_without_the_database_an_error_says_so(tmp_path: Path) -> None:
    (tmp_path / "channels.db").mkdir()
    with pytest.raises(StorageError):
        TelegramStore(f"sqlite:///{tmp_path / 'channels.db'}").keep(LONG)


def test_a_button_is_known_after_a_restart(empty_url: str) -> None:
    store = TelegramStore(empty_url)
    store.keep(LONG)
    store.keep(LONG)
    assert TelegramStore(empty_url).payload(key_of(LONG)) == LONG
    assert store.payload(key_of("another")) is None


def test_a_button_is_forgotten_after_90_days_since_it_was_last_shown(
    empty_url: str,
) -> None:
    clock = Clock()
    store = TelegramStore(empty_url, clock)
    store.keep(LONG)
    clock.forward(timedelta(days=60))
    store.keep(LONG)
    clock.forward(timedelta(days=89))
    store.forget_old()
    assert store.payload(key_of(LONG)) == LONG
    clock.forward(timedelta(days=2))
    assert store.payload(key_of(LONG)) is None, "too old, although not erased yet"
    store.forget_old()
    clock.forward(timedelta(days=-2))
    assert store.payload(key_of(LONG)) is None, "erased"


def test_how_the_webhook_was_set_is_noted_for_each_bot(empty_url: str) -> None:
    store = TelegramStore(empty_url)
    assert store.webhook(7_000_000_000) is None
    store.set_webhook(7_000_000_000, "one")
    store.set_webhook(7_000_000_000, "two")
    assert TelegramStore(empty_url).webhook(7_000_000_000) == "two"
    assert store.webhook(8) is None
