"""Whole conversations through the real agent and the real action server."""

from pathlib import Path

import pytest
import yaml

from tests.live.conversation import Conversation

CONVERSATIONS = yaml.safe_load(
    (Path(__file__).parent / "conversations.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("script", CONVERSATIONS, ids=lambda script: script["about"])
def test_conversation(script: dict, agent, loop) -> None:
    conversation = Conversation(agent, loop)
    for turn in script["turns"]:
        reply = conversation.say(str(turn["user"]))
        said = f"{turn['user']!r} -> {reply}"
        assert reply["custom"]["kind"] == turn["kind"], said
        if "topic" in turn:
            assert reply["custom"]["topic"] == turn["topic"], said
        for words in turn.get("says", ()):
            assert words in reply["text"], said
        for words in turn.get("not", ()):
            assert words not in reply["text"], said


HOSTILE = [
    "",
    " ",
    "a",
    "😀😀😀",
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE events; --",
    "\x00\x07\x1b[31m",
    "\u202eevil\u202c",
    "{quotes} {0} %s ${PATH}",
    "[text](entity){'role': 'x'}",
    "x" * 3999,
    "why? " * 700,
    "Ω≈ç√∫˜µ≤≥÷",
    "nil null undefined NaN",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_hostile_input_gets_one_polite_reply(text: str, agent, loop) -> None:
    reply = Conversation(agent, loop).say(text)
    assert reply["custom"]["kind"] in {"unclear", "not_covered", "smalltalk", "answer", "handoff"}
    assert "<script" not in reply["text"]
