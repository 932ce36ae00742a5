"""The REST channel answers every message with one whole reply, whatever happens behind it."""

import asyncio
import logging
from typing import Any, Awaitable, Callable, Dict, List

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.rest import RestChannel

Handler = Callable[[UserMessage], Awaitable[Any]]


class Server:
    """The channel on a bare Sanic application, with a stand-in for Rasa behind it."""

    def __init__(self, handler: Handler) -> None:
        self.seen: List[UserMessage] = []

        async def handle(message: UserMessage) -> None:
            self.seen.append(message)
            await handler(message)

        Sanic.test_mode = True
        self.app = Sanic(f"test_{id(self)}", configure_logging=False)
        self.app.blueprint(RestChannel().blueprint(handle), url_prefix="/webhooks/rest")

    def post(self, **kwargs: Any) -> Any:
        import httpx

        from scripts.processes import free_port

        async def call() -> httpx.Response:
            port = free_port()
            server = await self.app.create_server(
                host="127.0.0.1", port=port, return_asyncio_server=True, access_log=False
            )
            assert server is not None
            await server.startup()
            try:
                async with httpx.AsyncClient() as client:
                    return await client.post(
                        f"http://127.0.0.1:{port}/webhooks/rest/webhook", **kwargs
                    )
            finally:
                server.close()

        return asyncio.new_event_loop().run_until_complete(call())


async def answer(message: UserMessage) -> None:
    await message.output_channel.send_response(
        message.sender_id,
        {"text": "one\n\ntwo", "buttons": [{"title": "a"}], "custom": {"kind": "answer"}},
    )


async def say_nothing(message: UserMessage) -> None:
    pass


async def fail(message: UserMessage) -> None:
    raise RuntimeError(f"a secret: {message.text}")


def custom(response: Any) -> Dict[str, Any]:
    [reply] = response.json()
    return dict(reply["custom"])


@pytest.mark.parametrize("handler", [say_nothing, fail])
def test_there_is_always_a_reply(handler: Handler, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    response = Server(handler).post(json={"sender": "a", "message": "my phone is 555"})
    assert response.status_code == 200
    assert custom(response)["kind"] == "unavailable"
    assert "555" not in caplog.text


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'"x"', b"{", b"\xff\xfe"])
def test_what_is_not_a_message_is_refused_with_what_is_expected(body: bytes) -> None:
    server = Server(answer)
    response = server.post(content=body)
    assert response.status_code == 400
    assert "message" in response.json()["error"]
    assert server.seen == []


@pytest.mark.parametrize("message", [None, 5, ["x"], {"a": 1}, True])
def test_a_message_that_is_no_text_counts_as_empty(message: Any) -> None:
    server = Server(answer)
    response = server.post(json={"sender": "a", "message": message, "metadata": "x"})
    assert response.status_code == 200
    assert server.seen[0].text == ""
    assert not server.seen[0].metadata


def test_a_message_too_long_never_reaches_rasa() -> None:
    server = Server(answer)
    response = server.post(json={"sender": "a", "message": "x" * 10_000})
    assert custom(response) == {"kind": "unclear", "topic": "message_too_long"}
    assert server.seen == []


def test_commands_reach_rasa_as_words() -> None:
    server = Server(answer)
    server.post(json={"sender": "a", "message": "/restart"})
    assert server.seen[0].text == "restart"


def test_a_reply_is_one_whole() -> None:
    response = Server(answer).post(json={"sender": "a", "message": "hello"})
    assert response.json() == [
        {
            "recipient_id": "a",
            "text": "one\n\ntwo",
            "buttons": [{"title": "a"}],
            "custom": {"kind": "answer"},
        }
    ]


@pytest.mark.parametrize("sender", [None, "", "  ", 5])
def test_who_names_no_conversation_gets_one_of_their_own(sender: Any) -> None:
    server = Server(answer)
    for _ in range(1):
        server.post(json={"sender": sender, "message": "hello"})
    assert len(server.seen[0].sender_id) == 32
