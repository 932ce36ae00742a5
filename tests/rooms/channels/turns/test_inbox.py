"""The inbox keeps each message once until it is done, and no words after that."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from channels.turns.inbox import Inbox, Incoming
from storage.errors import StorageError
from tests.clock import Clock

REPLIES = [{"text": "the reply", "custom": {"kind": "answer"}}]


def incoming(name: str = "m1", conversation: str = "c1", channel: str = "test") -> Incoming:
    return Incoming(channel, name, conversation, "the question", {"chat": 7}, {"language": "es"})


@pytest.fixture
def inbox(empty_url: str) -> Inbox:
    return Inbox(empty_url)


def test_without_the_database_nothing_is_taken(tmp_path: Path) -> None:
    (tmp_path / "channels.db").mkdir()
    with pytest.raises(StorageError):
        Inbox(f"sqlite:///{tmp_path / 'channels.db'}").take(incoming())


def test_the_same_message_is_taken_once(inbox: Inbox, empty_url: str) -> None:
    assert inbox.take(incoming()) is not None
    assert inbox.take(incoming()) is None
    assert Inbox(empty_url).take(incoming()) is None, "nor after a restart"
    assert inbox.take(incoming(channel="other")) is not None


def test_a_done_message_is_still_known(inbox: Inbox) -> None:
    taken = inbox.take(incoming())
    assert taken is not None
    inbox.done(taken.row)
    assert inbox.take(incoming()) is None


def test_what_is_unfinished_comes_back_as_it_was(inbox: Inbox, empty_url: str) -> None:
    first, second, third = (inbox.take(incoming(name)) for name in ("m1", "m2", "m3"))
    assert first and second and third
    inbox.answered(second.row, REPLIES)
    inbox.sent(second.row, 1)
    inbox.done(first.row)
    waiting, answered = sorted(Inbox(empty_url).unfinished("test"), key=lambda m: m.sent)
    assert (waiting.incoming, waiting.replies) == (incoming("m3"), None)
    assert (answered.replies, answered.sent) == (REPLIES, 1)
    assert answered.incoming.address == {"chat": 7}
    assert waiting.is_resumed and answered.is_resumed
    assert inbox.unfinished("other") == []


def test_waiting_are_those_without_an_answer(inbox: Inbox) -> None:
    first, second = inbox.take(incoming("m1")), inbox.take(incoming("m2"))
    assert first and second
    inbox.take(incoming("m3", conversation="c2"))
    inbox.answered(first.row, REPLIES)
    assert inbox.waiting("c1") == ["m2"]


def test_no_words_are_left_when_done(tmp_path: Path) -> None:
    path = tmp_path / "channels.db"
    inbox = Inbox(f"sqlite:///{path}")
    taken = inbox.take(incoming())
    assert taken is not None
    assert b"the question" in _content(path)
    inbox.answered(taken.row, REPLIES)
    rows = sqlite3.connect(path).execute("SELECT content, replies FROM channel_messages")
    assert [row[0] for row in rows] == [None]
    inbox.done(taken.row)
    rows = sqlite3.connect(path).execute("SELECT address, content, replies FROM channel_messages")
    assert list(rows) == [(None, None, None)]


def test_words_are_encrypted_when_there_is_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cryptography.fernet import Fernet

    monkeypatch.setenv("CONSULTATIONS_KEY", Fernet.generate_key().decode())
    path = tmp_path / "channels.db"
    inbox = Inbox(f"sqlite:///{path}")
    inbox.take(incoming())
    assert b"the question" not in _content(path)
    assert [message.incoming for message in inbox.unfinished("test")] == [incoming()]


def test_old_ids_are_forgotten_but_nothing_unfinished(
    empty_url: str,
) -> None:
    clock = Clock()
    inbox = Inbox(empty_url, clock)
    done, unfinished = inbox.take(incoming("m1")), inbox.take(incoming("m2"))
    assert done and unfinished
    inbox.done(done.row)
    inbox.forget_old()
    assert inbox.take(incoming("m1")) is None, "young ones are still known"
    clock.forward(timedelta(days=60))
    inbox.forget_old()
    assert inbox.take(incoming("m1")) is not None
    assert inbox.take(incoming("m2")) is None


def _content(path: Path) -> bytes:
    """Return everything that stands in the database's files."""
    files: Any = path.parent.glob(f"{path.name}*")
    return b"".join(file.read_bytes() for file in files)
