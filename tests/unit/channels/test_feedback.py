"""Feedback is counted by what an answer was about; nobody's words are in it."""

import sqlite3
from pathlib import Path
from typing import Iterator

import pytest

from channels import feedback
from storage.errors import StorageError

ANSWER = {"kind": "answer", "topic": "route", "sources": [{"quote": "words"}]}


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty database, where feedback looks for it."""
    path = tmp_path / "channels.db"
    monkeypatch.setenv("CONVERSATIONS_DATABASE_URL", f"sqlite:///{path}")
    feedback._engine.cache_clear()
    yield path
    feedback._engine.cache_clear()


def test_a_database_that_is_down(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.mkdir()
    with pytest.raises(StorageError):
        feedback.keep("c/m1.0", "wrong", ANSWER)
    assert feedback.main() == 1
    assert capsys.readouterr().err.startswith("Error: ")


def test_nothing_yet() -> None:
    assert feedback.table() == []


def test_a_later_opinion_replaces_the_first() -> None:
    feedback.keep("c/m1.0", "wrong", ANSWER)
    feedback.keep("c/m1.0", "helpful", ANSWER)
    assert feedback.table() == [("answer", "route", {"helpful": 1})]


def test_the_most_complained_about_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    feedback.keep("c/m1.0", "helpful", ANSWER)
    for number, value in enumerate(("wrong", "outdated", "helpful")):
        feedback.keep(f"d/m{number}.0", value, {"kind": "not_covered", "topic": "cost"})
    assert [(topic, count) for _, topic, count in feedback.table()] == [
        ("cost", {"wrong": 1, "outdated": 1, "helpful": 1}),
        ("route", {"helpful": 1}),
    ]
    assert feedback.main() == 0
    assert "cost" in capsys.readouterr().out


def test_no_words_are_kept(path: Path) -> None:
    feedback.keep("c/m1.0", "wrong", ANSWER)
    (row,) = sqlite3.connect(path).execute("SELECT * FROM answer_feedback")
    assert row[:4] == ("c/m1.0", "wrong", "answer", "route")
