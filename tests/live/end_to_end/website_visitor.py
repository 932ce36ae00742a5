"""A visitor of the website's channel, as the widget talks to it, on the library's own client."""

import queue
import uuid
from typing import Any, Dict, List, Optional

import socketio

SECONDS = 30.0

Event = Dict[str, Any]


class WebsiteVisitor:
    """A browser tab."""

    def __init__(
        self, url: str, token: Any = None, language: str = "en", origin: Optional[str] = None
    ) -> None:
        self._url, self._token, self._language = url, token, language
        self._client = socketio.Client(
            reconnection=False, websocket_extra_options={"origin": origin or url}
        )
        self._events: queue.Queue[Event] = queue.Queue()
        self._restarted: queue.Queue[Event] = queue.Queue()
        self._sessions: queue.Queue[Event] = queue.Queue()
        self._client.on("session", self._sessions.put)
        self._client.on("entries", self._events.put)
        self._client.on("restarted", self._restarted.put)
        self._client.on("connect_error", self._refused)
        self.session: Event = {}
        self.refusal: Any = None

    def _refused(self, data: Any) -> None:
        self.refusal = data

    def connect(self) -> "WebsiteVisitor":
        """Connect; raises socketio's ConnectionError when refused."""
        self._client.connect(
            self._url,
            auth={"token": self._token, "language": self._language},
            transports=["websocket"],
            socketio_path="/webhooks/website/socket.io",
        )
        self.session = self._sessions.get(timeout=SECONDS)
        return self

    @property
    def token(self) -> str:
        return str(self.session["token"])

    def close(self) -> None:
        self._client.disconnect()

    def call(self, event: str, data: Any = None) -> Event:
        """Send an event and return its acknowledgement."""
        return dict(self._client.call(event, data, timeout=SECONDS))

    def send(self, text: str, name: Optional[str] = None) -> Event:
        """Send a message and return its acknowledgement."""
        data = {"id": name or str(uuid.uuid4()), "text": text, "language": self._language}
        return self.call("message", data)

    def next(self) -> Event:
        """Return the next entries that come."""
        return self._events.get(timeout=SECONDS)

    def ask(self, text: str) -> Event:
        """Send a message and return the reply's entry."""
        name = str(uuid.uuid4())
        assert self.send(text, name) == {"ok": True}
        return self.reply_to(name)

    def fill(self, **fill: Any) -> Event:
        """Send fields and return the reply's entry."""
        name = str(uuid.uuid4())
        assert self.call("fill", {"id": name, "language": self._language, **fill}) == {"ok": True}
        return self.reply_to(name)

    def reply_to(self, name: str) -> Event:
        """Return the one reply to the message `name`."""
        [entry] = self.event_for(name)["entries"]
        return dict(entry)

    def event_for(self, name: str) -> Event:
        """Return the event that brings the replies to the message `name`."""
        while True:
            event = self.next()
            if event["to"] == name and event["entries"][0]["from"] == "bot":
                return event

    def restarted(self) -> str:
        """Return the token of the new conversation."""
        return str(self._restarted.get(timeout=SECONDS)["token"])

    def unread(self) -> List[Event]:
        """Return what came and wasn't looked at."""
        return [self._events.get_nowait() for _ in range(self._events.qsize())]
