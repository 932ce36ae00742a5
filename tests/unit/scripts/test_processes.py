"""Processes are started on this machine only, and are gone when they should be."""

import socket
import subprocess
import sys

import pytest

from scripts import processes


def test_a_port_in_use_is_named_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind((processes.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as raised:
            processes.require_port(port, "the REST server", "PORT")
    assert f"port {port}, which the REST server needs, is in use" in str(raised.value)
    assert "PORT=<port>" in str(raised.value)


def test_a_missing_model_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processes, "MODEL", processes.ROOT / "models" / "none.tar.gz")
    with pytest.raises(SystemExit) as raised:
        processes.require_model()
    assert "no model at models/none.tar.gz. Run `make train`." in str(raised.value)


def test_a_process_that_does_not_want_to_end_is_ended() -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('ready', flush=True); time.sleep(60)"
    )
    process = processes.start([sys.executable, "-c", stubborn], {}, subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    processes.stop(process, patience=0.2)
    assert process.poll() is not None


def test_waiting_for_a_server_that_died_does_not_take_long() -> None:
    process = processes.start([sys.executable, "-c", ""], {})
    assert not processes.wait_until_up(f"http://127.0.0.1:{processes.free_port()}/", process, 30)


def test_servers_are_told_to_stay_on_this_machine() -> None:
    env = processes.environment(1234)
    assert env["SANIC_HOST"] == "127.0.0.1"
    assert env["ACTION_ENDPOINT_URL"] == "http://127.0.0.1:1234/webhook"
    assert env["RASA_TELEMETRY_ENABLED"] == "false"
