"""The shell as a newcomer meets it: `make chat`, typed into through a terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from typing import Iterator

import pytest

from tests.conftest import ROOT
from tests.live.end_to_end.test_serve import processes_with, wait_for


class Terminal:
    """A terminal with `make chat` running in it."""

    def __init__(self) -> None:
        self.others = set(processes_with("rasa"))  # that were running before
        self._screen, terminal = pty.openpty()
        env = {**os.environ, "TERM": "xterm", "COLUMNS": "200", "LINES": "50"}
        self.process = subprocess.Popen(
            ["make", "chat"], cwd=ROOT, env=env, stdin=terminal, stdout=terminal, stderr=terminal,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # Ctrl-C reaches all of it
        )  # fmt: skip
        os.close(terminal)
        self.shown = ""

    def read_until(self, words: str, seconds: float = 60) -> None:
        """Read the screen until `words` are on it; tell the program where its cursor is."""
        deadline = time.monotonic() + seconds
        while words not in self.plain():
            assert time.monotonic() < deadline, f"{words!r} is not on the screen:\n{self.plain()}"
            if select.select([self._screen], [], [], 0.2)[0]:
                try:
                    data = os.read(self._screen, 65536).decode(errors="replace")
                except OSError:
                    continue
                self.shown += data
                if "\x1b[6n" in data:
                    os.write(self._screen, b"\x1b[1;1R")

    def plain(self) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.shown)

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())


@pytest.fixture(scope="module")
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    terminal.read_until("Your input ->", 120)
    yield terminal
    if terminal.process.poll() is None:
        os.killpg(terminal.process.pid, signal.SIGKILL)


def test_ask_and_pick_a_choice(terminal: Terminal) -> None:
    terminal.type("What are the most common side effects?\r")
    terminal.read_until("lower respiratory infection, fever")
    terminal.read_until("Important safety information")
    terminal.read_until("[answer side_effects]")
    terminal.type("1\r")
    terminal.read_until("[answer bleeding]")


def test_the_form(terminal: Terminal) -> None:
    for keys, shown in {
        "I'd like a free consultation": "[handoff consultation]",
        "Zdenka Vrbova": "[form contact]",
        "zdenka@example.org": "[form for_whom]",
        "2": "[form patient_age]",  # the second choice: my child
        "8 months": "[form diagnosis]",
        "cancel": "[form cancel]",
        "1": "[form cancelled]",
    }.items():
        terminal.type(f"{keys}\r")
        terminal.read_until(shown)


def test_ctrl_c_leaves_no_process_behind(terminal: Terminal) -> None:
    assert set(processes_with("rasa")) > terminal.others
    terminal.type("\x03")
    wait_for(lambda: terminal.process.poll() is not None, 30)
    assert "Traceback" not in terminal.plain()
    assert set(processes_with("rasa")) <= terminal.others
