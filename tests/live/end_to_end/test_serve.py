"""The bot as it is started for real: `make serve`, asked over HTTP, and stopped."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List

import httpx
import pytest

from scripts.processes import free_port
from tests.conftest import ROOT
from tests.live.real_server import ask

SECRET = "xylophonist from Reykjavik"


class Served:
    """A running `make serve` with its log."""

    def __init__(self, folder: Path) -> None:
        self.port, self.actions_port = free_port(), free_port()
        self.log_path = folder / "serve.log"
        self.database = folder / "conversations.db"
        env = {
            **os.environ,
            "CONVERSATIONS_DATABASE_URL": f"sqlite:///{self.database}",
            "DATABASE_URL": f"sqlite:///{folder / 'consultations.db'}",
        }
        with self.log_path.open("w") as log:
            self.process = subprocess.Popen(
                ["make", "serve", f"PORT={self.port}", f"ACTIONS_PORT={self.actions_port}"],
                cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        wait_for(lambda: "serve   | ready" in self.log or self.process.poll() is not None, 120)
        assert self.process.poll() is None, self.log

    @property
    def log(self) -> str:
        return self.log_path.read_text()

    def ask(self, text: str, sender: str = "tester") -> Dict[str, Any]:
        return ask(f"http://127.0.0.1:{self.port}", text, sender)

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(30)


def wait_for(condition: Callable[[], Any], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def processes_with(text: str) -> List[int]:
    """Return the numbers of the processes whose command line holds `text`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if text in path.read_bytes().replace(b"\0", b" ").decode(errors="replace"):
                found.append(int(path.parent.name))
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("served"))
    yield served
    served.stop()


def test_a_question_is_answered_in_the_pages_words_with_the_section(served: Served) -> None:
    reply = served.ask("What are the most common side effects?")
    assert reply["custom"]["kind"] == "answer"
    source = reply["custom"]["sources"][0]
    assert source["quote"].startswith("The most common side effects of SPINRAZA include lower")
    assert source["section"] == "Important safety information"
    assert source["quote"] in reply["text"] and source["section"] in reply["text"]


def test_a_button_is_answered_in_its_language(served: Served) -> None:
    buttons = served.ask("¿cuáles son los efectos secundarios?", "ana")["buttons"]
    reply = served.ask(buttons[0]["payload"], "ana")
    assert reply["custom"]["kind"] == "answer"
    assert "De la página" in reply["text"] or "página" in reply["text"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "🙂",
        "y" * 10_000,
        "<b>hi</b>",
        "' OR 1=1; --",
        '/ask_cost{"a":1}',
        '/ask_nothing_of_ours{"language": "en"}',
        "/restart",
        "\x00\x1b",
    ],
)
def test_hostile_input_gets_a_polite_reply(served: Served, text: str) -> None:
    reply = served.ask(text, sender="hostile")
    assert reply["text"]
    assert reply["custom"]["kind"] in {"unclear", "not_covered", "smalltalk", "answer"}


def test_a_command_executes_nothing(served: Served) -> None:
    served.ask("How is Spinraza given?", sender="commands")
    served.ask("/restart", sender="commands")
    reply = served.ask("where does it say that?", sender="commands")
    assert reply["custom"]["topic"] == "route", "the conversation was not restarted"


def test_an_action_server_that_dies_is_told_and_comes_back(served: Served) -> None:
    for process in processes_with(f"--port {served.actions_port}"):
        os.kill(process, signal.SIGKILL)
    assert served.ask("How is Spinraza given?")["custom"]["kind"] == "unavailable"
    assert served.ask("my baby stopped breathing")["custom"]["kind"] == "emergency"
    wait_for(lambda: served.ask("How is Spinraza given?")["custom"]["kind"] == "answer", 60)


def test_the_log_holds_no_visitors_words(served: Served) -> None:
    served.ask(f"I am the {SECRET}, what does it cost")
    wait_for(lambda: SECRET.encode() in database_bytes(served), 10)  # it was handled and stored
    for word in SECRET.split():
        assert word not in served.log


def database_bytes(served: Served) -> bytes:
    return b"".join(path.read_bytes() for path in served.database.parent.glob("conversations.db*"))


def test_a_port_in_use_is_one_clear_line(served: Served) -> None:
    finished = subprocess.run(
        ["make", "serve", f"PORT={served.port}"], cwd=ROOT, capture_output=True, text=True
    )
    assert finished.returncode != 0
    assert f"Error: port {served.port}, which the REST server needs, is in use." in finished.stderr
    assert "Traceback" not in finished.stderr


def test_the_api_that_shows_conversations_is_off(served: Served) -> None:
    url = f"http://127.0.0.1:{served.port}/conversations/tester/tracker"
    assert httpx.get(url).status_code == 404


def test_ctrl_c_leaves_no_process_behind(served: Served) -> None:
    ports = [f"--port {served.port}", f"--port {served.actions_port}"]
    assert all(processes_with(port) for port in ports)
    served.stop()
    assert not any(processes_with(port) for port in ports)
