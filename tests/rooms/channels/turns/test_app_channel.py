"""What every messaging app's channel owes, with an app that takes replies as it likes."""

import asyncio
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Awaitable, Callable, Dict, List, Optional

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from channels.turns.answering import BotMessage
from channels.turns.app_channel import AppChannel, PermanentError, TemporaryError
from channels.turns.inbox import Inbox

CHAT = {"chat": 7}


class App:
    """A provider: takes parts, unless its next answers are errors."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.taken: List[str] = []
        self.pauses: List[float] = []

    def parts(self, replies: List[BotMessage], address: Dict[str, Any]) -> List[Dict[str, Any]]:
        return [{"text": part} for reply in replies for part in reply["text"].split("|")]

    async def send(self, part: Dict[str, Any], address: Dict[str, Any]) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(part["text"])

    async def typing(self, address: Dict[str, Any]) -> None:
        """Nobody looks."""

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


class Rasa:
    """Says what it was told, in two parts."""

    def __init__(self) -> None:
        self.seen: List[UserMessage] = []

    async def __call__(self, message: UserMessage) -> None:
        self.seen.append(message)
        await message.output_channel.send_response(
            message.sender_id, {"text": f"{message.text}|!", "custom": {"kind": "answer"}}
        )


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    monkeypatch.setenv("CHANNELS_KEY", "a key of the tests")
    monkeypatch.setenv("MESSAGES_PER_MINUTE", "3")
    return Inbox(f"sqlite:///{tmp_path / 'channels.db'}")


def run(test: Callable[[], Awaitable[Any]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 30))  # type: ignore[arg-type]


def channel(app: App, rasa: Rasa, inbox: Inbox) -> AppChannel:
    return AppChannel("app", rasa, app, inbox, pause=app.pause)


def receive(
    app: App, rasa: Rasa, inbox: Inbox, *messages: str, metadata: Optional[Dict[str, Any]] = None
) -> None:
    async def test() -> None:
        app_channel = channel(app, rasa, inbox)
        for number, text in enumerate(messages):
            await app_channel.receive(f"m{number}", "4711", text, CHAT, metadata)
        await app_channel.queue.finish()

    run(test)


def test_a_provider_that_is_down_for_a_while_gets_everything_once(inbox: Inbox) -> None:
    app, rasa = App(*[TemporaryError("down")] * 9), Rasa()
    receive(app, rasa, inbox, "one", "two")
    assert app.taken == ["one", "!", "two", "!"]
    assert all(
        first / 2 <= pause <= first for first, pause in zip([1, 2, 4, 8], app.pauses, strict=False)
    )
    assert max(app.pauses) <= 60


def test_the_provider_says_how_long_to_wait(inbox: Inbox) -> None:
    app = App(TemporaryError("429", retry_after=120.0))
    receive(app, Rasa(), inbox, "one")
    assert app.pauses == [120.0]


def test_who_blocked_the_bot_gets_nothing_more_and_nothing_is_left(
    inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    app = App(PermanentError("blocked"))
    with caplog.at_level(logging.ERROR):
        receive(app, Rasa(), inbox, "one", "two")
    assert app.taken == ["two", "!"]
    assert inbox.unfinished("app") == []
    assert "blocked" in caplog.text and "4711" not in caplog.text


def test_rasa_sees_neither_the_apps_id_nor_a_command(inbox: Inbox) -> None:
    rasa = Rasa()
    receive(App(), rasa, inbox, "/restart", metadata={"phone": "+49"})
    (seen,) = rasa.seen
    assert "4711" not in seen.sender_id
    assert (seen.text, seen.message_id, seen.metadata) == ("restart", "m0", {"phone": "+49"})


def test_too_much_is_told_so_and_does_not_reach_rasa(inbox: Inbox) -> None:
    app, rasa = App(), Rasa()
    receive(app, rasa, inbox, "one", "two", "three", "four")
    assert len(rasa.seen) == 3
    assert "seconds" in app.taken[-1]


def test_an_emergency_passes_the_limit(inbox: Inbox) -> None:
    rasa = Rasa()
    receive(App(), rasa, inbox, "one", "two", "three", "He can't breathe")
    assert [message.text for message in rasa.seen][3:] == ["He can't breathe"]


def test_too_long_a_message_does_not_reach_rasa(inbox: Inbox) -> None:
    app, rasa = App(), Rasa()
    receive(app, rasa, inbox, "x" * 4001)
    assert rasa.seen == []
    assert "too long" in app.taken[0]


def test_the_same_message_is_answered_once(inbox: Inbox) -> None:
    app, rasa = App(), Rasa()
    receive(app, rasa, inbox, "one")
    receive(app, rasa, inbox, "one")
    assert app.taken == ["one", "!"]


def test_after_a_crash_between_two_parts_only_the_second_is_sent(inbox: Inbox) -> None:
    app, rasa = App(), Rasa()

    async def test() -> None:
        from channels.turns.inbox import Incoming

        taken = inbox.take(Incoming("app", "m0", "app-x", "one", CHAT))
        assert taken
        inbox.answered(taken.row, [{"text": "first|second"}])
        inbox.sent(taken.row, 1)
        app_channel = channel(app, rasa, inbox)
        await app_channel.start(SimpleNamespace(ctx=SimpleNamespace()))  # type: ignore[arg-type]
        await app_channel.queue.finish()

    run(test)
    assert (app.taken, rasa.seen) == (["second"], [])


@pytest.mark.parametrize(("text", "asked_again"), [("said already", False), ("", True)])
def test_what_rasa_answered_before_a_crash_is_not_asked_again(
    inbox: Inbox, text: str, asked_again: bool
) -> None:
    """But a form's turn, whose words aren't kept: the form knows an entry that comes twice."""
    app, rasa = App(), Rasa()
    events = [UserUttered("one", message_id="m0"), BotUttered(text, {"custom": {"kind": "answer"}})]

    class Store:
        async def retrieve_full_tracker(self, conversation: str) -> DialogueStateTracker:
            return DialogueStateTracker.from_events(conversation, events)

    async def test() -> None:
        from channels.turns.inbox import Incoming

        inbox.take(Incoming("app", "m0", "app-x", "one", CHAT))
        app_channel = channel(app, rasa, inbox)
        agent = SimpleNamespace(tracker_store=Store())
        await app_channel.start(SimpleNamespace(ctx=SimpleNamespace(agent=agent)))  # type: ignore[arg-type]
        await app_channel.queue.finish()

    run(test)
    assert app.taken == (["one", "!"] if asked_again else ["said already"])
    assert len(rasa.seen) == asked_again
