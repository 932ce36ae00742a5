"""`make check-telegram` says what is wrong, with a number for each kind, and shows no secret."""

import datetime
import ipaddress
import logging
import os
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Dict, Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from scripts import check_telegram
from tests.conftest import ROOT
from tests.providers.telegram_parts import SECRET, configure, server
from tests.providers.telegram_server import TOKEN, TelegramServer

__all__ = ["server"]


class Address:
    """What stands at our public address: answers as the channel does, or as told."""

    def __init__(self, certificate: Path) -> None:
        self.secret = SECRET
        self.always: int = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                given = self.headers.get("X-Telegram-Bot-Api-Secret-Token")
                self.send_response(outer.always or (200 if given == outer.secret else 401))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.http.server_port}/webhooks/telegram/webhook"


def make_certificate(path: Path) -> Path:
    """Make a certificate for this machine, signed by nobody else, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.timezone.utc)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls") / "test.pem")


@pytest.fixture
def address(
    certificate: Path, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Address]:
    """All as it should be: the address answers, and the webhook is set to it."""
    address = Address(certificate)
    threading.Thread(target=address.http.serve_forever, args=(0.05,), daemon=True).start()
    configure(monkeypatch, api_url=server.url, webhook_url=address.url)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server.webhook = {"url": address.url, "secret": SECRET}
    yield address
    logging.disable(logging.NOTSET)
    address.http.shutdown()
    address.http.server_close()


def code() -> Any:
    """Return what the check ends with."""
    try:
        return check_telegram.main()
    except SystemExit as ended:
        return ended.code


def test_all_is_well(address: Address, capsys: pytest.CaptureFixture[str]) -> None:
    assert code() == 0
    out = capsys.readouterr().out
    assert "@spinraza_test_bot" in out and "All is well" in out
    assert TOKEN not in out and SECRET not in out


@pytest.mark.parametrize(
    ("values", "number", "told"),
    [
        ({"token": ""}, 1, "TELEGRAM_TOKEN is not set"),
        ({"secret": "a b"}, 1, "TELEGRAM_SECRET must be"),
        ({"token": TOKEN + "x"}, 2, "refuses TELEGRAM_TOKEN"),
        ({"api_url": "http://127.0.0.1:1"}, 3, "127.0.0.1) can't be reached"),
        ({"webhook_url": "https://127.0.0.1:1/webhook"}, 4, "can't be reached from here"),
        ({"secret": "another-secret"}, 6, "refuses our TELEGRAM_SECRET"),
    ],
)
def test_a_wrong_setting_is_found(
    address: Address,
    server: TelegramServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    values: Dict[str, str],
    number: int,
    told: str,
) -> None:
    configure(monkeypatch, **{"api_url": server.url, "webhook_url": address.url, **values})
    assert code() == number
    out = capsys.readouterr().out
    assert told in out
    for secret in (TOKEN, SECRET, "another-secret"):
        assert secret not in out


@pytest.mark.parametrize(
    ("always", "number", "told"),
    [
        (404, 4, "no Telegram channel is active there"),
        (200, 4, "answers 200 to an update without the secret"),
        (502, 4, "look at the reverse proxy"),
    ],
)
def test_something_else_at_our_address_is_found(
    address: Address, capsys: pytest.CaptureFixture[str], always: int, number: int, told: str
) -> None:
    address.always = always
    assert code() == number
    assert told in capsys.readouterr().out


def test_a_certificate_nobody_trusts_is_found(
    address: Address, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert code() == 4
    assert "certificate" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("webhook", "number", "told"),
    [
        ({"url": ""}, 5, "no address to send messages to"),
        ({"url": "https://elsewhere.example/hook"}, 5, "another address: elsewhere.example"),
        ({"last_error_date": 0, "last_error_message": "Connection refused"}, 7, "refused"),
    ],
)
def test_what_telegram_has_noted_is_told(
    address: Address,
    server: TelegramServer,
    capsys: pytest.CaptureFixture[str],
    webhook: Dict[str, Any],
    number: int,
    told: str,
) -> None:
    if "last_error_date" in webhook:
        webhook = {**webhook, "last_error_date": int(time.time()) - 60}
    server.webhook.update(webhook)
    assert code() == number
    assert told in capsys.readouterr().out


def test_a_failure_of_yesterday_is_history(address: Address, server: TelegramServer) -> None:
    yesterday = int(time.time()) - 86_400
    server.webhook.update(last_error_date=yesterday, last_error_message="Connection refused")
    assert code() == 0


def test_the_command_ends_with_the_number_and_shows_no_token(server: TelegramServer) -> None:
    server.refuse(5, 500)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "scripts/check_telegram.py"],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 3
    assert TOKEN not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
