"""Drafts are kept whole, one a conversation, and go when told to."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from consultations import drafts, models
from storage.database import create_engine
from storage.errors import StorageError
from tests.unit.consultations.samples import count, rows


def test_a_database_without_tables_is_an_error_without_the_data(empty_url: str) -> None:
    with pytest.raises(StorageError) as caught:
        drafts.save(create_engine(empty_url), "visitor-1", {"contact_name": "Ana Silva"})
    assert "Ana" not in str(caught.value) and caught.value.__suppress_context__


def test_no_draft(engine: Any) -> None:
    assert drafts.load(engine, "visitor-1") is None
    assert drafts.delete(engine, "visitor-1") is False


def test_saving_again_keeps_the_id(engine: Any) -> None:
    first = drafts.save(engine, "visitor-1", {"place": "Lisbon"})
    second = drafts.save(engine, "visitor-1", {"place": "Oporto", "question": "\x00\ud800 你好"})
    assert first.id == second.id and first.updated_at <= second.updated_at
    loaded = drafts.load(engine, "visitor-1")
    assert loaded == second and loaded.data["question"] == "\x00\ud800 你好"
    assert drafts.load(engine, "visitor-2") is None


def test_it_is_gone_after_deleting(engine: Any) -> None:
    drafts.save(engine, "visitor-1", {})
    assert drafts.delete(engine, "visitor-1") is True
    assert drafts.load(engine, "visitor-1") is None


def test_two_savers_at_once_make_one_draft(engine: Any) -> None:
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda n: drafts.save(engine, "visitor-1", {"n": n}), range(16)))
    assert count(engine, models.drafts) == 1
    assert len({draft.id for draft in saved}) == 1


def test_a_conversation_can_have_any_name(engine: Any) -> None:
    for name in ("", "x" * 1000, "你好 '; --", "\x00\ud800"):
        drafts.save(engine, name, {})
    assert {row["conversation"] for row in rows(engine, models.drafts)} == {
        "", "x" * 1000, "你好 '; --", "\ufffd?",
    }  # fmt: skip
