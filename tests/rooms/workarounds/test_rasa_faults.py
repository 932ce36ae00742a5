"""Each fault of Rasa that is mended stays mended."""

import asyncio
import io
import logging
import sys
from typing import Any, Dict

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sanic.response import json as json_response

from scripts.processes import free_port

SECRET = "my phone is 555-0100"


def run_action(url: str) -> list:
    action = RemoteAction("action_x", EndpointConfig(url))
    tracker = DialogueStateTracker("a", [])
    nlg = TemplatedNaturalLanguageGenerator({})
    return asyncio.new_event_loop().run_until_complete(
        action.run(CollectingOutputChannel(), nlg, tracker, Domain.empty())
    )


def assert_says_unavailable(events: list) -> None:
    [event] = events
    assert event.data["custom"] == {"kind": "unavailable", "topic": None}
    assert "can't answer right now" in event.text


def test_an_action_server_that_is_down_is_told_to_the_visitor(
    caplog: pytest.LogCaptureFixture,
) -> None:
    events = run_action(f"http://127.0.0.1:{free_port()}/webhook")
    assert_says_unavailable(events)
    assert "Is the action server running" in caplog.text


@pytest.mark.parametrize("behaviour", ["hangs", "fails", "answers nonsense"])
def test_an_action_server_that_misbehaves_is_told_to_the_visitor(
    behaviour: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ACTION_TIMEOUT_SECONDS", "0.5")
    Sanic.test_mode = True
    app = Sanic(f"actions_{behaviour.replace(' ', '_')}", configure_logging=False)

    @app.post("/webhook")
    async def webhook(request: Any) -> Any:
        if behaviour == "hangs":
            await asyncio.get_event_loop().create_future()
        if behaviour == "fails":
            return json_response({"error": SECRET}, 500)
        return json_response({"events": SECRET})

    async def serve_and_run() -> list:
        port = free_port()
        server = await app.create_server(port=port, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        action = RemoteAction("action_x", EndpointConfig(f"http://127.0.0.1:{port}/webhook"))
        try:
            return await action.run(
                CollectingOutputChannel(),
                TemplatedNaturalLanguageGenerator({}),
                DialogueStateTracker("a", []),
                Domain.empty(),
            )
        finally:
            server.close()

    assert_says_unavailable(asyncio.new_event_loop().run_until_complete(serve_and_run()))
    assert SECRET not in caplog.text


def test_action_results_are_still_checked() -> None:
    action = RemoteAction("action_x", None)
    good: Dict[str, Any] = {"events": [], "responses": [{"text": "x"}]}
    assert action._validate_action_result(good)
    with pytest.raises(ValidationError):
        action._validate_action_result({"events": "none"})


def test_local_variables_stay_out_of_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    import structlog
    from rasa.utils.log_utils import configure_structlog

    output = io.StringIO()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    configure_structlog(logging.ERROR)
    handler = logging.StreamHandler(output)
    logging.getLogger().addHandler(handler)
    try:
        text = SECRET
        try:
            raise RuntimeError(f"of {len(text)} characters")
        except RuntimeError:
            structlog.get_logger().exception("something.failed")
    finally:
        logging.getLogger().removeHandler(handler)
    assert "something.failed" in output.getvalue()
    assert "RuntimeError" in output.getvalue()
    assert SECRET not in output.getvalue()


def test_the_shell_shows_choices_beside_a_free_prompt(capsys: pytest.CaptureFixture) -> None:
    from rasa.core.channels import console

    message = {
        "text": "quote",
        "buttons": [{"title": "Kidneys", "payload": "What about kidneys?"}],
        "custom": {"kind": "answer", "topic": "bleeding", "sources": [{"quote": "long"}]},
    }
    assert console._print_bot_output(message, is_latest_message=True) is None
    printed = capsys.readouterr().out
    assert "1) Kidneys" in printed
    assert "[answer bleeding]" in printed
    assert "sources" not in printed


@pytest.mark.parametrize(
    ("typed", "sent"), [("1", "What about kidneys?"), ("2", "2"), (" hi ", "hi")]
)
def test_a_number_picks_a_choice(
    typed: str, sent: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    from rasa.core.channels import console

    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n{typed}\n"))
    message = {"buttons": [{"title": "Kidneys", "payload": "What about kidneys?"}]}
    ask = console._get_user_input
    assert asyncio.new_event_loop().run_until_complete(ask(message)) == sent
    assert asyncio.new_event_loop().run_until_complete(ask(None)) == typed.strip()
    assert asyncio.new_event_loop().run_until_complete(ask(None)) is None  # the end leaves
