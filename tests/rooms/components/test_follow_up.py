"""Short messages are read after the latest topic as well; others aren't."""

import pytest
from rasa.shared.core.events import ActiveLoop, BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from components.follow_up import FollowUp
from components.parts import parts_of


@pytest.fixture(scope="module")
def component() -> FollowUp:
    return FollowUp(FollowUp.get_default_config())


def tracker(*topics: object) -> DialogueStateTracker:
    events: list = [UserUttered("a question")]
    for topic in topics:
        events.append(BotUttered("...", {"custom": {"kind": "answer", "topic": topic}}))
    return DialogueStateTracker.from_events("visitor", events)


def reading(component: FollowUp, text: str, *topics: object) -> object:
    return parts_of(component.process([Message.build(text)], tracker(*topics))[0]).in_context


def test_a_short_message_is_read_after_the_latest_topic(component: FollowUp) -> None:
    found = reading(component, "and for adults?", "cost", "trial_outcomes")
    assert found == "what clinical trials showed: and for adults?"


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("and for adults?", []),
        ("and for adults?", ["trial_outcomes", None]),
        ("and for adults?", ["greet"]),
        ("", ["cost"]),
        ("🙂", ["cost"]),
        ("my son is four and I would like to know what it costs", ["route"]),
    ],
)
def test_without_a_topic_or_with_many_words_there_is_no_second_reading(
    component: FollowUp, text: str, topics: list
) -> None:
    assert reading(component, text, *topics) is None


def test_without_a_conversation_there_is_no_second_reading(component: FollowUp) -> None:
    assert parts_of(component.process([Message.build("why?")], None)[0]).in_context is None


@pytest.mark.parametrize("odd", [BotUttered("x"), BotUttered("x", {"custom": "text"})])
def test_replies_without_an_outcome_do_no_harm(component: FollowUp, odd: BotUttered) -> None:
    conversation = DialogueStateTracker.from_events("visitor", [odd])
    assert parts_of(component.process([Message.build("why?")], conversation)[0]).in_context is None


@pytest.mark.parametrize(
    ("kind", "label"),
    [("advice", "a decision on one person"), ("emergency", "an emergency")],
)
def test_some_kinds_of_reply_matter_more_than_their_topic(
    component: FollowUp, kind: str, label: str
) -> None:
    said = BotUttered("...", {"custom": {"kind": kind, "topic": "cost"}})
    conversation = DialogueStateTracker.from_events("visitor", [said])
    message = component.process([Message.build("and now?")], conversation)[0]
    assert parts_of(message).in_context == f"{label}: and now?"


def test_in_a_form_entries_follow_up_on_its_questions_only(component: FollowUp) -> None:
    conversation = tracker("cost")
    conversation.update(ActiveLoop("consultation_form"))
    assert parts_of(component.process([Message.build("Ana")], conversation)[0]).in_context is None
