"""The staff's commands: wrong use first, then what each shows and does, and its exit code."""

import csv
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from consultations import models, outbox, request_store
from consultations.__main__ import main
from consultations.sinks.base import PermanentError
from tests.conftest import ROOT
from tests.unit.consultations.samples import VALUES, a_request, count

PERSONAL = ("Ana Silva", "ana@example.org", "+442079460018", "Lisbon", VALUES["question"])


def run(capsys: Any, *arguments: str) -> tuple:
    """Run a command; return its exit code and what it wrote to both outputs."""
    code = main(list(arguments))
    written = capsys.readouterr()
    return code, written.out, written.err


@pytest.fixture
def reference(engine: Any) -> str:
    """A request whose delivery is dead."""
    reference = request_store.submit(engine, a_request(), "key")
    now = datetime.now(timezone.utc) + timedelta(seconds=1)
    outbox.failed(engine, outbox.claim(engine, now)[0], PermanentError("http_410"), now)
    return reference


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["show"],
        ["show", "SMA-1234-5678"],
        ["retry", "ana@example.org"],
        ["list", "--state", "lost"],
        ["list", "--since", "yesterday"],
        ["export", "--format", "xml"],
    ],
)
def test_wrong_use(arguments: list, capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("DATABASE_URL", "postgresql://bot:secret@127.0.0.1:1/none", 3),
        ("DATABASE_URL", "nonsense", 2),
        ("CONSULTATIONS_KEY", "secret", 2),
    ],
)
def test_wrong_settings(
    setting: str, value: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv(setting, value)
    ended, out, err = run(capsys, "list")
    assert (ended, out) == (code, "") and err.startswith("Error: ") and "secret" not in err


def test_a_wrong_key_is_said(
    engine: Any, reference: str, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("CONSULTATIONS_KEY", "A" * 43 + "=")
    request_store.submit(engine, a_request(), "another")
    monkeypatch.delenv("CONSULTATIONS_KEY")
    code, out, err = run(capsys, "export")
    assert (code, out) == (2, "") and "CONSULTATIONS_KEY" in err
    assert run(capsys, "list")[0] == 0  # needs nothing personal


@pytest.mark.parametrize("command", ["list", "export", "retention"])
def test_nothing_there(engine: Any, command: str, capsys: Any) -> None:
    assert run(capsys, command)[0] == 1
    assert run(capsys, command, "--json")[0] == 1


@pytest.mark.parametrize("command", ["show", "retry"])
def test_a_reference_that_does_not_exist(engine: Any, command: str, capsys: Any) -> None:
    code, _, err = run(capsys, command, "SMA-0000-0000")
    assert code == 1 and (command == "retry" or "There is no request SMA-0000-0000" in err)


def test_erasing_asks_first(
    engine: Any, reference: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = run(capsys, "erase", reference)
    assert code == 2 and "--yes" in err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert run(capsys, "erase", reference)[0] == 1
    assert count(engine, models.requests) == 1
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    assert run(capsys, "erase", reference)[0] == 0
    assert count(engine, models.requests) == 0


def test_erasing_without_asking(engine: Any, reference: str, capsys: Any) -> None:
    code, out, _ = run(capsys, "erase", "0044 20 7946 0018", "--yes", "--json")
    assert code == 0
    assert json.loads(out) == {"requests": 1, "drafts": 0, "deliveries": 1, "events": 0}
    assert run(capsys, "erase", reference, "--yes")[0] == 1


def test_the_list_shows_no_personal_data(engine: Any, reference: str, capsys: Any) -> None:
    code, out, _ = run(capsys, "list")
    assert code == 0 and reference in out and "console: dead (http_410, attempt 1)" in out
    code, as_json, _ = run(capsys, "list", "--json")
    assert json.loads(as_json)[0]["deliveries"][0]["state"] == "dead"
    assert not any(value in out + as_json for value in (*PERSONAL, "child", "sma"))


def test_the_list_can_be_filtered(engine: Any, reference: str, capsys: Any) -> None:
    waiting = request_store.submit(engine, a_request(), "waiting")
    assert run(capsys, "list", "--state", "delivered")[0] == 1
    assert waiting in run(capsys, "list", "--state", "pending")[1]
    assert reference not in run(capsys, "list", "--state", "pending")[1]
    tomorrow = datetime.now(timezone.utc) + timedelta(days=1)
    assert run(capsys, "list", "--since", f"{tomorrow:%Y-%m-%d}")[0] == 1
    yesterday = tomorrow - timedelta(days=2)
    assert len(run(capsys, "list", "--since", f"{yesterday:%Y-%m-%d}")[1].splitlines()) == 4


def test_show_shows_all(reference: str, capsys: Any) -> None:
    code, out, _ = run(capsys, "show", reference.lower().replace("-", " "))
    assert code == 0 and all(value in out for value in PERSONAL)
    shown = json.loads(run(capsys, "show", reference, "--json")[1])
    assert shown["patient_age_months"] == 8 and shown["deliveries"][0]["sink"] == "console"


def test_export_to_a_private_file(engine: Any, reference: str, tmp_path: Path, capsys: Any) -> None:
    request_store.submit(engine, a_request(question="=HYPERLINK(1)"), "formula")
    path = tmp_path / "export.csv"
    assert run(capsys, "export", "--output", str(path))[0] == 0
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(newline="", encoding="utf-8") as file:
        first, second = csv.DictReader(file)
    assert (first["reference"], first["phone"]) == (reference, "'+442079460018")
    assert second["question"] == "'=HYPERLINK(1)"


def test_export_as_json_keeps_values_as_they_are(reference: str, capsys: Any) -> None:
    code, out, _ = run(capsys, "export", "--format", "json")
    assert code == 0 and json.loads(out)[0]["phone"] == "+442079460018"


def test_export_to_a_place_that_can_not_be_written(
    reference: str, tmp_path: Path, capsys: Any
) -> None:
    code, _, err = run(capsys, "export", "--output", str(tmp_path / "none" / "export.csv"))
    assert code == 2 and "can't be written" in err


def test_retry(engine: Any, reference: str, capsys: Any) -> None:
    assert run(capsys, "retry", reference)[0] == 0
    assert reference in run(capsys, "list", "--state", "pending")[1]


def test_stats(engine: Any, reference: str, capsys: Any) -> None:
    request_store.submit(engine, a_request(), "waiting")
    counts = json.loads(run(capsys, "stats", "--json")[1])
    assert counts.pop("oldest undelivered").startswith("20")
    assert counts == {
        "requests": 2, "drafts": 0, "erasures": 0, "console dead": 1, "console pending": 1,
    }  # fmt: skip
    assert "console dead" in run(capsys, "stats")[1]


def test_retention(engine: Any, reference: str, capsys: Any) -> None:
    long_ago = datetime.now(timezone.utc) - timedelta(days=200)
    with engine.begin() as connection:
        changes = {"state": "delivered", "delivered_at": long_ago}
        connection.execute(sa.update(models.deliveries).values(changes))
    code, out, _ = run(capsys, "retention", "--json")
    assert code == 0 and json.loads(out)["requests"] == 1


def test_rotating_keys(
    engine: Any, reference: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "rotate-keys")[0] == 2
    monkeypatch.setenv("CONSULTATIONS_KEY", "A" * 43 + "=")
    code, out, _ = run(capsys, "rotate-keys", "--json")
    assert code == 0 and json.loads(out) == {"encrypted": 1}


def test_it_runs_as_a_program(sqlite_engine: Any) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "consultations", "--help"],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert finished.returncode == 0
    assert "rotate-keys" in finished.stdout and "3  the database can't be" in finished.stdout
