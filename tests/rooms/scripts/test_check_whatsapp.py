"""`make check-whatsapp` says what is wrong, with a number for each kind, and shows no secret."""

import logging
import os
import ssl
import subprocess
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Dict, Iterator

import pytest

from scripts import check_whatsapp
from tests.conftest import ROOT
from tests.providers.whatsapp_parts import configure, server
from tests.providers.whatsapp_server import ACCOUNT, SENDER, TOKEN, WhatsAppServer, sign
from tests.rooms.scripts.test_check_telegram import make_certificate

__all__ = ["server"]


class Address:
    """What stands at our public address: answers as the channel does, or as told."""

    def __init__(self, certificate: Path) -> None:
        self.token = TOKEN
        self.always: int = 0
        self.when_signed: int = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                pairs = urllib.parse.parse_qsl(body, keep_blank_values=True)
                signed = sign(f"{outer.base}{self.path}", pairs, outer.token)
                is_signed = self.headers.get("X-Twilio-Signature") == signed
                usual = 204 if "/status" in self.path else 200
                answer = (outer.when_signed or usual) if is_signed else 403
                self.send_response(outer.always or answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.base = f"https://127.0.0.1:{self.http.server_port}"
        self.url = f"{self.base}/webhooks/whatsapp/webhook?clinic=1"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate") / "server.pem")


@pytest.fixture
def address(
    monkeypatch: pytest.MonkeyPatch, server: WhatsAppServer, certificate: Path
) -> Iterator[Address]:
    """Our public address, all of it as it should be."""
    address = Address(certificate)
    threading.Thread(target=address.http.serve_forever, args=(0.05,), daemon=True).start()
    configure(monkeypatch, TWILIO_API_URL=server.url, WHATSAPP_WEBHOOK_URL=address.url)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server.senders[0]["webhook"] = {"callback_url": f"{address.url}#rc=3&rp=all"}
    yield address
    logging.disable(logging.NOTSET)
    address.http.shutdown()
    address.http.server_close()


def code() -> Any:
    """Return what the check ends with."""
    try:
        return check_whatsapp.main()
    except SystemExit as ended:
        return ended.code


def test_all_is_well(address: Address, capsys: pytest.CaptureFixture[str]) -> None:
    assert code() == 0
    out = capsys.readouterr().out
    assert "All is well" in out and "online" in out and "go to this address" in out
    for secret in (TOKEN, SENDER[-10:], ACCOUNT):
        assert secret not in out


@pytest.mark.parametrize(
    ("values", "number", "told"),
    [
        ({"TWILIO_AUTH_TOKEN": ""}, 1, "TWILIO_AUTH_TOKEN is not set"),
        ({"WHATSAPP_FROM": "+15550100200"}, 1, "WHATSAPP_FROM must be"),
        ({"TWILIO_AUTH_TOKEN": "another-token"}, 2, "refuses TWILIO_ACCOUNT_SID or"),
        ({"TWILIO_ACCOUNT_SID": "AC" + "f" * 32}, 2, "refuses TWILIO_ACCOUNT_SID or"),
        ({"TWILIO_API_URL": "http://127.0.0.1:1"}, 3, "127.0.0.1) can't be reached"),
        ({"WHATSAPP_WEBHOOK_URL": "https://127.0.0.1:1/webhook"}, 4, "can't be reached from here"),
        ({"WHATSAPP_FROM": "whatsapp:+15559999999"}, 5, "isn't a WhatsApp sender"),
    ],
)
def test_a_wrong_setting_is_found(
    address: Address,
    server: WhatsAppServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    values: Dict[str, str],
    number: int,
    told: str,
) -> None:
    ours = {"TWILIO_API_URL": server.url, "WHATSAPP_WEBHOOK_URL": address.url}
    configure(monkeypatch, **{**ours, **values})
    assert code() == number
    out = capsys.readouterr().out
    assert told in out
    for secret in (TOKEN, "another-token", SENDER[-10:], "15559999999"):
        assert secret not in out


@pytest.mark.parametrize(
    ("always", "number", "told"),
    [
        (404, 4, "no WhatsApp channel is active there"),
        (200, 4, "answers 200"),
        (502, 4, "look at the reverse proxy"),
    ],
)
def test_something_else_at_our_address_is_found(
    address: Address, capsys: pytest.CaptureFixture[str], always: int, number: int, told: str
) -> None:
    address.always = always
    assert code() == number
    assert told in capsys.readouterr().out


def test_a_server_with_another_token_or_address_is_found(
    address: Address, capsys: pytest.CaptureFixture[str]
) -> None:
    address.token = "another token"
    assert code() == 6
    assert "another TWILIO_AUTH_TOKEN or WHATSAPP_WEBHOOK_URL" in capsys.readouterr().out


@pytest.mark.parametrize("status", [400, 503])
def test_a_server_that_does_not_take_what_is_signed_is_found(
    address: Address, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    address.when_signed = status
    assert code() == 4
    assert f"answers {status}" in capsys.readouterr().out


def test_a_certificate_nobody_trusts_is_found(
    address: Address, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert code() == 4
    assert "certificate" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "number", "told"),
    [
        ({"status": "OFFLINE"}, 5, "OFFLINE, not ONLINE"),
        ({"webhook": {"callback_url": "https://elsewhere.example/w"}}, 7, "(elsewhere.example)"),
        ({"webhook": None}, 0, "compare it in the console"),
    ],
)
def test_what_twilio_knows_of_the_sender_is_told(
    address: Address,
    server: WhatsAppServer,
    capsys: pytest.CaptureFixture[str],
    change: Dict[str, Any],
    number: int,
    told: str,
) -> None:
    server.senders[0].update(change)
    assert code() == number
    assert told in capsys.readouterr().out


def test_a_suspended_account_is_found(
    address: Address, server: WhatsAppServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.account["status"] = "suspended"
    assert code() == 2
    assert "suspended" in capsys.readouterr().out


def test_the_sandbox_needs_no_sender(
    address: Address,
    server: WhatsAppServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WHATSAPP_FROM", "whatsapp:+14155238886")
    server.senders.clear()
    assert code() == 0
    assert "sandbox" in capsys.readouterr().out


def test_the_command_ends_with_the_number_and_shows_no_token(server: WhatsAppServer) -> None:
    server.down = True
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "scripts/check_whatsapp.py"],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 3
    assert TOKEN not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
