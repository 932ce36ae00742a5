"""What somebody wants erased is gone from everywhere, and nothing of anybody else is."""

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Iterator

import pytest
import sqlalchemy as sa

from consultations import drafts, models, outbox, request_store
from consultations.erasure import Erased, apply_retention, erase
from storage.errors import ConfigurationError, EncryptionError, StorageError
from tests.unit.consultations.conversation_rows import make_events, senders
from tests.unit.consultations.samples import VALUES, a_request, count, rows

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def conversations(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of Rasa's database, of the same kind, with one conversation of two events."""
    if not url.startswith("postgresql"):
        url = os.environ["CONVERSATIONS_DATABASE_URL"]
    monkeypatch.setenv("CONVERSATIONS_DATABASE_URL", url)
    make_events(
        url, "visitor-1", ["I'm Ana Silva", "ana@example.org"], NOW.timestamp() - 86400 * 40
    )
    make_events(url, "visitor-2", ["hello"], NOW.timestamp() - 86400 * 40)
    return url


@pytest.fixture
def two_visitors(engine: Any, conversations: str) -> Iterator[str]:
    """Two visitors with a request and a draft each; the reference of the first one's."""
    reference = request_store.submit(engine, a_request(), "one")
    other = {"email": "eva@example.org", "phone": "+1 202 456 1111", "conversation": "visitor-2"}
    request_store.submit(engine, a_request(**other), "two")
    drafts.save(
        engine, "visitor-1", {"contact": {"email": "Ana@example.org"}, "ages": ["8 months"]}
    )
    drafts.save(engine, "visitor-2", {"email": "eva@example.org"})
    yield reference
    # Whatever a test erased, the second visitor's data is whole.
    assert count(engine, models.requests) >= 1 and count(engine, models.drafts) >= 1
    assert "visitor-2" in senders(conversations)


@pytest.mark.parametrize("what", ["", " ", "nobody@example.org", "visitor", "SMA-0000-0000", "%"])
def test_nothing_is_found(engine: Any, two_visitors: str, what: str) -> None:
    assert not erase(engine, what)
    assert count(engine, models.requests) == 2 and count(engine, models.erasures) == 0


def test_a_locked_conversations_database_erases_nothing_and_can_be_asked_again(
    sqlite_engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = os.environ["CONVERSATIONS_DATABASE_URL"]
    make_events(url, "visitor-1", ["I'm Ana Silva"], 1.0)
    reference = request_store.submit(sqlite_engine, a_request(), "key")
    other = sa.create_engine(url, future=True)
    impatient = f"{url}?timeout=0.05"
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match=r"conversations database.*locked"):
            erase(sqlite_engine, reference, impatient)
    assert count(sqlite_engine, models.requests) == 1
    assert erase(sqlite_engine, reference, impatient) == Erased(1, 0, 1, 1)


def test_rasas_database_may_be_missing(sqlite_engine: Any, tmp_path: Path) -> None:
    reference = request_store.submit(sqlite_engine, a_request(), "one")
    assert erase(sqlite_engine, reference) == Erased(requests=1, deliveries=1)
    assert not (tmp_path / "conversations.db").exists()
    (tmp_path / "conversations.db").touch()  # Rasa has started, but nobody has talked yet
    reference = request_store.submit(sqlite_engine, a_request(), "two")
    assert erase(sqlite_engine, reference) == Erased(requests=1, deliveries=1)


@pytest.mark.parametrize(
    "what",
    ["reference", "Ana@Example.org", " ana@example.org. ", "0044 20 7946 0018", "visitor-1"],
)
def test_everything_of_one_visitor_is_gone(
    engine: Any, two_visitors: str, conversations: str, what: str
) -> None:
    erased = erase(engine, two_visitors.lower() if what == "reference" else what)
    assert erased == Erased(requests=1, drafts=1, deliveries=1, events=2)
    assert senders(conversations) == ["visitor-2"]
    assert drafts.load(engine, "visitor-1") is None
    (row,) = rows(engine, models.erasures)
    del row["id"], row["erased_at"]
    assert row == {"why": "asked", "requests": 1, "drafts": 1, "deliveries": 1, "events": 2}
    assert not erase(engine, two_visitors)


def test_a_draft_alone_is_found_by_contact(engine: Any, conversations: str) -> None:
    drafts.save(engine, "visitor-1", {"answers": [{"phone": "+442079460018"}]})
    assert erase(engine, "+44 20 7946 0018") == Erased(drafts=1, events=2)


def test_a_conversation_without_a_request(engine: Any, conversations: str) -> None:
    assert erase(engine, "visitor-1") == Erased(events=2)


@pytest.mark.parametrize("key", ["", "A" * 43 + "="])
def test_no_trace_is_left_in_the_files(
    sqlite_engine: Any, tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULTATIONS_KEY", key)
    url = os.environ["CONVERSATIONS_DATABASE_URL"]
    make_events(url, "visitor-1", ["I'm Ana Silva", "ana@example.org"], 1.0)
    reference = request_store.submit(sqlite_engine, a_request(), "key")
    drafts.save(sqlite_engine, "visitor-1", {"contact_name": "Ana Silva"})
    erase(sqlite_engine, reference)
    content = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    for value in [*VALUES.values(), reference, "+442079460018"]:
        # Words of a few letters are in the names of columns.
        assert value.encode() not in content or len(value) < 5, value


def test_no_trace_is_left_in_the_tables(engine: Any, conversations: str, url: str) -> None:
    reference = request_store.submit(engine, a_request(), "key")
    drafts.save(engine, "visitor-1", {"contact_name": "Ana Silva"})
    erase(engine, reference)
    tables = ("requests", "drafts", "deliveries", "erasures")
    with engine.connect() as connection:
        content = str([connection.execute(sa.text(f"SELECT * FROM {t}")).all() for t in tables])
    for value in [*VALUES.values(), reference, "+442079460018"]:
        assert value not in content, value


def test_another_key_erases_nothing(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATIONS_KEY", "A" * 43 + "=")
    reference = request_store.submit(engine, a_request(), "key")
    monkeypatch.setenv("CONSULTATIONS_KEY", "B" * 43 + "=")
    with pytest.raises(EncryptionError):
        erase(engine, reference)


def deliver(engine: Any, at: datetime) -> None:
    """Deliver everything that is due, at a certain time."""
    for claimed in outbox.claim(engine, at, limit=100):
        outbox.succeeded(engine, claimed, at)


@pytest.mark.parametrize("setting", ["RETENTION_DAYS", "DRAFT_RETENTION_DAYS"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "long"])
def test_retention_that_is_no_number(
    engine: Any, setting: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, value)
    with pytest.raises(ConfigurationError, match=f"^{setting}={value}: expected a whole number"):
        apply_retention(engine, NOW)


def test_what_is_not_delivered_is_kept(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATION_SINKS", "console,email,webhook")
    request_store.submit(engine, a_request(), "key")
    deliver(engine, NOW)
    for state in ("pending", "delivering", "dead"):
        with engine.begin() as connection:
            is_email = models.deliveries.c.sink == "email"
            connection.execute(sa.update(models.deliveries).where(is_email).values(state=state))
        assert not apply_retention(engine, NOW + 1000 * DAY)
    assert count(engine, models.requests) == 1


def test_delivered_requests_go_on_the_day(engine: Any, conversations: str) -> None:
    request_store.submit(engine, a_request(), "key")
    deliver(engine, NOW)
    assert not apply_retention(engine, NOW + 180 * DAY - SECOND)
    assert apply_retention(engine, NOW + 180 * DAY) == Erased(1, 0, 1, 2)
    assert rows(engine, models.erasures)[0]["why"] == "retention"
    assert senders(conversations) == ["visitor-2"]
    assert not apply_retention(engine, NOW + 181 * DAY)


def test_the_last_delivery_counts(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATION_SINKS", "console,email")
    monkeypatch.setenv("RETENTION_DAYS", "10")
    request_store.submit(engine, a_request(), "key")
    first, second = outbox.claim(engine, NOW, limit=2)
    outbox.succeeded(engine, first, NOW)
    outbox.succeeded(engine, second, NOW + DAY)
    assert not apply_retention(engine, NOW + 10 * DAY)
    assert apply_retention(engine, NOW + 11 * DAY).requests == 1


def test_idle_drafts_go_on_the_day(engine: Any, conversations: str) -> None:
    touched = drafts.save(engine, "visitor-1", {}).updated_at
    assert not apply_retention(engine, touched + 30 * DAY - SECOND)
    assert apply_retention(engine, touched + 30 * DAY).drafts == 1
    assert drafts.load(engine, "visitor-1") is None


def test_what_was_said_within_the_last_day_stays(engine: Any, conversations: str) -> None:
    request_store.submit(engine, a_request(), "key")
    deliver(engine, NOW)
    later = NOW + 180 * DAY
    make_events(
        conversations, "visitor-1", ["hello again"], (later - timedelta(hours=1)).timestamp()
    )
    assert apply_retention(engine, later).events == 2
    assert senders(conversations) == ["visitor-1", "visitor-2"]


def test_a_draft_that_somebody_goes_on_with_meanwhile_stays(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.save(engine, "visitor-1", {"place": "Lisbon"})
    now = datetime.now(timezone.utc) + 30 * DAY

    def go_on(*_: Any) -> int:
        with engine.begin() as connection:
            connection.execute(sa.update(models.drafts).values(updated_at=now))
        return 0

    monkeypatch.setattr("consultations.erasure.erase_events", go_on)
    assert not apply_retention(engine, now)
    assert drafts.load(engine, "visitor-1") is not None


def test_many_at_once(engine: Any) -> None:
    for number in range(12):
        request_store.submit(engine, a_request(conversation=f"visitor-{number}"), str(number))
    deliver(engine, NOW)
    assert apply_retention(engine, NOW + 180 * DAY).requests == 12
