"""Encrypted values can only be read with the key, plain ones without, and mistakes are said."""

import base64
from typing import Any

import pytest
import sqlalchemy as sa

from consultations import drafts, models, request_store
from consultations.rotation import rotate
from storage.database import create_engine
from storage.encryption import seal, unseal
from storage.errors import EncryptionError
from tests.unit.consultations.samples import VALUES, a_request, rows

OLD, NEW = (base64.urlsafe_b64encode(bytes([n] * 32)).decode() for n in (1, 2))


def stored_text(engine: Any) -> str:
    """Return everything in the tables, as the database has it."""
    with engine.connect() as connection:
        tables = ("requests", "drafts", "deliveries", "erasures")
        return str([list(connection.execute(sa.text(f"SELECT * FROM {t}"))) for t in tables])


@pytest.mark.parametrize("key", ["secret", "a,b", OLD[:20], f"{OLD},secret"])
def test_what_is_no_key_is_said_at_the_start(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATIONS_KEY", key)
    with pytest.raises(EncryptionError, match="not a Fernet key") as caught:
        create_engine()
    assert key not in str(caught.value)


def test_reading_with_another_key(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATIONS_KEY", OLD)
    drafts.save(engine, "visitor-1", {})
    request_store.submit(engine, a_request(conversation="visitor-2"), "key")
    monkeypatch.setenv("CONSULTATIONS_KEY", NEW)
    with pytest.raises(EncryptionError, match="encrypted with another key"):
        drafts.load(engine, "visitor-1")
    with pytest.raises(EncryptionError, match="encrypted with another key"):
        rotate(engine)
    monkeypatch.delenv("CONSULTATIONS_KEY")
    with pytest.raises(EncryptionError, match="not set"):
        drafts.load(engine, "visitor-1")
    with pytest.raises(EncryptionError, match="not set"):
        rotate(engine)


def test_nothing_personal_can_be_read_in_the_database(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULTATIONS_KEY", OLD)
    request_store.submit(engine, a_request(), "key")
    drafts.save(engine, "visitor-7", {"contact_name": "Ana Silva", "place": "Lisbon"})
    text = stored_text(engine)
    personal = [VALUES[k] for k in ("contact_name", "email", "place", "language", "question")]
    for value in [*personal, "visitor-1", "visitor-7", "+442079460018"]:
        assert value not in text


def test_plain_and_encrypted_rows_live_together(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_store.submit(engine, a_request(conversation=""), "plain")
    monkeypatch.setenv("CONSULTATIONS_KEY", OLD)
    request_store.submit(engine, a_request(conversation=""), "old key")
    monkeypatch.setenv("CONSULTATIONS_KEY", f"{NEW},{OLD}")
    request_store.submit(engine, a_request(conversation=""), "new key")
    assert [row["contact_name"] for row in rows(engine, models.requests)] == ["Ana Silva"] * 3


def test_rotation_leaves_only_the_newest_key(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    test_plain_and_encrypted_rows_live_together(engine, monkeypatch)
    drafts.save(engine, "visitor-1", {"place": "Lisbon"})
    before = rows(engine, models.requests)
    assert rotate(engine) == 4
    monkeypatch.setenv("CONSULTATIONS_KEY", NEW)
    assert sorted(rows(engine, models.requests), key=str) == sorted(before, key=str)
    assert "plain:" not in stored_text(engine)


def test_what_looks_like_a_tag_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("fernet:abc", "plain:abc", "", "你好"):
        assert unseal(seal(text)) == text
        monkeypatch.setenv("CONSULTATIONS_KEY", OLD)
        assert unseal(seal(text)) == text
        monkeypatch.delenv("CONSULTATIONS_KEY")
