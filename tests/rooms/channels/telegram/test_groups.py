"""The consultation form isn't taken in groups."""

import asyncio
from typing import Any, Dict, List

import pytest
from rasa.core.channels.channel import UserMessage

from channels.telegram.groups import GROUP, outside_groups
from channels.turns.answering import CollectedReplies, Reply

FORM = {"kind": "form", "topic": "contact_name"}
BEGUN = {"kind": "handoff", "topic": "consultation"}


class Form:
    """A form as Rasa has it: open until it is left."""

    def __init__(self, outcome: Dict[str, Any]) -> None:
        self.asked: List[str] = []
        self._outcome = outcome

    async def handle(self, message: UserMessage) -> None:
        self.asked.append(message.text)
        outcome = {
            "Cancel": {"kind": "form", "topic": "cancel"},
            "Yes, cancel": {"kind": "form", "topic": "cancelled"},
        }.get(message.text, self._outcome)
        await message.output_channel.send_response("", {"text": "secret", "custom": outcome})


def reply_of(form: Form, metadata: Any) -> Reply:
    async def test() -> Reply:
        collected = CollectedReplies()
        message = UserMessage("words", collected, "conversation", metadata=metadata)
        await outside_groups(form.handle, lambda: "https://t.me/bot")(message)
        [reply] = collected.replies
        return reply

    return asyncio.run(test())


@pytest.mark.parametrize(
    "outcome",
    [
        BEGUN,
        FORM,
        {"kind": "answer", "topic": "route", "parts": [{"kind": "answer"}, FORM]},
    ],
)
def test_in_a_group_the_form_is_left_at_once(outcome: Dict[str, Any]) -> None:
    form = Form(outcome)
    reply = reply_of(form, {GROUP: "es"})
    assert form.asked == ["words", "Cancel", "Yes, cancel"]
    assert reply["custom"] == {"kind": "handoff", "topic": "not_in_groups"}
    assert "en privado: https://t.me/bot" in reply["text"] and "secret" not in reply["text"]


@pytest.mark.parametrize(
    "outcome",
    [
        {"kind": "answer", "topic": "route"},
        {"kind": "emergency", "topic": "medical"},
        {"kind": "form", "topic": "delete_offer"},
        {"kind": "form", "topic": "deleted"},
    ],
)
def test_in_a_group_all_else_is_answered(outcome: Dict[str, Any]) -> None:
    form = Form(outcome)
    assert reply_of(form, {GROUP: ""})["custom"] == outcome
    assert form.asked == ["words"]


def test_in_private_the_form_is_taken() -> None:
    form = Form(BEGUN)
    assert reply_of(form, None)["custom"] == BEGUN
    assert form.asked == ["words"]
