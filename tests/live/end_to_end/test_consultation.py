"""A request for a consultation as it happens for real: over REST, in the shell, through crashes."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Dict, Iterator

import pytest

from tests.conftest import ROOT
from tests.live.end_to_end.test_chat import Terminal
from tests.live.end_to_end.test_serve import Served, processes_with, wait_for

NAME, EMAIL = "Zdenka Vrbova", "zdenka@example.org"
ENTRIES = [
    ("I'd like a free consultation", "consultation"),
    (NAME, "contact"),
    (EMAIL, "for_whom"),
    ("my child", "patient_age"),
    ("8 months", "diagnosis"),
    ("yes, type 1", "place"),
    ("Brno", "language"),
    ("Czech", "question"),
    ("Skip", "consent"),
    ("I agree", "summary"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    served = Served(folder)
    yield served
    served.stop()


def fill(served: Served, sender: str) -> None:
    for text, topic in ENTRIES:
        assert served.ask(text, sender)["custom"]["topic"] == topic, text


def staff(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'consultations.db'}"}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "consultations", *arguments],
        cwd=ROOT, env=env, capture_output=True, text=True,
    )  # fmt: skip


def test_a_request_is_stored_delivered_and_nowhere_else(served: Served, folder: Path) -> None:
    fill(served, "visitor")
    reference = served.ask("Send", "visitor")["custom"]["reference"]
    wait_for(lambda: reference in served.log, 30)  # the worker printed it: console sink
    assert reference in staff(folder, "list", "--state", "delivered").stdout
    shown = staff(folder, "show", reference).stdout
    assert NAME in shown and EMAIL in shown
    kept = b"".join(path.read_bytes() for path in folder.glob("conversations.db*"))
    assert b"visitor" in kept
    for secret in (*NAME.split(), EMAIL, "Brno"):
        assert secret.encode() not in kept, "entered, and found in Rasa's conversations"
        assert secret not in served.log
    for path in folder.glob("*.db"):
        assert path.stat().st_mode & 0o077 == 0, f"{path} is readable for others"
    served.ask("delete my data", "visitor")
    assert served.ask("Yes, delete everything", "visitor")["custom"]["topic"] == "deleted"
    assert staff(folder, "show", reference).returncode == 1


def test_killed_in_the_middle_the_form_goes_on_after_asking(folder: Path) -> None:
    first = Served(folder)
    try:
        for text, topic in ENTRIES[:5]:
            assert first.ask(text, "visitor")["custom"]["topic"] == topic
        for process in processes_with(f"--port {first.port}"):
            os.kill(process, signal.SIGKILL)
        wait_for(lambda: first.process.poll() is not None, 60)
    finally:
        first.stop()
    second = Served(folder)
    try:
        reply = second.ask("yes, type 1", "visitor")
        assert reply["custom"] == {"kind": "form", "topic": "resume"}
        assert second.ask("Go on", "visitor")["custom"]["topic"] == "place", "the entry was kept"
    finally:
        second.stop()


def test_the_form_in_the_shell() -> None:
    terminal = Terminal()
    try:
        terminal.read_until("Your input ->", 120)
        steps: Dict[str, str] = {
            "I'd like a free consultation": "[handoff consultation]",
            NAME: "[form contact]",
            EMAIL: "[form for_whom]",
            "2": "[form patient_age]",  # the second choice: my child
            "8 months": "[form diagnosis]",
            "cancel": "[form cancel]",
            "1": "[form cancelled]",
        }
        for keys, shown in steps.items():
            terminal.type(f"{keys}\r")
            terminal.read_until(shown)
        terminal.type("\x03")
        wait_for(lambda: terminal.process.poll() is not None, 30)
    finally:
        if terminal.process.poll() is None:
            terminal.process.kill()
