"""A stand-in for Telegram's Bot API: speaks its HTTP, and refuses what the real one refuses.

https://core.telegram.org/bots/api. `test_telegram_server.py` has a client that others have written
talk to it.
"""

import json
import time
import urllib.parse
from collections import deque
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Deque, Dict, List

from tests.providers.stand_in import Message, StandIn
from tests.providers.telegram_rules import (
    RefusedError,
    check_chat_action,
    check_keyboard,
    check_text,
    check_webhook,
)

TOKEN = "123456789:AAtests-only-token_of_the_stand-in"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Clinic", "username": "spinraza_test_bot"}


@dataclass
class Trouble:
    """An answer that isn't the wanted one; `method` is empty for all methods."""

    status: int
    body: Dict[str, Any]
    method: str = ""


@dataclass
class Call:
    """A request as it came, with what was answered."""

    method: str
    parameters: Dict[str, Any]
    status: int = 0


@dataclass
class _Chat:
    type: str = "private"
    is_closed: str = ""  # why nothing can be sent there
    messages: List[Message] = field(default_factory=list)


class TelegramServer(StandIn):
    """The Bot API on a port of this machine; use it as a context manager."""

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        http = ThreadingHTTPServer(("127.0.0.1", port), _handler_of(self))
        http.daemon_threads = True
        super().__init__(http)
        self.token = token
        self.webhook: Dict[str, Any] = {"url": ""}
        self.calls: List[Call] = []
        self.queries: Dict[str, bool] = {}  # callback queries: whether they were answered
        self._chats: Dict[int, _Chat] = {}
        self._troubles: Deque[Trouble] = deque()
        self._next_id = 1

    # What a test says.

    def chat(self, number: int, kind: str = "private", closed: str = "") -> None:
        """Let the bot know a chat; `closed` is why it can't send there any more."""
        with self._news:
            chat = self._chats.setdefault(number, _Chat())
            chat.type, chat.is_closed = kind, closed

    def refuse(self, times: int, status: int, method: str = "", retry_after: int = 0) -> None:
        """Answer the next requests (of one method) with an error."""
        body: Dict[str, Any] = {"ok": False, "error_code": status, "description": "Bad Gateway"}
        if status == 429:
            body["description"] = f"Too Many Requests: retry after {retry_after}"
            body["parameters"] = {"retry_after": retry_after}
        with self._news:
            self._troubles.extend([Trouble(status, body, method)] * times)

    def messages(self, chat: int) -> List[Message]:
        """Return what the bot sent to a chat, in order."""
        with self._news:
            return list(self._chats[chat].messages) if chat in self._chats else []

    def new_id(self) -> int:
        """Return a number for a message, an update or a query."""
        with self._news:
            self._next_id += 1
            return self._next_id

    # What a client asks.

    def answer(self, path: str, parameters: Dict[str, Any]) -> "tuple[int, Dict[str, Any]]":
        """Return status and body for a request."""
        method = path.rsplit("/", 1)[-1]
        call = Call(method, parameters)
        with self._news:
            self.calls.append(call)
            call.status, body = self._answer(path, method, parameters)
            self._news.notify_all()
        return call.status, body

    def _answer(
        self, path: str, method: str, parameters: Dict[str, Any]
    ) -> "tuple[int, Dict[str, Any]]":
        if self._is_down:
            return 502, {"ok": False, "error_code": 502, "description": "Bad Gateway"}
        trouble = next((t for t in self._troubles if t.method in ("", method)), None)
        if trouble:
            self._troubles.remove(trouble)
            return trouble.status, trouble.body
        known = {name.lower(): getattr(self, f"_{name}") for name in _METHODS}
        try:
            token = path.split("/")[1].removeprefix("bot")
            if ":" not in token:
                raise RefusedError(404, "Not Found")
            if token != self.token:
                raise RefusedError(401, "Unauthorized")
            if method.lower() not in known:
                raise RefusedError(404, "Not Found")
            return 200, {"ok": True, "result": known[method.lower()](parameters)}
        except RefusedError as refused:
            return refused.code, {
                "ok": False,
                "error_code": refused.code,
                "description": refused.description,
            }

    def _getMe(self, _: Dict[str, Any]) -> Any:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False}

    def _setWebhook(self, parameters: Dict[str, Any]) -> Any:
        url, secret, allowed = check_webhook(parameters)
        self.webhook = {"url": url, "secret": secret, "allowed_updates": allowed}
        return True

    def _deleteWebhook(self, _: Dict[str, Any]) -> Any:
        self.webhook = {"url": ""}
        return True

    def _getWebhookInfo(self, _: Dict[str, Any]) -> Any:
        told = {name: value for name, value in self.webhook.items() if name != "secret"}
        if not told.get("allowed_updates"):
            told.pop("allowed_updates", None)  # all kinds: the field is left out
        return {"has_custom_certificate": False, "pending_update_count": 0, **told}

    def _sendMessage(self, parameters: Dict[str, Any]) -> Any:
        number, chat = self._open_chat(parameters)
        text, entities = check_text(parameters)
        markup = check_keyboard(parameters.get("reply_markup"))
        message: Message = {
            "message_id": self.new_id(),
            "from": BOT,
            "chat": {"id": number, "type": chat.type, "first_name": "Visitor"},
            "date": int(time.time()),
            "text": text,
        }
        if entities:
            message["entities"] = entities
        if markup:
            message["reply_markup"] = markup
        chat.messages.append(message)
        self.sent.append(message)
        return message

    def _sendChatAction(self, parameters: Dict[str, Any]) -> Any:
        self._open_chat(parameters)
        check_chat_action(parameters)
        return True

    def _answerCallbackQuery(self, parameters: Dict[str, Any]) -> Any:
        query = str(parameters.get("callback_query_id") or "")
        if query not in self.queries:
            expired = "query is too old and response timeout expired or query ID is invalid"
            raise RefusedError(400, f"Bad Request: {expired}")
        self.queries[query] = True
        return True

    def _open_chat(self, parameters: Dict[str, Any]) -> "tuple[int, _Chat]":
        given = parameters.get("chat_id")
        if given in (None, ""):
            raise RefusedError(400, "Bad Request: chat_id is empty")
        if not str(given).lstrip("-").isdecimal() or int(str(given)) not in self._chats:
            raise RefusedError(400, "Bad Request: chat not found")
        chat = self._chats[int(str(given))]
        if chat.is_closed:
            raise RefusedError(403, f"Forbidden: {chat.is_closed}")
        return int(str(given)), chat


_METHODS = (
    "getMe",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendChatAction",
    "answerCallbackQuery",
)


def _handler_of(server: TelegramServer) -> type:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(_parameters(self.headers, self.rfile.read(length)))

        def do_GET(self) -> None:
            self._answer({})

        def _answer(self, parameters: Dict[str, Any]) -> None:
            address = urllib.parse.urlsplit(self.path)
            parameters.update(urllib.parse.parse_qsl(address.query))
            status, body = server.answer(urllib.parse.unquote(address.path), parameters)
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _parameters(headers: Any, body: bytes) -> Dict[str, Any]:
    """Return the parameters of a request, in any of the three ways the real one takes."""
    kind = str(headers.get("Content-Type") or "")
    if kind.startswith("application/json"):
        return dict(json.loads(body or b"{}"))
    if kind.startswith("multipart/form-data"):
        whole = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        return {
            str(part.get_param("name", header="content-disposition")): bytes(
                part.get_payload(decode=True)  # type: ignore[arg-type]
            ).decode()
            for part in whole.get_payload()  # type: ignore[union-attr]
        }
    return dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
