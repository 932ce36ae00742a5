"""What the website's channel serves over HTTP: the widget, what it needs to start, and health."""

import asyncio
import logging
import uuid
from pathlib import Path
from typing import Any, Dict, List, Tuple
from urllib.parse import urlsplit

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, html, json, raw
from socketio import AsyncServer

import settings
import texts
from channels.turns.answering import answer
from channels.website import demo_page
from channels.website.form import form_of
from storage.errors import StorageError
from storage.rasa_events import erase_events

logger = logging.getLogger(__name__)

WIDGET = settings.ROOT / "widget" / "dist" / "widget.js"
_CANARY = "What is Spinraza?"
_CANARY_SECONDS = 10.0
_ORIGIN = {"Access-Control-Allow-Origin": "*"}  # nothing here is anybody's secret


class SocketBlueprint(Blueprint):
    """Routes that bring the socket server with them."""

    def __init__(self, sio: AsyncServer, path: str) -> None:
        super().__init__("website_channel")
        self.ctx.sio, self.ctx.path = sio, path

    def register(self, app: Sanic, options: Dict[str, Any]) -> None:
        """Attach the socket server to the application as well, and the page at `/`."""
        self.ctx.sio.attach(app, self.ctx.path)
        app.register_middleware(_demonstration, "request")
        super().register(app, options)


def blueprint(sio: AsyncServer, path: str) -> SocketBlueprint:
    """Return the channel's routes."""
    pages = SocketBlueprint(sio, path)
    pages.add_route(_widget, "/widget.js", methods=["GET"])
    pages.add_route(_setup, "/setup", methods=["GET"])
    pages.add_route(_health, "/health", methods=["GET"])
    pages.add_route(_ready, "/ready", methods=["GET"])
    return pages


async def _demonstration(request: Request) -> Any:
    """Answer `/`, which Rasa would greet with its version, with the clinic's page."""
    if request.path == "/" and request.method == "GET":
        return html(demo_page.page(), headers=demo_page.HEADERS)
    return None


async def _widget(request: Request) -> HTTPResponse:
    if not WIDGET.is_file():
        return json({"error": "the widget isn't built: run `make widget`"}, 404)
    content = await asyncio.to_thread(Path.read_bytes, WIDGET)
    headers = {**_ORIGIN, "Cache-Control": "public, max-age=300"}
    return raw(content, content_type="text/javascript; charset=utf-8", headers=headers)


async def _setup(request: Request) -> HTTPResponse:
    wanted = request.args.get("language", "")
    language = wanted if wanted.isalpha() and texts.is_spoken(wanted) else texts.ENGLISH
    setup = {
        "language": language,
        "languages": [
            {"code": code, "name": texts.text("language_name", code)} for code in texts.languages()
        ],
        "direction": texts.text("direction", language),
        "texts": texts.starting_with("widget_", language),
        "page_url": settings.page_url(),
        "links": list(_link_origins()),
        "form": form_of(language),
    }
    return json(setup, headers=_ORIGIN)


def _link_origins() -> Tuple[str, ...]:
    """Return the origins that replies may link to: the clinic's page and form, and others set."""
    urls = (settings.page_url(), settings.consultation_form_url())
    own = (f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, urls) if parts.netloc)
    return tuple(dict.fromkeys((*own, *settings.link_origins())))


async def _health(request: Request) -> HTTPResponse:
    return json({"status": "ok"})


async def _ready(request: Request) -> HTTPResponse:
    """Ask the bot a question: a server may listen and yet answer nothing."""
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        return _not_ready("no model is loaded")
    conversation = f"canary-{uuid.uuid4().hex}"
    try:
        replies = await asyncio.wait_for(
            answer(agent.handle_message, conversation, _CANARY, "canary"), _CANARY_SECONDS
        )
        await asyncio.to_thread(erase_events, [conversation])
    except (asyncio.TimeoutError, StorageError) as error:
        return _not_ready(f"the canary question failed: {type(error).__name__}")
    kinds: List[Any] = [(reply.get("custom") or {}).get("kind") for reply in replies]
    if kinds != ["answer"]:
        return _not_ready(f"the canary question wasn't answered but got {kinds}")
    return json({"status": "ready"})


def _not_ready(reason: str) -> HTTPResponse:
    logger.error("not ready: %s", reason)
    return json({"status": "not ready", "reason": reason}, 503)
