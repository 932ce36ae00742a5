"""Run the server, the action server and the delivery worker, with one log; Ctrl-C ends all."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Dict, List, Sequence

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import settings
from scripts import processes

RESTART_PAUSE_SECONDS = 2.0
# The worker ends so when another one runs already, or a setting is wrong: trying again won't help.
WORKER_GIVES_UP = (1, 2)
# It may be in the middle of a delivery (consultations.worker.DELIVERY_SECONDS).
WORKER_PATIENCE_SECONDS = 60.0


class StopRequestedError(Exception):
    """Somebody asked the server to stop."""


def _stop(*_: Any) -> None:
    raise StopRequestedError


def log(name: str, process: "subprocess.Popen[str]") -> None:
    """Print what `process` prints, each line after its `name`."""

    def copy() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            print(f"{name:7} | {line}", end="", flush=True)

    threading.Thread(target=copy, daemon=True).start()


def start(name: str, command: List[str], env: Dict[str, str]) -> "subprocess.Popen[str]":
    """Start a process and copy what it prints into the log."""
    process = processes.start(command, env, subprocess.PIPE)
    log(name, process)
    return process


class Service:
    """A process beside the REST server, started again when it ends by itself."""

    def __init__(self, name: str, command: List[str], env: Dict[str, str]) -> None:
        self._name, self._command, self._env = name, command, env
        self.process = start(name, command, env)
        self._given_up = False

    def keep_running(self, gives_up_on: Sequence[int] = ()) -> None:
        """Start the process again if it ended, unless it ended with one of `gives_up_on`."""
        code = self.process.poll()
        if code is None or self._given_up:
            return
        if code in gives_up_on:
            self._given_up = True
            print(f"serve   | {self._name} ended, see above; not started again", flush=True)
            return
        print(f"serve   | {self._name} ended; starting it again", flush=True)
        time.sleep(RESTART_PAUSE_SECONDS)
        self.process = start(self._name, self._command, self._env)


def main() -> int:
    """Serve until Ctrl-C; action server and worker are started again when they end."""
    processes.require_settings()
    port, actions_port = settings.port(), settings.actions_port()
    processes.require_documents()
    processes.require_model()
    processes.require_port(port, "the REST server", "PORT")
    processes.require_port(actions_port, "the action server", "ACTIONS_PORT")
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    env = processes.environment(actions_port)
    services: List[Service] = []
    server = None
    try:
        actions = Service("actions", processes.action_server_command(actions_port), env)
        services.append(actions)
        worker = Service("worker", processes.worker_command(), env)
        services.append(worker)
        server = start("rasa", processes.rest_server_command(port), env)
        base = f"http://{processes.HOST}:{port}/webhooks/rest"
        if not processes.wait_until_up(f"{base}/", server):
            print("serve   | the REST server didn't start, see above", flush=True)
            return 1
        print(f"serve   | the page with the chat: http://{processes.HOST}:{port}/", flush=True)
        print(f"serve   | ready: POST {base}/webhook (Ctrl-C stops)", flush=True)
        while server.poll() is None:
            actions.keep_running()
            worker.keep_running(WORKER_GIVES_UP)
            time.sleep(0.2)
        print("serve   | the REST server ended", flush=True)
        return 1
    except StopRequestedError:
        print("serve   | stopping", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if server is not None:
            processes.stop(server)
        for service in reversed(services):
            processes.stop(service.process, WORKER_PATIENCE_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
