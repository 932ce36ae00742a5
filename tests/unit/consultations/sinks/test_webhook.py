"""Webhooks against real servers: refusing, silent, hanging ones first, then one that verifies."""

import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from email.utils import format_datetime
from typing import Any, Iterator

import pytest
from pytest_httpserver import HTTPServer
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from consultations.sinks.base import PermanentError, TemporaryError
from consultations.sinks.receiver_example import Receiver
from consultations.sinks.webhook import WebhookSink
from tests.conftest import ROOT
from tests.unit.consultations.samples import VALUES
from tests.unit.consultations.sinks.deliveries import PERSONAL, REFERENCE, a_delivery

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The example of the clinic's end, running."""
    receiver = Receiver(0, SECRET)
    thread = threading.Thread(target=receiver.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield receiver
    receiver.shutdown()
    receiver.server_close()


def address(receiver: Receiver) -> str:
    return f"http://127.0.0.1:{receiver.server_port}/"


@pytest.mark.parametrize("status", [500, 501, 503, 408, 425, 429])
def test_statuses_that_are_tried_again(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/").respond_with_data("Ana Silva", status=status)
    with pytest.raises(TemporaryError, match=f"^http_{status}$"):
        WebhookSink(httpserver.url_for("/"), SECRET).deliver(a_delivery())


@pytest.mark.parametrize("status", [400, 401, 404, 410, 422])
def test_statuses_that_are_not(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request("/").respond_with_data("Ana Silva", status=status)
    with pytest.raises(PermanentError, match=f"^http_{status}$"):
        WebhookSink(httpserver.url_for("/"), SECRET).deliver(a_delivery())


def test_a_redirect_is_not_followed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(status=307, headers={"location": "/other"})
    with pytest.raises(PermanentError, match="http_307"):
        WebhookSink(httpserver.url_for("/"), SECRET).deliver(a_delivery())
    assert [request.path for request, _ in httpserver.log] == ["/"]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), ("date", 3600.0), ("soon", None), ("", None), ("9" * 50, None), ("-5", None)],
)
def test_retry_after(httpserver: HTTPServer, header: str, seconds: Any) -> None:
    delivery = a_delivery()
    if header == "date":
        header = format_datetime(delivery.now + timedelta(hours=1))
    httpserver.expect_request("/").respond_with_data(status=429, headers={"retry-after": header})
    with pytest.raises(TemporaryError) as caught:
        WebhookSink(httpserver.url_for("/"), SECRET).deliver(delivery)
    assert caught.value.retry_after == (seconds and pytest.approx(seconds, abs=1))


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        sink = WebhookSink(f"http://127.0.0.1:{unused.getsockname()[1]}/", SECRET)
        with pytest.raises(TemporaryError, match="no_answer: ConnectError"):
            sink.deliver(a_delivery())


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n"])
def test_a_server_that_breaks_off(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer_and_close() -> None:
            connection, _ = server.accept()
            connection.recv(100_000)
            connection.sendall(answer)
            connection.close()

        thread = threading.Thread(target=answer_and_close)
        thread.start()
        with pytest.raises(TemporaryError, match="no_answer"):
            WebhookSink(f"http://127.0.0.1:{server.getsockname()[1]}/", SECRET).deliver(
                a_delivery()
            )
        thread.join()


def test_a_server_that_hangs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        sink = WebhookSink(f"http://127.0.0.1:{server.getsockname()[1]}/", SECRET, 0.1)
        with pytest.raises(TemporaryError, match=r"^timeout$"):
            sink.deliver(a_delivery())


def test_the_receiver_refuses_what_is_not_signed_with_its_secret(receiver: Receiver) -> None:
    with pytest.raises(PermanentError, match="http_401"):
        WebhookSink(address(receiver), SECRET.replace("MfK", "AAA")).deliver(a_delivery())
    assert receiver.received == []


def test_the_receiver_refuses_an_old_message(receiver: Receiver) -> None:
    delivery = a_delivery()
    object.__setattr__(delivery, "now", delivery.now - timedelta(minutes=6))
    with pytest.raises(PermanentError, match="http_401"):
        WebhookSink(address(receiver), SECRET).deliver(delivery)


def test_the_receiver_gets_a_request_once(
    receiver: Receiver, capsys: pytest.CaptureFixture
) -> None:
    sink = WebhookSink(address(receiver), SECRET)
    sink.deliver(a_delivery(question="¿Cuándo? 你好"))
    sink.deliver(a_delivery(question="¿Cuándo? 你好"))
    (event,) = receiver.received
    assert event["type"] == "consultation.requested"
    data = event["data"]
    assert (data["reference"], data["question"]) == (REFERENCE, "¿Cuándo? 你好")
    assert data["patient_age_months"] == 8 and data["consent_version"] == "consent-3"
    assert VALUES["conversation"] not in str(event)
    printed = capsys.readouterr()
    assert REFERENCE in printed.out
    assert not any(value in printed.out + printed.err for value in PERSONAL)


def test_a_changed_body_does_not_verify(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(status=204)
    WebhookSink(httpserver.url_for("/"), SECRET).deliver(a_delivery())
    request, _ = httpserver.log[0]
    body, headers = request.get_data(), dict(request.headers)
    Webhook(SECRET).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"Ana", b"Eva"), headers)


def test_the_receiver_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "consultations.sinks.receiver_example", "0"]
    environment = {**os.environ, "WEBHOOK_SECRET": SECRET}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        url = process.stdout.readline().split()[-1]
        WebhookSink(url, SECRET).deliver(a_delivery())
        assert process.stdout.readline() == f"received {REFERENCE}\n"
    finally:
        process.kill()
        process.communicate()
