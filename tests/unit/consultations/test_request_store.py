"""A confirmed request is stored exactly once; one that isn't stored is never confirmed."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from consultations import drafts, models, reference, request_store
from consultations.reference import is_reference
from storage.database import create_engine
from storage.errors import StorageError
from tests.conftest import ROOT
from tests.unit.consultations.samples import a_request, count, rows

DISK_FULL = """
import resource, sys
from consultations import drafts, request_store
from storage.database import create_engine
from storage.errors import StorageError
from tests.unit.consultations.samples import a_request
engine = create_engine()
resource.setrlimit(resource.RLIMIT_FSIZE, (80_000, 80_000))
confirmed = []
try:
    for number in range(1000):
        confirmed.append(request_store.submit(engine, a_request(question="x" * 1900), str(number)))
except StorageError as error:
    print(*confirmed, "Ana" in str(error), error.__suppress_context__)
"""


def test_a_database_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_engine("postgresql://nobody:secret@127.0.0.1:1/none")
    with pytest.raises(StorageError, match="can't be reached") as caught:
        request_store.submit(engine, a_request(), "key")
    assert "secret" not in str(caught.value) and "Ana" not in str(caught.value)


def test_a_file_that_is_read_only(sqlite_url: str, sqlite_engine: Any) -> None:
    drafts.save(sqlite_engine, "visitor-1", {"place": "Lisbon"})
    path = sqlite_url.removeprefix("sqlite:///")
    read_only = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StorageError, match="readonly"):
        request_store.submit(read_only, a_request(), "key")
    assert drafts.load(read_only, "visitor-1") is not None
    assert count(sqlite_engine, models.requests) == 0


def test_a_full_disk_confirms_nothing_that_is_not_stored(sqlite_engine: Any) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", DISK_FULL], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    *confirmed, quotes, hides = finished.stdout.split()
    assert (quotes, hides) == ("False", "True"), finished.stderr
    stored = {row["reference"] for row in rows(sqlite_engine, models.requests)}
    assert stored == set(confirmed)
    assert count(sqlite_engine, models.deliveries) == len(confirmed)


def test_a_locked_database(engine: Any, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine.dialect.name == "sqlite":
        monkeypatch.setattr("storage.database._SQLITE_WAIT_MILLISECONDS", 50)
    else:
        monkeypatch.setattr("storage.database._POSTGRESQL_LOCK_WAIT", "50ms")
    impatient = create_engine(url)
    with engine.begin() as other:
        if engine.dialect.name == "postgresql":
            other.execute(sa.text("LOCK TABLE requests"))
        with pytest.raises(StorageError):
            request_store.submit(impatient, a_request(), "key")
    assert is_reference(request_store.submit(impatient, a_request(), "key"))
    impatient.dispose()


def test_failing_in_the_middle_keeps_the_draft(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.save(engine, "visitor-1", {})
    monkeypatch.setattr("settings.consultation_sinks", lambda: ("console", "x" * 10**6, "console"))
    with pytest.raises(StorageError):
        request_store.submit(engine, a_request(), "key")
    assert drafts.load(engine, "visitor-1") is not None
    assert count(engine, models.requests) == count(engine, models.deliveries) == 0


def test_a_request_comes_back_as_it_was(engine: Any) -> None:
    request = a_request(question="你好\n¿Cuándo?", phone="")
    request_store.submit(engine, request, "key")
    assert request_store.find(engine, rows(engine, models.requests)[0]["id"]) == request
    assert request_store.find(engine, "another") is None


def test_one_delivery_for_each_sink(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATION_SINKS", "console, webhook,console")
    request_store.submit(engine, a_request(), "key")
    stored = rows(engine, models.deliveries)
    assert sorted(row["sink"] for row in stored) == ["console", "webhook"]
    assert {row["state"] for row in stored} == {"pending"}


def test_the_same_key_again_is_the_same_request(engine: Any) -> None:
    drafts.save(engine, "visitor-1", {})
    first = request_store.submit(engine, a_request(), "key")
    assert drafts.load(engine, "visitor-1") is None
    drafts.save(engine, "visitor-1", {"place": "the next request"})
    assert request_store.submit(engine, a_request(place="Oporto"), "key") == first
    assert count(engine, models.requests) == 1
    assert drafts.load(engine, "visitor-1") is not None


def test_the_same_key_at_once_is_one_request(engine: Any, url: str) -> None:
    engines = [create_engine(url) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        references = set(
            pool.map(lambda e: request_store.submit(e, a_request(), "key"), engines * 3)
        )
    assert len(references) == 1
    assert count(engine, models.requests) == count(engine, models.deliveries) == 1
    for other in engines:
        other.dispose()


def test_the_same_key_in_two_processes_is_one_request(engine: Any, url: str) -> None:
    code = (
        "from consultations import request_store; from storage.database import create_engine;"
        "from tests.unit.consultations.samples import a_request;"
        "print(request_store.submit(create_engine(), a_request(), 'key'))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    references = {process.communicate(timeout=60)[0].strip() for process in running}
    assert references == {rows(engine, models.requests)[0]["reference"]}


def test_a_taken_reference_is_not_used_twice(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = reference.new_reference(), reference.new_reference()
    coming = iter([first, first, first, second])
    monkeypatch.setattr("consultations.reference.new_reference", lambda: next(coming))
    assert request_store.submit(engine, a_request(), "one") == first
    assert request_store.submit(engine, a_request(), "two") == second


def test_no_free_reference_is_an_error(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    only = reference.new_reference()
    monkeypatch.setattr("consultations.reference.new_reference", lambda: only)
    request_store.submit(engine, a_request(), "one")
    with pytest.raises(StorageError, match="reference"):
        request_store.submit(engine, a_request(), "two")


def test_the_database_file_is_private(sqlite_engine: Any, tmp_path: Path) -> None:
    with sqlite_engine.connect() as open_connection:  # so that the -wal and -shm files are there
        open_connection.execute(sa.text("SELECT 1"))
        files = list(tmp_path.glob("consultations.db*"))
        assert len(files) >= 3
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_the_latest_request_of_a_conversation_is_found(engine) -> None:
    long_ago = datetime(2000, 1, 1, tzinfo=timezone.utc)
    assert request_store.reference_of(engine, "somebody", long_ago) is None
    request_store.submit(engine, a_request(conversation="somebody"), "first")
    latest = request_store.submit(engine, a_request(conversation="somebody"), "second")
    request_store.submit(engine, a_request(conversation="somebody else"), "third")
    assert request_store.reference_of(engine, "somebody", long_ago) == latest
    later = datetime.now(timezone.utc) + timedelta(minutes=1)
    assert request_store.reference_of(engine, "somebody", later) is None
