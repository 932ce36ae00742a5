"""What we sign is verified by the standardwebhooks package of another language."""

import contextlib
import json
import os
import subprocess
from typing import Any, Dict, Iterator, Tuple

import pytest

from consultations import request_store
from consultations.sinks.base import Sink
from consultations.sinks.webhook import WebhookSink
from consultations.worker import deliver_one
from tests.providers.install import FOLDER, node
from tests.unit.consultations.samples import a_request

RECEIVER = FOLDER / "standardwebhooks_receive.mjs"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@contextlib.contextmanager
def receiver(secret: str, statuses: str = "") -> Iterator[Tuple[int, Any]]:
    """Run the receiver; yields its port and what it prints."""
    process = subprocess.Popen(
        [node("standardwebhooks"), str(RECEIVER)],
        env={**os.environ, "SECRET": secret, "STATUSES": statuses},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["port"], process.stdout
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def sinks_for(port: int, monkeypatch: pytest.MonkeyPatch) -> Dict[str, Sink]:
    """Return the webhook sink that delivers to `port`, with little patience."""
    monkeypatch.setenv("CONSULTATION_SINKS", "webhook")
    monkeypatch.setattr("consultations.outbox.pause_seconds", lambda *_, **__: 0.0)
    return {"webhook": WebhookSink(f"http://127.0.0.1:{port}/", SECRET, patience=0.5)}


def test_with_another_secret_nothing_is_verified(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiver(SECRET.replace("MfK", "AAA")) as (port, printed):
        sinks = sinks_for(port, monkeypatch)
        request_store.submit(engine, a_request(), "key")
        assert deliver_one(engine, sinks)
        assert json.loads(printed.readline())["verified"] is False


def test_errors_a_reset_and_silence_then_taken_with_the_same_id(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses = ["500", "reset", "hang", "204"]
    with receiver(SECRET, ",".join(statuses)) as (port, printed):
        sinks = sinks_for(port, monkeypatch)
        reference = request_store.submit(engine, a_request(), "key")
        attempts = [deliver_one(engine, sinks) for _ in statuses]
        assert attempts == [True] * len(statuses)
        assert deliver_one(engine, sinks) is False, "delivered: nothing is due any more"
        got: list[Dict[str, Any]] = [json.loads(printed.readline()) for _ in statuses]
    assert all(delivery["verified"] for delivery in got)
    assert {delivery["reference"] for delivery in got} == {reference}
    assert len({delivery["id"] for delivery in got}) == 1
