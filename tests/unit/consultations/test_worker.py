"""Real workers: stopped, killed, in pairs, with a receiver that hangs; nothing is lost."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List

import pytest
import sqlalchemy as sa
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from consultations import models, request_store, worker
from consultations.sinks.base import Delivery
from storage.database import create_engine
from tests.conftest import ROOT
from tests.unit.consultations.samples import VALUES, a_request, rows

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PATIENCE_SECONDS = 30.0


def wait_until(condition: Callable[[], Any]) -> None:
    """Wait for something that another process does; fail after PATIENCE_SECONDS."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it didn't happen in time"
        time.sleep(0.02)


@contextmanager
def a_worker(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a worker process; it is killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "consultations.worker", *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def end_of(process: "subprocess.Popen[str]") -> str:
    """Return everything that a process printed until it ended."""
    return process.communicate(timeout=PATIENCE_SECONDS)[0]


def states(engine: Any) -> List[str]:
    return sorted(row["state"] for row in rows(engine, models.deliveries))


def use_webhook(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CONSULTATION_SINKS", "webhook")
    monkeypatch.setenv("WEBHOOK_URL", url)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("CONSULTATION_SINKS", "fax", 2),
        ("CONSULTATION_SINKS", "webhook", 2),
        ("RETENTION_DAYS", "never", 2),
        ("DRAFT_RETENTION_DAYS", "0", 2),
        ("CONSULTATIONS_KEY", "secret", 2),
        ("DATABASE_URL", "nonsense", 2),
        ("DATABASE_URL", "postgresql://bot:secret@127.0.0.1:1/none", 3),
    ],
)
def test_wrong_settings_end_it_with_a_reason(
    setting: str, value: str, code: int, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setenv(setting, value)
    assert worker.main(["--once"]) == code
    assert caplog.messages and "secret" not in caplog.text


def test_a_second_worker_on_sqlite_is_not_started(sqlite_engine: Any) -> None:
    with a_worker() as first:
        assert "delivering to console" in first.stdout.readline()
        with a_worker() as second:
            assert "already running" in end_of(second) and second.returncode == 1
        first.terminate()
        assert "stopped" in end_of(first) and first.returncode == 0


class Sink:
    """Does with each delivery what the test wants."""

    def __init__(self, action: Callable[[Delivery], None]) -> None:
        self.deliver = action


def test_a_mistake_in_a_sink_is_tried_again_and_not_quoted(engine: Any, caplog: Any) -> None:
    request_store.submit(engine, a_request(), "key")

    def fail(delivery: Delivery) -> None:
        raise KeyError(delivery.request.contact_name)

    assert worker.deliver_one(engine, {"console": Sink(fail)}) is True
    (row,) = rows(engine, models.deliveries)
    assert (row["state"], row["last_error"]) == ("pending", "unexpected: KeyError")
    assert "Ana" not in caplog.text


def test_a_sink_that_is_not_configured_any_more(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    worker.deliver_one(engine, {})
    (row,) = rows(engine, models.deliveries)
    assert (row["state"], row["last_error"]) == ("dead", "sink_not_configured")


def test_a_wrong_key_is_tried_again(engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATIONS_KEY", "A" * 43 + "=")
    request_store.submit(engine, a_request(), "key")
    monkeypatch.setenv("CONSULTATIONS_KEY", "B" * 43 + "=")
    worker.deliver_one(engine, {"console": Sink(lambda _: None)})
    (row,) = rows(engine, models.deliveries)
    assert (row["state"], row["last_error"]) == ("pending", "wrong_key")


@pytest.mark.parametrize("lease", ["0", "-1", "soon", "nan"])
def test_a_lease_is_a_time(lease: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        worker.main(["--once", "--lease", lease])
    assert "--lease: invalid" in capsys.readouterr().err


def test_a_receiver_that_sends_a_byte_now_and_then_is_given_up(
    sqlite_engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection, contextlib.suppress(OSError):
                while True:
                    connection.sendall(b"H")
                    time.sleep(0.02)

        thread = threading.Thread(target=drip)
        thread.start()
        use_webhook(monkeypatch, f"http://127.0.0.1:{server.getsockname()[1]}/")
        request_store.submit(sqlite_engine, a_request(), "key")
        assert worker.main(["--once", "--lease", "0.9"]) == 0
        thread.join(PATIENCE_SECONDS)
    (row,) = rows(sqlite_engine, models.deliveries)
    assert (row["state"], row["last_error"]) == ("pending", "timeout")


def test_an_erased_request_is_not_delivered(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    claimed = worker.outbox.claim(engine, datetime.now(timezone.utc))[0]
    with engine.begin() as connection:
        connection.execute(sa.delete(models.requests))
    worker._deliver(engine, {"console": Sink(lambda _: pytest.fail("delivered"))}, claimed, 60)


def test_once_delivers_what_is_due_and_ends(engine: Any, caplog: Any, capfd: Any) -> None:
    caplog.set_level("INFO")
    references = {request_store.submit(engine, a_request(), str(number)) for number in range(3)}
    assert worker.main(["--once"]) == 0
    assert states(engine) == ["delivered"] * 3
    assert {line.split()[0] for line in caplog.messages} == references
    output = caplog.text + "".join(capfd.readouterr())
    assert not any(VALUES[name] in output for name in ("contact_name", "email", "question"))


def test_it_ends_after_the_delivery_at_hand(
    sqlite_engine: Any, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, go_on = threading.Event(), threading.Event()

    def answer(_: Request) -> Response:
        started.set()
        go_on.wait(PATIENCE_SECONDS)
        return Response(status=204)

    httpserver.expect_request("/").respond_with_handler(answer)
    use_webhook(monkeypatch, httpserver.url_for("/"))
    for key in ("one", "two"):
        request_store.submit(sqlite_engine, a_request(), key)
    with a_worker() as process:
        assert started.wait(PATIENCE_SECONDS)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        go_on.set()
        assert "stopped" in end_of(process)
    assert process.returncode == 0
    assert states(sqlite_engine) == ["delivered", "pending"]


def test_killed_in_the_middle_it_is_delivered_again_with_the_same_id(
    engine: Any, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, killed, ids = threading.Event(), threading.Event(), []

    def answer(request: Request) -> Response:
        ids.append(request.headers["webhook-id"])
        started.set()
        killed.wait(PATIENCE_SECONDS)
        return Response(status=204)

    httpserver.expect_request("/").respond_with_handler(answer)
    use_webhook(monkeypatch, httpserver.url_for("/"))
    request_store.submit(engine, a_request(), "key")
    with a_worker() as process:
        assert started.wait(PATIENCE_SECONDS)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE_SECONDS)
    killed.set()
    assert states(engine) == ["delivering"]
    with engine.begin() as connection:  # as if the lease's time had passed
        past = datetime.now(timezone.utc) - timedelta(seconds=1)
        connection.execute(sa.update(models.deliveries).values(leased_until=past))
    assert worker.main(["--once"]) == 0
    assert states(engine) == ["delivered"]
    assert len(ids) == 2 and len(set(ids)) == 1


@pytest.fixture
def threaded_server() -> Iterator[HTTPServer]:
    """A server that answers several requests at once."""
    server = HTTPServer(threaded=True)
    server.start()
    yield server
    server.stop()


def test_two_workers_on_postgresql_never_deliver_the_same_at_once(
    postgresql_url: str, threaded_server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgresql_url)
    engine = create_engine(postgresql_url)
    worker.migrate(engine)
    lock, at_once, seen = threading.Lock(), threading.Barrier(2), Counter()

    def answer(request: Request) -> Response:
        with lock:
            seen.start(request.headers["webhook-id"])
        # Both workers are at it before either goes on, for the first two deliveries.
        if seen.total <= 2:
            at_once.wait(PATIENCE_SECONDS)
        with lock:
            seen.end(request.headers["webhook-id"])
        return Response(status=204)

    threaded_server.expect_request("/").respond_with_handler(answer)
    use_webhook(monkeypatch, threaded_server.url_for("/"))
    for number in range(20):
        request_store.submit(engine, a_request(), str(number))
    with a_worker() as first, a_worker() as second:
        wait_until(lambda: states(engine) == ["delivered"] * 20)
        for process in (first, second):
            process.terminate()
        delivered = [end_of(process).count("webhook delivered") for process in (first, second)]
    assert min(delivered) >= 1 and sum(delivered) == 20
    assert (seen.total, len(seen.running), seen.twice_at_once) == (20, 0, 0)
    engine.dispose()


class Counter:
    """Notices when something starts that is running already."""

    def __init__(self) -> None:
        self.total, self.twice_at_once = 0, 0
        self.running: Dict[str, bool] = {}

    def start(self, name: str) -> None:
        """Note that a delivery began."""
        self.total += 1
        self.twice_at_once += name in self.running
        self.running[name] = True

    def end(self, name: str) -> None:
        """Note that a delivery is over."""
        del self.running[name]


def test_it_goes_on_when_the_database_is_back(
    sqlite_engine: Any, tmp_path: Path, caplog: Any
) -> None:
    path = tmp_path / "consultations.db"
    away = tmp_path / "away.db"
    request_store.submit(sqlite_engine, a_request(), "key")
    path.rename(away)
    path.mkdir()  # "unable to open database file"
    waited: List[float] = []

    def told_to_stop(seconds: float) -> bool:
        waited.append(seconds)
        if len(waited) == 2:
            assert "trying again" in caplog.text
            path.rmdir()
            away.rename(path)
        return len(waited) == 6

    worker.work(sqlite_engine, {"console": Sink(lambda _: None)}, worker.outbox.LEASE, told_to_stop)
    assert states(sqlite_engine) == ["delivered"]
