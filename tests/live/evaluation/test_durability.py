"""The kill run, short; and that it would notice what is lost, told wrongly or stored twice."""

from collections import Counter
from pathlib import Path
from typing import Any, Iterator

import pytest

from consultations import request_store
from evaluation import durability
from storage.database import create_engine
from storage.migrate import migrate
from tests.unit.consultations.samples import a_request


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("CONSULTATION_SINKS", "console")
    engine = create_engine(f"sqlite:///{tmp_path / 'consultations.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def test_it_notices_what_must_not_be(engine: Any) -> None:
    def store(email: str, key: str) -> str:
        return request_store.submit(engine, a_request(email=email), key)

    fine, twice, undelivered = (store(f"{name}@example.org", name) for name in ("a", "b", "c"))
    store("b@example.org", "again")
    told = {
        "a@example.org": fine,
        "b@example.org": twice,
        "c@example.org": undelivered,
        "d@example.org": "SMA-7K3F-9QX2",
        "e@example.org": None,
    }
    found = list(durability.problems(engine, told, Counter([fine, twice])))
    assert [line.split()[0] for line in found] == [
        "b@example.org", undelivered, "d@example.org", "e@example.org",
    ]  # fmt: skip
    assert durability.undelivered(engine) == 4


def test_nothing_is_lost_while_all_processes_are_killed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    problems = durability.run(16, 3, tmp_path)
    said = capfd.readouterr().out
    assert problems == 0, said
    assert "16 submissions, 16 confirmed" in said
    assert "killed: server 0" not in said
