"""A stand-in for Twilio: takes WhatsApp messages over its REST API, and refuses what it refuses.

https://www.twilio.com/docs/messaging/api/message-resource. `test_whatsapp_server.py` has Twilio's
own client for JavaScript talk to it.
"""

import base64
import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Deque, Dict, List, Optional, Tuple

from tests.providers.stand_in import Message, StandIn
from tests.providers.whatsapp_rules import RefusedError, check_addresses, content_of

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "tests-only-auth-token-of-the-stand-in"
SENDER = "whatsapp:+15550100200"
THREE, TWO, ONE = ("HX" + digit * 32 for digit in "321")  # templates with so many buttons
_WINDOW_SECONDS = 24 * 3600.0

Answer = Tuple[int, Dict[str, Any], Dict[str, str]]  # status, body, headers


def template(buttons: int) -> Dict[str, Any]:
    """Return the clinic's template, as deploy/whatsapp.md has it made."""
    actions = [{"id": str(n), "title": f"{{{{{n + 1}}}}}"} for n in range(1, buttons + 1)]
    return {"body": "{{1}}", "actions": actions}


def sign(url: str, pairs: List[Tuple[str, str]], token: str = TOKEN) -> str:
    """Return Twilio's signature of a form; a name that comes several times has all its values."""
    names: Dict[str, List[str]] = {}
    for name, value in pairs:
        names.setdefault(name, []).append(value)
    signed = url + "".join(
        name + value for name in sorted(names) for value in sorted(set(names[name]))
    )
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


@dataclass
class Call:
    """A request as it came, with what was answered (0: the connection was broken)."""

    method: str
    path: str
    fields: Dict[str, str]
    status: int = 0


@dataclass
class Trouble:
    """What happens to the next request to send a message."""

    status: int = 0  # 0: the connection breaks
    code: int = 0
    takes: bool = False  # the message is taken all the same
    headers: Dict[str, str] = field(default_factory=dict)


class WhatsAppServer(StandIn):
    """Twilio's API on a port of this machine; use it as a context manager."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__(_Http(("127.0.0.1", 0), _handler_of(self)))
        self.token = token
        self.account: Dict[str, Any] = {"sid": ACCOUNT, "status": "active"}
        self.senders: List[Dict[str, Any]] = [{"sender_id": SENDER, "status": "ONLINE"}]
        self.templates = {THREE: template(3), TWO: template(2), ONE: template(1)}
        self.calls: List[Call] = []
        self.statuses: List[int] = []  # what our status webhook answered
        self.public: Optional[Tuple[str, str]] = None  # an address in callbacks, and where it is
        self.is_slow_to_list = False
        self._wrote_at: Dict[str, float] = {}  # visitors, and when they wrote last
        self._troubles: Deque[Trouble] = deque()
        self._next_id = 0

    # What a test says.

    def wrote(self, visitor: str, seconds_ago: float = 0.0) -> None:
        """Open WhatsApp's window of 24 hours: a visitor has written."""
        with self._news:
            self._wrote_at[visitor] = time.time() - seconds_ago

    def refuse(self, times: int, status: int, code: int = 0, retry_after: str = "") -> None:
        """Answer the next requests to send with an error."""
        headers = {"Retry-After": retry_after} if retry_after else {}
        with self._news:
            self._troubles.extend([Trouble(status, code, headers=headers)] * times)

    def break_connection(self, times: int, takes: bool, status: int = 0) -> None:
        """Take the next messages or don't, and then break off (or answer with a server's error)."""
        with self._news:
            self._troubles.extend([Trouble(status, takes=takes)] * times)

    def messages(self, visitor: str) -> List[Message]:
        """Return what was sent to a visitor, in order."""
        with self._news:
            return [message for message in self.sent if message["to"] == visitor]

    def new_sid(self, kind: str = "SM") -> str:
        """Return an id that nothing else has."""
        with self._news:
            self._next_id += 1
            return f"{kind}{self._next_id:032x}"

    # What a client asks.

    def answer(
        self, method: str, path: str, fields: Dict[str, str], login: str
    ) -> Optional[Answer]:
        """Return what is answered to a request; None: break the connection."""
        call = Call(method, path, fields)
        with self._news:
            self.calls.append(call)
            answer = self._answer(call, login)
            call.status = answer[0] if answer else 0
            self._news.notify_all()
        return answer

    def _answer(self, call: Call, login: str) -> Optional[Answer]:
        if self._is_down:
            return 503, {"code": 20503, "message": "Service Unavailable", "status": 503}, {}
        expected = base64.b64encode(f"{ACCOUNT}:{self.token}".encode()).decode()
        try:
            if login != f"Basic {expected}":
                raise RefusedError(401, 20003, "Authenticate")
            return self._known(call)
        except RefusedError as refused:
            return refused.status, refused.body, {}

    def _known(self, call: Call) -> Optional[Answer]:
        account = f"/2010-04-01/Accounts/{ACCOUNT}"
        if (call.method, call.path) == ("POST", f"{account}/Messages.json"):
            return self._send(call.fields)
        if (call.method, call.path) == ("GET", f"{account}/Messages.json"):
            return 200, {"messages": self._list(call.fields)}, {}
        if (call.method, call.path) == ("GET", f"{account}.json"):
            return 200, self.account, {}
        if (call.method, call.path) == ("GET", "/v2/Channels/Senders"):
            return 200, {"senders": self.senders, "meta": {"next_page_url": None}}, {}
        raise RefusedError(404, 20404, f"The requested resource {call.path} was not found")

    def _send(self, fields: Dict[str, str]) -> Optional[Answer]:
        trouble = self._troubles.popleft() if self._troubles else None
        if trouble and not trouble.takes:
            error = {"code": trouble.code, "message": "refused", "status": trouble.status}
            body = error if trouble.code else {}
            return (trouble.status, body, trouble.headers) if trouble.status else None
        check_addresses(fields, SENDER)
        body, buttons, fails = content_of(fields, self.templates)
        to = fields["To"]
        if time.time() - self._wrote_at.get(to, 0.0) > _WINDOW_SECONDS:
            fails = fails or "63016"
        message: Message = {
            "sid": self.new_sid(),
            "account_sid": ACCOUNT,
            "to": to,
            "from": fields["From"],
            "body": body,
            "status": "queued",
            "direction": "outbound-api",
            "error_code": None,
            "date_created": formatdate(usegmt=True),
            "buttons": buttons,
        }
        told = {key: value for key, value in message.items() if key != "buttons"}
        if fails:
            message["failed"] = fails
        self.sent.append(message)
        if self.public and fields.get("StatusCallback"):
            self._tell_later(message, fields["StatusCallback"], fails)
        if trouble:
            return (trouble.status, {}, {}) if trouble.status else None
        return 201, told, {}

    def _list(self, fields: Dict[str, str]) -> List[Message]:
        if self.is_slow_to_list:
            return []
        wanted = {"to": fields.get("To"), "from": fields.get("From")}
        found = [
            {key: value for key, value in message.items() if key not in ("buttons", "failed")}
            for message in reversed(self.sent)
            if all(value in (None, message[key]) for key, value in wanted.items())
        ]
        return found[: int(fields.get("PageSize") or 50)]

    # What Twilio tells our status webhook.

    def _tell_later(self, message: Message, callback: str, fails: str) -> None:
        threading.Thread(target=self._tell, args=(message, callback, fails), daemon=True).start()

    def _tell(self, message: Message, callback: str, fails: str) -> None:
        statuses = ["undelivered"] if fails else ["sent", "delivered"]
        for status in statuses:
            pairs = status_pairs(message, status, fails)
            assert self.public
            address = callback.replace(*self.public)
            answered = post(address, pairs, sign(callback, pairs, self.token))
            with self._news:
                self.statuses.append(answered)
                self._news.notify_all()


def status_pairs(message: Message, status: str, code: str = "") -> List[Tuple[str, str]]:
    """Return the parameters with which Twilio tells what became of a message."""
    pairs = {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "ChannelPrefix": "whatsapp",
        "From": SENDER,
        "MessageSid": message["sid"],
        "MessageStatus": status,
        "SmsSid": message["sid"],
        "SmsStatus": status,
        "To": message["to"],
    }
    if code:
        pairs["ErrorCode"] = code
        pairs["ChannelStatusMessage"] = f"not delivered to {message['to']}"
    return list(pairs.items())


def post(url: str, pairs: List[Tuple[str, str]], signature: Optional[str], **more: str) -> int:
    """Post a form as Twilio does, and return the status (0: nobody answers)."""
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", **more}
    if signature is not None:
        headers["X-Twilio-Signature"] = signature
    body = urllib.parse.urlencode(pairs).encode()
    request = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def _handler_of(server: WhatsAppServer) -> type:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(self.rfile.read(length).decode())

        def do_GET(self) -> None:
            self._answer("")

        def _answer(self, body: str) -> None:
            address = urllib.parse.urlsplit(self.path)
            fields = dict(urllib.parse.parse_qsl(body or address.query, keep_blank_values=True))
            login = self.headers.get("Authorization", "")
            answer = server.answer(self.command, address.path, fields, login)
            if answer is None:
                self.close_connection = True
                return
            content = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            for name, value in answer[2].items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
