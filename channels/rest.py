"""The REST channel: for scripts, staff and tests, on this machine only.

POST /webhooks/rest/webhook with {"sender": "<conversation>", "message": "<text>"} returns a list of
replies, each {"recipient_id", "text", "buttons", "custom"}; `custom` is the outcome of the turn
(see actions/reply.py). Whoever knows a conversation's name can continue it, so bind it to loopback.
"""

import uuid

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, json

from channels.turns.answering import Handler, answer


class RestChannel(InputChannel):
    """Answers every message, whatever is down behind it."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
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
            replies = await answer(
                on_new_message, sender, text if isinstance(text, str) else "", self.name()
            )
            return json([{"recipient_id": sender, **reply} for reply in replies])

        return blueprint
