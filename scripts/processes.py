"""Starting and stopping the bot's processes."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import IO, Callable, Dict, Iterator, List, NoReturn, Optional, Union

import settings
from knowledge.catalogue import load_catalogue
from knowledge.document import DocumentError

ROOT = settings.ROOT
MODEL = ROOT / "models" / "spinraza.tar.gz"
HOST = "127.0.0.1"
_PR_SET_PDEATHSIG = 1


def fail(message: str) -> NoReturn:
    """End with one line that says what is wrong and what to do."""
    sys.exit(f"Error: {message}")


def rasa(*arguments: str) -> List[str]:
    """Return the command line that runs the `rasa` command of this environment."""
    return [sys.executable, "-W", "ignore", "-m", "rasa", *arguments]


def require_settings() -> None:
    """End with a line for each setting that can't be meant."""
    found = settings.problems()
    if found:
        fail("\n       ".join(found))


def require_documents() -> None:
    """End with file, topic and quote when the documents can't be used as they stand."""
    try:
        load_catalogue(settings.DOCUMENTS)
    except DocumentError as error:
        fail(str(error))


def require_model() -> None:
    """End with what to do when there is no model."""
    if not MODEL.is_file():
        fail(f"there is no model at {MODEL.relative_to(ROOT)}. Run `make train`.")


def is_port_free(port: int) -> bool:
    """Say whether a server could listen on `port` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def require_port(port: int, purpose: str, variable: str) -> None:
    """End with what to do when `port` is taken."""
    if not is_port_free(port):
        fail(
            f"port {port}, which {purpose} needs, is in use. "
            f"Stop what uses it, or choose another with {variable}=<port>."
        )


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def environment(action_server_port: int) -> Dict[str, str]:
    """Return the environment in which Rasa finds the action server, on this machine only."""
    return {
        **os.environ,
        "ACTION_ENDPOINT_URL": f"http://{HOST}:{action_server_port}/webhook",
        "SANIC_HOST": HOST,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
    }


def _die_with_parent() -> None:
    """Have the kernel end this process when its parent is killed, so that none is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start(
    command: List[str],
    env: Dict[str, str],
    output: Optional[Union[int, IO[str]]] = None,
) -> "subprocess.Popen[str]":
    """Start a process that doesn't see the terminal's Ctrl-C: its starter stops it."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=env,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def stop(process: "subprocess.Popen[str]", patience: float = 10.0) -> None:
    """End a process and its children: politely, then after `patience` seconds for sure."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        try:
            process.wait(patience)
            return
        except subprocess.TimeoutExpired:
            continue


def wait_until_up(url: str, process: "subprocess.Popen[str]", seconds: float = 120.0) -> bool:
    """Wait until `url` answers; False when the process ends or the time is over before it does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def action_server_command(port: int) -> List[str]:
    """Return the command that runs the action server.

    `rasa run actions` starts the same, and imports all of Rasa for it: 3 s and 80 MB more.
    """
    return [
        sys.executable, "-W", "ignore", "-m", "rasa_sdk", "--actions", "actions",
        "--port", str(port),
    ]  # fmt: skip


def rest_server_command(port: int) -> List[str]:
    """Return the command that runs the REST server."""
    return rasa(
        "run", "--model", str(MODEL), "--interface", HOST, "--port", str(port),
        "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
    )  # fmt: skip


def worker_command() -> List[str]:
    """Return the command that runs the worker which delivers consultation requests."""
    return [sys.executable, "-W", "ignore", "-m", "consultations.worker"]


@contextlib.contextmanager
def starting_action_server(port: int) -> Iterator[Callable[[], None]]:
    """Run an action server on `port` for as long as the block runs.

    The block begins at once, so that something else can start meanwhile, and is given a function
    that waits until the server is up. Its log goes to var/actions.log.
    """
    log_path = ROOT / "var" / "actions.log"
    log_path.parent.mkdir(exist_ok=True)
    with log_path.open("w") as log:
        process = start(action_server_command(port), environment(port), log)

        def wait() -> None:
            if not wait_until_up(f"http://{HOST}:{port}/health", process):
                fail(f"the action server didn't start:\n{log_path.read_text()[-2000:]}")

        try:
            yield wait
        finally:
            stop(process)
