"""The Rasa server as `make serve` runs it, for tests that talk to it and kill it."""

import os
import subprocess
from pathlib import Path
from typing import Any, Dict

import httpx

from scripts import processes

KEY = "a key of the tests"


class RealServer:
    """A server with an action server that outlives its crashes."""

    def __init__(self, folder: Path, actions_port: int, **more: str) -> None:
        """Start it; `more` are settings, `folder` holds its database and log."""
        self.url = f"http://{processes.HOST}:{processes.free_port()}"
        self.folder = folder
        self._env = {
            **processes.environment(actions_port),
            "CONVERSATIONS_DATABASE_URL": f"sqlite:///{folder / 'conversations.db'}",
            "CHANNELS_KEY": KEY,
            **more,
        }
        self.process: subprocess.Popen[str]
        self.start()

    def start(self) -> None:
        """Start it, again after `kill`, and wait until it answers."""
        port = int(self.url.rsplit(":", 1)[1])
        with self._log_path.open("a") as log:
            self.process = processes.start(processes.rest_server_command(port), self._env, log)
        assert processes.wait_until_up(f"{self.url}/webhooks/rest/", self.process), self.log

    def kill(self) -> None:
        """End it at once, with no chance to tidy up."""
        os.killpg(self.process.pid, 9)
        self.process.wait()

    def stop(self) -> None:
        """End it politely."""
        processes.stop(self.process)

    def ask(self, text: str, sender: str) -> Dict[str, Any]:
        """Return the one reply to `text` over REST."""
        return ask(self.url, text, sender)

    @property
    def log(self) -> str:
        """What it has logged so far."""
        return self._log_path.read_text()

    @property
    def _log_path(self) -> Path:
        return self.folder / "server.log"


def ask(base: str, text: str, sender: str) -> Dict[str, Any]:
    """Return the one reply to `text` over REST from the server at `base`."""
    response = httpx.post(
        f"{base}/webhooks/rest/webhook", json={"sender": sender, "message": text}, timeout=30
    )
    assert response.status_code == 200
    [reply] = response.json()
    return dict(reply)
