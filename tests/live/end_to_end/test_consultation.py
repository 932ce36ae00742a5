"""A request for a consultation as it happens for real: over REST, and through crashes."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Iterator

import pytest

from tests.conftest import ROOT
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("consultation")


@pytest.fixture(scope="module")
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


def test_killed_in_the_middle_the_form_goes_on_after_asking(served: Served, folder: Path) -> None:
    for text, topic in ENTRIES[:5]:
        assert served.ask(text, "another visitor")["custom"]["topic"] == topic
    for process in processes_with(f"--port {served.port}"):
        os.kill(process, signal.SIGKILL)
    wait_for(lambda: served.process.poll() is not None, 60)
    again = Served(folder)
    try:
        reply = again.ask("yes, type 1", "another visitor")
        assert reply["custom"] == {"kind": "form", "topic": "resume"}
        topic = again.ask("Go on", "another visitor")["custom"]["topic"]
        assert topic == "place", "the entry was kept"
    finally:
        again.stop()
