"""What a visitor sees again after a reload: their conversation, and nothing of a form's entries."""

from typing import Any, List

import pytest
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered

from channels.turns.history import entries_of, entry_of, replies_to


def said(text: str, name: str = "m1", **more: Any) -> UserUttered:
    return UserUttered(text, timestamp=1.0, message_id=name, **more)


def replied(text: str, **custom: Any) -> BotUttered:
    return BotUttered(text, {"custom": {"kind": "answer", **custom}}, timestamp=2.0)


def test_nothing_said_is_no_history() -> None:
    assert entries_of([]) == []


def test_a_reply_has_the_same_id_live_and_later() -> None:
    first, second = replied("one"), replied("two")
    entries = entries_of([said("hello"), first, second])
    live = [
        entry_of({"text": text, "custom": {"kind": "answer"}}, "m1", number, 2.0)
        for number, text in enumerate(["one", "two"])
    ]
    assert entries[1:] == live
    assert entries[0] == {"id": "m1", "from": "visitor", "time": 1000, "text": "hello"}


def test_of_a_pressed_button_its_title_is_shown() -> None:
    pressed = said("What does it cost?", metadata={"pressed": "ask_cost", "title": "The cost"})
    assert entries_of([pressed])[0]["text"] == "The cost"


def test_buttons_come_back() -> None:
    buttons = [{"title": "More", "payload": "more"}]
    bot = BotUttered("one", {"custom": {"kind": "unclear"}, "buttons": buttons}, timestamp=2.0)
    assert entries_of([said("hello"), bot])[1]["buttons"] == buttons


def test_a_message_without_an_id_has_one_all_the_same() -> None:
    events = [UserUttered("hello", timestamp=1.0), replied("one")]
    assert [entry["id"] for entry in entries_of(events)] == ["at-1.0", "at-1.0.0"]
    assert entries_of(events) == entries_of(events)


def test_fields_and_wordless_turns_are_left_out() -> None:
    events: List[Event] = [
        said("I would like a free consultation.", metadata={"fill": {"values": {}}}),
        replied("", kind="form", topic="contact"),
        replied("told", kind="emergency"),
    ]
    entries = entries_of(events)
    assert [entry["id"] for entry in entries] == ["m1.0", "m1.1"]
    assert entries[0]["outcome"]["topic"] == "left_out"
    assert entries[1]["text"] == "told"


def test_one_line_stands_for_all_that_is_left_out_in_a_row() -> None:
    wordless = replied("", kind="form", topic="contact")
    events = [said(""), wordless, said(""), wordless, replied("told"), said(""), wordless]
    topics = [entry["outcome"].get("topic") for entry in entries_of(events)]
    assert topics == ["left_out", None, "left_out"]


def test_a_receipt_is_told_again_in_the_conversations_language() -> None:
    receipt = replied("", kind="form", topic="sent", reference="SMA-7K3F-9QX2")
    (english,) = entries_of([said(""), receipt])
    (spanish,) = entries_of([said(""), SlotSet("language", "es"), receipt])
    assert "SMA-7K3F-9QX2" in english["text"] and "SMA-7K3F-9QX2" in spanish["text"]
    assert english["text"] != spanish["text"]


def test_without_a_reference_there_is_no_receipt() -> None:
    (entry,) = entries_of([said(""), replied("", kind="form", topic="sent")])
    assert entry["outcome"]["topic"] == "left_out"


@pytest.mark.parametrize(
    ("events", "texts"),
    [
        ([], None),
        ([said("hello", "other"), replied("one")], None),
        ([said("hello")], None),
        ([said(""), replied("", kind="form")], None),
        ([said("hello"), replied("one"), replied("two"), said("x", "m2"), replied("no")], 2),
        ([said("before", "m0"), replied("no"), said("hello"), replied("one")], 1),
    ],
)
def test_replies_to_a_message(events: List[Event], texts: Any) -> None:
    replies = replies_to(events, "m1")
    expected = None if texts is None else ["one", "two"][:texts]
    assert (replies and [reply["text"] for reply in replies]) == expected
