"""The REST channel: for scripts, staff and tests, on this machine only.

POST /webhooks/rest/webhook with {"sender": "<conversation>", "message": "<text>"} returns a list of
replies, each {"recipient_id", "text", "buttons", "custom"}; `custom` is the outcome of the turn
(see actions/reply.py). Whoever knows a conversation's name can continue it, so bind it to loopback.
"""

import logging
import uuid
from typing import Any, Awaitable, Callable, Dict, List

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, json

import texts
from channels.guard import defuse, is_too_long

logger = logging.getLogger(__name__)

Reply = Dict[str, Any]


class CollectedReplies(OutputChannel):
    """Keeps the bot's replies whole: text, buttons and outcome in one, not split at blank lines."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def __init__(self) -> None:
        self.replies: List[Reply] = []

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        self.replies.append({"recipient_id": recipient_id, **kept})


class RestChannel(InputChannel):
    """Answers every message, whatever is down behind it."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("rest_channel", __name__)

        @blueprint.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                body = request.json
            except InvalidUsage:
                body = None
            if not isinstance(body, dict):
                return json({"error": 'expected JSON: {"sender": "...", "message": "..."}'}, 400)
            sender = body.get("sender")
            if not isinstance(sender, str) or not sender.strip():
                # Not one conversation shared by all who forget to say who they are.
                sender = uuid.uuid4().hex
            text = body.get("message")
            return json(
                await self._answer(sender, text if isinstance(text, str) else "", on_new_message)
            )

        return blueprint

    async def _answer(
        self, sender: str, text: str, on_new_message: Callable[[UserMessage], Awaitable[Any]]
    ) -> List[Reply]:
        if is_too_long(text):
            outcome = {"kind": "unclear", "topic": "message_too_long"}
            return [_reply(sender, texts.text("message_too_long"), outcome)]
        collected = CollectedReplies()
        try:
            await on_new_message(
                UserMessage(defuse(text), collected, sender, input_channel=self.name())
            )
        except Exception as error:  # whatever it was, the visitor gets a reply
            logger.error("A message could not be handled: %s", type(error).__name__)
        return collected.replies or [
            _reply(sender, texts.unavailable(), {"kind": "unavailable", "topic": None})
        ]


def _reply(sender: str, text: str, outcome: Dict[str, Any]) -> Reply:
    return {"recipient_id": sender, "text": text, "custom": outcome}
