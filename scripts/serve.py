"""Run the REST server and the action server, with one log; Ctrl-C ends both."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import processes

RESTART_PAUSE_SECONDS = 2.0


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


def start(name: str, command: list, env: dict) -> "subprocess.Popen[str]":  # type: ignore[type-arg]
    """Start a process and copy what it prints into the log."""
    process = processes.start(command, env, subprocess.PIPE)
    log(name, process)
    return process


def main() -> int:
    """Serve until Ctrl-C; the action server is started again when it ends by itself."""
    port = int(os.environ.get("PORT", "5005"))
    actions_port = int(os.environ.get("ACTIONS_PORT", str(processes.ACTION_SERVER_PORT)))
    processes.require_model()
    processes.require_port(port, "the REST server", "PORT")
    processes.require_port(actions_port, "the action server", "ACTIONS_PORT")
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    env = processes.environment(actions_port)
    actions_command = processes.action_server_command(actions_port)
    server_command = processes.rasa(
        "run", "--model", str(processes.MODEL), "--interface", processes.HOST, "--port", str(port),
        "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
    )  # fmt: skip
    running = []
    try:
        actions = start("actions", actions_command, env)
        running.append(actions)
        server = start("rasa", server_command, env)
        running.append(server)
        base = f"http://{processes.HOST}:{port}/webhooks/rest"
        if not processes.wait_until_up(f"{base}/", server):
            print("serve   | the REST server didn't start, see above", flush=True)
            return 1
        print(f"serve   | ready: POST {base}/webhook (Ctrl-C stops)", flush=True)
        while server.poll() is None:
            if actions.poll() is not None:
                print("serve   | the action server ended; starting it again", flush=True)
                time.sleep(RESTART_PAUSE_SECONDS)
                running.remove(actions)
                actions = start("actions", actions_command, env)
                running.append(actions)
            time.sleep(0.2)
        print("serve   | the REST server ended", flush=True)
        return 1
    except StopRequestedError:
        print("serve   | stopping", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for process in reversed(running):
            processes.stop(process)


if __name__ == "__main__":
    sys.exit(main())
