"""Notices against a real SMTP server: refusals first; no health data in any of them."""

import socket
import threading
from typing import Any, Iterator, List

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from consultations.sinks.base import PermanentError, TemporaryError
from consultations.sinks.email import EmailSink
from tests.unit.consultations.sinks.deliveries import PERSONAL, REFERENCE, a_delivery


class Mailbox:
    """Takes mail, or answers with `refusal` at a command."""

    def __init__(self) -> None:
        self.messages: List[bytes] = []
        self.refusals = {"RCPT": "", "DATA": ""}

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:
        if self.refusals["RCPT"]:
            return self.refusals["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:
        if self.refusals["DATA"]:
            return self.refusals["DATA"]
        self.messages.append(envelope.content)
        return "250 OK"


def authenticate(_: Any, __: Any, ___: Any, ____: Any, data: Any) -> AuthResult:
    is_right = data.login == b"bot@clinic" and data.password == b"p@ss"
    return AuthResult(success=is_right, handled=False)


@pytest.fixture
def server() -> Iterator[Controller]:
    """A mail server that takes messages with or without a password."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        Mailbox(), hostname="127.0.0.1", port=port, authenticator=authenticate,
        auth_require_tls=False,
    )  # fmt: skip
    controller.start()
    yield controller
    controller.stop()


def sink(server: Controller, login: str = "", link: str = "") -> EmailSink:
    url = f"smtp://{login}127.0.0.1:{server.port}"
    return EmailSink(url, "bot@clinic.example.org", "a@example.org,b@example.org", link)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [("451 ana@example.org try later", TemporaryError), ("550 no Ana Silva here", PermanentError)],
)
def test_refusals(server: Controller, command: str, answer: str, expected: type) -> None:
    server.handler.refusals[command] = answer
    with pytest.raises(expected) as caught:
        sink(server).deliver(a_delivery())
    assert caught.value.code == f"smtp_{answer[:3]}"


def test_a_wrong_password_may_be_put_right(server: Controller) -> None:
    with pytest.raises(TemporaryError, match=r"^smtp_login_535$"):
        sink(server, login="bot%40clinic:wrong@").deliver(a_delivery())


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(TemporaryError, match="no_answer: ConnectionRefusedError"):
            EmailSink(url, "bot@example.org", "a@example.org").deliver(a_delivery())


def test_a_server_that_hangs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        impatient = EmailSink(url, "bot@example.org", "a@example.org", patience=0.1)
        with pytest.raises(TemporaryError, match="no_answer"):
            impatient.deliver(a_delivery())


def test_a_server_that_breaks_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=lambda: server.accept()[0].close())
        thread.start()
        url = f"smtp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(TemporaryError, match="no_answer"):
            EmailSink(url, "bot@example.org", "a@example.org").deliver(a_delivery())
        thread.join()


def test_nothing_is_sent_to_another_machine_unencrypted(
    server: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultations.sinks.email.is_loopback", lambda _: False)
    with pytest.raises(TemporaryError, match=r"^no_encryption$"):
        sink(server, login="bot%40clinic:p%40ss@").deliver(a_delivery())
    assert server.handler.messages == []


@pytest.mark.parametrize("login", ["", "bot%40clinic:p%40ss@"])
def test_the_notice(server: Controller, login: str) -> None:
    sink(server, login, "https://clinic.example/r/{reference}").deliver(a_delivery())
    (message,) = (content.decode() for content in server.handler.messages)
    assert f"Subject: Consultation request {REFERENCE}\r\n" in message
    assert f"https://clinic.example/r/{REFERENCE}\r\n" in message
    assert "Message-ID: <11111111-2222-3333-4444-555555555555@clinic.example.org>" in message
    assert not any(value in message for value in (*PERSONAL, "SMA type", "child", "8 months"))


def test_without_a_link_the_notice_names_the_command(server: Controller) -> None:
    sink(server).deliver(a_delivery())
    assert f"python -m consultations show {REFERENCE}" in server.handler.messages[0].decode()
