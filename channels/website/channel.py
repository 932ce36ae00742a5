"""The website's channel: the chat widget talks to it over Socket.IO (widget/PROTOCOL.md).

Rasa's stock channel never answers with the socket library it comes with, lets anyone who knows a
conversation's name listen to it, and accepts every Origin. Here the server issues signed tokens,
messages are kept before they are acknowledged, and replies go to the conversation's holder only.
"""

import asyncio
import logging
import time
from typing import Any, Dict, List, Optional
from urllib.parse import urlsplit

from rasa.core.channels.channel import InputChannel
from sanic import Sanic
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as RefusedError

import settings
import texts
from channels import feedback, identity
from channels.limits import RateLimit
from channels.turns import history
from channels.turns.answering import BotMessage, Handler
from channels.turns.guard import is_emergency, is_too_long
from channels.turns.inbox import Inbox, Incoming, Unfinished
from channels.turns.pressed import pressed
from channels.turns.queue import TurnQueue
from channels.turns.rasa import Rasa
from channels.website import pages as website_pages
from channels.website.events import Refused, fill_in, message_in
from channels.website.visitors import Connections, address_of
from knowledge.payload import REQUEST_CONSULTATION, Payload
from storage.errors import StorageError

logger = logging.getLogger(__name__)

NAME = "website"
PATH = "/webhooks/website/socket.io"
_MINUTE = 60.0
# Everybody comes back at once after a restart; nobody needs a new connection every second.
_CONNECTS_A_MINUTE = 10  # for each connection that an address may hold
_OTHER_EVENTS_A_MINUTE = 30  # feedback and restarts of one conversation
_LARGEST_PACKET = 100_000  # bytes; a message of 4,000 characters is 16,000 at most

Acknowledgement = Dict[str, Any]


class WebsiteChannel(InputChannel):
    """Gives every visitor of the website a conversation of their own."""

    @classmethod
    def name(cls) -> str:
        return NAME

    def blueprint(self, on_new_message: Handler) -> Any:
        return Website(on_new_message).blueprint()


class Website:
    """The channel's sockets, and what is said over them."""

    def __init__(self, handler: Handler, inbox: Optional[Inbox] = None) -> None:
        self._rasa = Rasa(handler)
        self._inbox = inbox or Inbox()
        self._queue = TurnQueue(NAME, self._inbox, self._answer, self._deliver)
        self._messages = RateLimit(settings.messages_per_minute(), _MINUTE)
        self._connections = Connections(settings.connections_per_address())
        self._connects = RateLimit(_CONNECTS_A_MINUTE * settings.connections_per_address(), _MINUTE)
        self._other_events = RateLimit(_OTHER_EVENTS_A_MINUTE, _MINUTE)
        self.sio = AsyncServer(
            async_mode="sanic",
            cors_allowed_origins=_is_allowed,
            max_http_buffer_size=_LARGEST_PACKET,
            logger=False,
            engineio_logger=False,
        )
        for event in (self.connect, self.disconnect, self.message, self.fill):
            self.sio.on(event.__name__, event)
        self.sio.on("feedback", self.take_feedback)
        self.sio.on("restart", self.restart)

    def blueprint(self) -> Any:
        """Return what serves the widget and its sockets."""
        pages = website_pages.blueprint(self.sio, PATH)
        pages.listener("after_server_start")(self._start)
        return pages

    async def _start(self, app: Sanic, _: Any) -> None:
        self._rasa.attach(app)
        await self._queue.resume()

    # What comes in.

    async def connect(self, sid: str, environ: Dict[str, Any], auth: Any = None) -> None:
        """Let a visitor in: to their conversation, or to a new one."""
        auth = auth if isinstance(auth, dict) else {}
        language = _language(auth.get("language"))
        address = address_of(environ)
        is_rushed = self._connects.wait_seconds(address, time.monotonic()) > 0
        if is_rushed or not self._connections.enter(sid, address):
            words = texts.text("too_many_connections", language)
            raise _refusal(words, 60)
        token = auth.get("token")
        holder = identity.holder_of(token)
        if holder is None:
            token = identity.new_token()
            holder = identity.holder_of(token)
        assert holder is not None
        conversation = identity.conversation_of(NAME, holder)
        try:
            session = await self._session(conversation)
        except StorageError as error:
            logger.error("website: a conversation can't be opened: %s", error)
            self._connections.leave(sid)
            raise _refusal(texts.unavailable(language), 10) from None
        is_new = not session["entries"]
        await self.sio.save_session(
            sid, {"conversation": conversation, "language": None if is_new else language}
        )
        await self.sio.enter_room(sid, conversation)
        await self.sio.emit("session", {"token": token, **session}, to=sid)

    async def disconnect(self, sid: str, *_: Any) -> None:
        """Forget a connection."""
        self._connections.leave(sid)

    async def message(self, sid: str, data: Any = None) -> Acknowledgement:
        """Take what a visitor typed or pressed."""
        try:
            incoming = message_in(data)
        except Refused as refused:
            return refused.answer()
        language = _language(incoming.language)
        if is_too_long(incoming.text):
            words = texts.text("message_too_long", language)
            return {"ok": False, "code": "too_long", "text": words}
        taken = await self._take(sid, incoming.id, incoming.text, language, {})
        if taken.pop("new", False):
            button = pressed(incoming.text)
            shown = button.title if button else incoming.text
            entry = history.visitor_entry(incoming.id, shown, time.time())
            session = await self.sio.get_session(sid)
            echo = {"to": incoming.id, "entries": [entry]}
            await self.sio.emit("entries", echo, room=session["conversation"], skip_sid=sid)
        return taken

    async def fill(self, sid: str, data: Any = None) -> Acknowledgement:
        """Take fields of the consultation form."""
        try:
            incoming = fill_in(data)
        except Refused as refused:
            return refused.answer()
        language = _language(incoming.language)
        session = await self.sio.get_session(sid)
        urgent = next(filter(is_emergency, incoming.fill["values"].values()), None)
        is_news = urgent is not None and urgent != session.get("urgent")
        if urgent and is_news:
            # Answered first, as if it had been typed. Who means it for the clinic sends it again.
            words, metadata = urgent, {}
        else:
            words = str(Payload(REQUEST_CONSULTATION, language))
            metadata = {"fill": incoming.fill}
        taken = await self._take(sid, incoming.id, words, language, metadata, filled=True)
        taken.pop("new", None)
        if is_news and taken["ok"]:
            session = await self.sio.get_session(sid)
            await self.sio.save_session(sid, {**session, "urgent": urgent})
        return taken

    async def take_feedback(self, sid: str, data: Any = None) -> Acknowledgement:
        """Keep what a visitor thinks of an answer; of the answer only what it was about."""
        session = await self.sio.get_session(sid)
        if self._is_too_much(session):
            return {"ok": False}
        data = data if isinstance(data, dict) else {}
        events = await self._rasa.events(session["conversation"])
        entries = history.entries_of(events)
        outcome = next((e["outcome"] for e in entries if e["id"] == data.get("entry")), None)
        if outcome is None or data.get("value") not in feedback.VALUES:
            return {"ok": False}
        try:
            key = f"{session['conversation']}/{data['entry']}"
            await asyncio.to_thread(feedback.keep, key, data["value"], outcome)
        except StorageError as error:
            logger.error("website: feedback can't be kept: %s", error)
            return {"ok": False}
        return {"ok": True}

    async def restart(self, sid: str, _: Any = None) -> Acknowledgement:
        """Give a visitor a new conversation, in all tabs of the old one."""
        session = await self.sio.get_session(sid)
        if self._is_too_much(session):
            return {"ok": False}
        token = {"token": identity.new_token()}
        await self.sio.emit("restarted", token, room=session["conversation"])
        return {"ok": True}

    def _is_too_much(self, session: Dict[str, Any]) -> bool:
        return self._other_events.wait_seconds(session["conversation"], time.monotonic()) > 0

    async def _take(
        self,
        sid: str,
        message_id: str,
        text: str,
        language: str,
        metadata: Dict[str, Any],
        filled: bool = False,
    ) -> Acknowledgement:
        session = await self.sio.get_session(sid)
        conversation = session["conversation"]
        wait = self._messages.wait_seconds(conversation, time.monotonic())
        if wait > 0 and not is_emergency(text):
            seconds = int(wait) + 1
            words = texts.text("too_many_messages", language, seconds=str(seconds))
            answer = {"ok": False, "code": "too_many", "text": words}
            return {**answer, "retry_after_seconds": seconds}
        if session["language"] != language:
            # Chosen by the visitor; later the words they write speak for themselves.
            metadata = {**metadata, "language": language}
            await self.sio.save_session(sid, {**session, "language": language})
        address = {"id": message_id, "filled": filled}
        unique = f"{conversation}.{message_id}"
        incoming = Incoming(NAME, unique, conversation, text, address, metadata)
        try:
            return {"ok": True, "new": await self._queue.take(incoming)}
        except StorageError as error:
            logger.error("website: a message can't be kept: %s", error)
            return {"ok": False, "code": "unavailable", "text": texts.unavailable(language)}

    # What goes out.

    async def _answer(self, message: Unfinished) -> List[BotMessage]:
        return await self._rasa.answer(message, str(message.incoming.address["id"]))

    async def _deliver(self, message: Unfinished, replies: List[BotMessage]) -> None:
        own_id = str(message.incoming.address["id"])
        entries = [
            history.entry_of(reply, own_id, number, time.time())
            for number, reply in enumerate(replies)
        ]
        tracker = await self._rasa.tracker(message.incoming.conversation)
        event: Dict[str, Any] = {"to": own_id, "entries": entries, "form": _has_form(tracker)}
        if message.incoming.address.get("filled"):
            event["filled"] = True
        await self.sio.emit("entries", event, room=message.incoming.conversation)

    async def _session(self, conversation: str) -> Dict[str, Any]:
        waiting = await asyncio.to_thread(self._inbox.waiting, conversation)
        tracker = await self._rasa.tracker(conversation)
        return {
            "entries": history.entries_of(tracker.events if tracker else ()),
            "waiting": [name.split(".", 1)[1] for name in waiting],
            "form": _has_form(tracker),
        }


def _has_form(tracker: Any) -> bool:
    """Say whether the consultation form is open."""
    return bool(tracker and tracker.active_loop_name)


def _refusal(words: str, seconds: int) -> RefusedError:
    """Return what keeps a visitor out for now; the widget reads its data."""
    return RefusedError(words, {"code": "busy", "text": words, "retry_after_seconds": seconds})


def _is_allowed(origin: str, environ: Dict[str, Any]) -> bool:
    """Say whether a page may talk to us: a configured site's, or the server's own."""
    own = urlsplit(origin).netloc == environ.get("HTTP_HOST")
    return own or origin in settings.website_origins()


def _language(wanted: object) -> str:
    """Return a language there are texts in."""
    return wanted if isinstance(wanted, str) and texts.is_spoken(wanted) else texts.ENGLISH
