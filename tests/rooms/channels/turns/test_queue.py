"""Messages are answered in their order, once, and what a crash left is taken up again."""

import asyncio
import logging
from pathlib import Path
from typing import Any, Awaitable, Callable, Dict, List

import pytest

from channels.turns.answering import BotMessage
from channels.turns.inbox import Inbox, Incoming, Unfinished
from channels.turns.queue import TurnQueue
from storage.errors import StorageError


class Bot:
    """Answers with the text in capitals, each conversation's messages after a while of its own."""

    def __init__(self, inbox: Inbox) -> None:
        self.delivered: List[str] = []
        self.answered = 0
        self.gates: Dict[str, asyncio.Event] = {}
        self.queue = TurnQueue("test", inbox, self.answer, self.deliver)

    async def answer(self, message: Unfinished) -> List[BotMessage]:
        self.answered += 1
        gate = self.gates.get(message.incoming.text)
        if gate:
            await gate.wait()
        return [{"text": message.incoming.text.upper()}]

    async def deliver(self, message: Unfinished, replies: List[BotMessage]) -> None:
        if replies[0]["text"] == "UNDELIVERABLE":
            raise RuntimeError("secret words")
        self.delivered += [reply["text"] for reply in replies]


def incoming(text: str, conversation: str = "c") -> Incoming:
    return Incoming("test", f"{conversation}/{text}", conversation, text)


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(f"sqlite:///{tmp_path / 'channels.db'}")


def run(test: Callable[[], Awaitable[Any]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 30))  # type: ignore[arg-type]


def test_what_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    (tmp_path / "channels.db").mkdir()

    async def test() -> None:
        bot = Bot(Inbox(f"sqlite:///{tmp_path / 'channels.db'}"))
        with pytest.raises(StorageError):
            await bot.queue.take(incoming("hello"))

    with pytest.raises(StorageError):
        run(test)


def test_a_slow_answer_holds_up_its_own_conversation_only(inbox: Inbox) -> None:
    async def test() -> None:
        bot = Bot(inbox)
        bot.gates["one"] = asyncio.Event()
        for message in (incoming("one"), incoming("two"), incoming("other", "d")):
            await bot.queue.take(message)
        while not bot.delivered:
            await asyncio.sleep(0)
        assert bot.delivered == ["OTHER"]
        bot.gates["one"].set()
        await bot.queue.finish()
        assert bot.delivered == ["OTHER", "ONE", "TWO"]

    run(test)


def test_the_same_message_is_answered_once(inbox: Inbox) -> None:
    async def test() -> None:
        bot = Bot(inbox)
        taken = await asyncio.gather(*(bot.queue.take(incoming("hello")) for _ in range(5)))
        await bot.queue.finish()
        assert sorted(taken) == [False, False, False, False, True]
        assert bot.delivered == ["HELLO"]

    run(test)


def test_200_conversations_at_once_keep_their_order(inbox: Inbox) -> None:
    async def test() -> None:
        bot = Bot(inbox)
        for text in ("a", "b", "c"):
            takes = (bot.queue.take(incoming(f"{n} {text}", f"c{n}")) for n in range(200))
            await asyncio.gather(*takes)
        await bot.queue.finish()
        for n in range(200):
            mine = [text for text in bot.delivered if text.split()[0] == str(n)]
            assert mine == [f"{n} A", f"{n} B", f"{n} C"]

    run(test)


def test_what_a_crash_left_is_answered_and_delivered_after_the_restart(inbox: Inbox) -> None:
    async def test() -> None:
        inbox.take(incoming("unanswered"))
        answered = inbox.take(incoming("undelivered"))
        assert answered
        inbox.answered(answered.row, [{"text": "KNOWN"}])
        bot = Bot(inbox)
        await bot.queue.resume()
        await bot.queue.finish()
        assert bot.delivered == ["UNANSWERED", "KNOWN"]
        assert bot.answered == 1
        assert inbox.unfinished("test") == []

    run(test)


def test_what_comes_in_before_the_rest_is_taken_up_is_answered_once(inbox: Inbox) -> None:
    async def test() -> None:
        inbox.take(incoming("left"))
        bot = Bot(inbox)
        bot.gates["new"] = asyncio.Event()
        await bot.queue.take(incoming("new"))
        await bot.queue.resume()
        bot.gates["new"].set()
        await bot.queue.finish()
        assert sorted(bot.delivered) == ["LEFT", "NEW"]

    run(test)


def test_what_could_not_be_delivered_is_logged_without_words_and_kept(
    inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> None:
        bot = Bot(inbox)
        await bot.queue.take(incoming("undeliverable"))
        await bot.queue.take(incoming("next"))
        await bot.queue.finish()
        assert bot.delivered == ["NEXT"]
        assert [message.replies for message in inbox.unfinished("test")] == [
            [{"text": "UNDELIVERABLE"}]
        ]

    with caplog.at_level(logging.ERROR):
        run(test)
    assert "RuntimeError" in caplog.text
    assert "secret words" not in caplog.text


def test_without_the_inbox_an_answer_is_still_delivered(inbox: Inbox, tmp_path: Path) -> None:
    async def test() -> None:
        bot = Bot(inbox)
        bot.gates["hello"] = asyncio.Event()
        await bot.queue.take(incoming("hello"))
        for path in tmp_path.glob("channels.db*"):
            path.unlink()
        (tmp_path / "channels.db").mkdir()
        inbox._engine.dispose()
        bot.gates["hello"].set()
        await bot.queue.finish()
        assert bot.delivered == ["HELLO"]

    run(test)
