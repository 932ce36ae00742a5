"""Conversations are kept whole on disk, and only their end is read back."""

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest
import sqlalchemy.exc
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from storage.tracker_store import EVENTS_LOADED, CappedSQLTrackerStore

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet]
    actions: [some_form]
    slots:
      name: {type: text, influence_conversation: false, mappings: [{type: custom}]}
      age: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    """
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "conversations.db"


@pytest.fixture
def store(path: Path) -> CappedSQLTrackerStore:
    return CappedSQLTrackerStore(DOMAIN, host=f"sqlite:///{path}")


def run(coroutine):
    return asyncio.new_event_loop().run_until_complete(coroutine)


def talk(store: CappedSQLTrackerStore, text: str, *events) -> DialogueStateTracker:
    """One turn, as Rasa's processor goes about it."""
    tracker = run(store.get_or_create_tracker("visitor"))
    tracker.update(UserUttered(text))
    tracker.update(ActionExecuted("action_answer"))
    tracker.update(BotUttered(f"re: {text}"))
    for event in events:
        tracker.update(event)
    tracker.update(ActionExecuted("action_listen"))
    run(store.save(tracker))
    return tracker


def everything(store: CappedSQLTrackerStore) -> DialogueStateTracker:
    return run(store.retrieve_full_tracker("visitor"))


def test_nothing_is_lost_and_nothing_is_stored_twice(store: CappedSQLTrackerStore) -> None:
    for number in range(60):
        talk(store, f"message {number}")
    texts = [e.text for e in everything(store).events if isinstance(e, UserUttered)]
    assert texts == [f"message {number}" for number in range(60)]


def test_a_long_conversation_costs_no_more_than_a_short_one(store: CappedSQLTrackerStore) -> None:
    for number in range(60):
        talk(store, f"message {number}")
    loaded = run(store.retrieve("visitor"))
    assert len(loaded.events) <= EVENTS_LOADED
    assert loaded.latest_message.text == "message 59"
    first = loaded.events[0]
    assert isinstance(first, ActionExecuted) and first.action_name == "action_listen"


def test_slots_and_form_survive_however_long_ago_they_were_set(
    store: CappedSQLTrackerStore,
) -> None:
    talk(store, "one", SlotSet("name", "Old"), ActiveLoop("some_form"))
    talk(store, "two", SlotSet("name", "Ana"), SlotSet("age", 3))
    for number in range(60):
        talk(store, f"message {number}")
    loaded = run(store.retrieve("visitor"))
    assert loaded.get_slot("name") == "Ana"
    assert loaded.get_slot("age") == 3
    assert loaded.active_loop_name == "some_form"


def test_conversations_do_not_mix(store: CappedSQLTrackerStore) -> None:
    talk(store, "mine")
    assert run(store.retrieve("somebody else")) is None


def test_the_file_is_for_its_owner_only(store: CappedSQLTrackerStore, path: Path) -> None:
    talk(store, "hello")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_error_of_the_database_does_not_repeat_what_was_written(
    store: CappedSQLTrackerStore,
) -> None:
    store.SQLEvent.__table__.drop(store.engine)
    with pytest.raises(sqlalchemy.exc.SQLAlchemyError) as raised:
        tracker = DialogueStateTracker.from_events("visitor", [UserUttered("my secret")])
        tracker.events_stored = 0
        run(store.save(tracker))
    assert "my secret" not in str(raised.value)


def stored(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return " ".join(row[0] for row in connection.execute("SELECT data FROM events"))


def test_what_is_typed_into_a_form_is_never_stored(
    store: CappedSQLTrackerStore, path: Path
) -> None:
    talk(store, "a consultation, I'm Ana", ActiveLoop("some_form"))
    talk(store, "ana@example.org")
    talk(store, "no, I don't agree, says Ana", ActiveLoop(None))
    assert "ana" not in stored(path).lower()
    talk(store, "what are the side effects")
    assert "what are the side effects" in stored(path)


def test_of_a_forms_turn_intent_and_outcome_stay(store: CappedSQLTrackerStore) -> None:
    tracker = run(store.get_or_create_tracker("visitor"))
    tracker.update(ActiveLoop("some_form"))
    tracker.update(UserUttered("I'm Ana", intent={"name": "greet", "confidence": 0.9}))
    tracker.update(
        BotUttered("Hello Ana", {"custom": {"kind": "form"}, "buttons": [{"title": "Not Ana"}]})
    )
    run(store.save(tracker))
    kept = list(everything(store).events)
    said = next(event for event in kept if isinstance(event, UserUttered))
    replied = next(event for event in kept if isinstance(event, BotUttered))
    assert (said.text, said.intent_name) == ("", "greet")
    assert (replied.text, replied.data["custom"]) == ("", {"kind": "form"})
    assert "Ana" not in str([event.as_dict() for event in kept])


def test_fields_of_the_website_are_never_stored(store: CappedSQLTrackerStore) -> None:
    tracker = run(store.get_or_create_tracker("visitor"))
    tracker.update(ActiveLoop("some_form"))
    fields = {"fill": {"values": {"contact_name": "Ana"}}}
    tracker.update(UserUttered("A consultation", message_id="m1", metadata=fields))
    tracker.update(BotUttered("", {"custom": {"kind": "form", "form": {"values": {"n": "Ana"}}}}))
    run(store.save(tracker))
    kept = list(everything(store).events)
    assert "Ana" not in str([event.as_dict() for event in kept])
    said = next(event for event in kept if isinstance(event, UserUttered))
    assert said.message_id == "m1", "by it a reply is found after a crash"


def test_an_emergencys_words_stay(store: CappedSQLTrackerStore) -> None:
    tracker = run(store.get_or_create_tracker("visitor"))
    tracker.update(ActiveLoop("some_form"))
    tracker.update(UserUttered("he can't breathe"))
    tracker.update(BotUttered("Call now", {"custom": {"kind": "emergency", "topic": "medical"}}))
    run(store.save(tracker))
    texts = [event.text for event in everything(store).events if hasattr(event, "text")]
    assert texts == ["", "Call now"]


def test_the_number_an_app_proves_is_never_stored(store: CappedSQLTrackerStore) -> None:
    tracker = run(store.get_or_create_tracker("visitor"))
    metadata = {"phone": "+4915112345678", "language": "es"}
    said = UserUttered("hola", {"name": "greet"}, message_id="m1", metadata=metadata)
    tracker.update(said)
    run(store.save(tracker))
    kept = list(everything(store).events)
    assert "4915112345678" not in str([event.as_dict() for event in kept])
    (said,) = (event for event in kept if isinstance(event, UserUttered))
    assert (said.text, said.intent_name, said.message_id) == ("hola", "greet", "m1")
    assert said.metadata == {"language": "es"}


@pytest.mark.parametrize("begins_form", [False, True])
def test_nor_does_the_first_messages_slot_keep_it(
    store: CappedSQLTrackerStore, begins_form: bool
) -> None:
    tracker = run(store.get_or_create_tracker("visitor"))
    metadata = {"phone": "+4915112345678", "language": "es"}
    tracker.update(SlotSet("session_started_metadata", metadata))
    tracker.update(UserUttered("hola", {"name": "greet"}, metadata=metadata))
    if begins_form:
        tracker.update(ActiveLoop("consultation_form"))
    run(store.save(tracker))
    kept = list(everything(store).events)
    assert "4915112345678" not in str([event.as_dict() for event in kept])
    assert [event.value for event in kept if isinstance(event, SlotSet)] == [{"language": "es"}]


def test_fields_that_begin_a_conversation_are_not_kept_in_a_slot_either(
    store: CappedSQLTrackerStore,
) -> None:
    tracker = run(store.get_or_create_tracker("visitor"))
    metadata = {"fill": {"values": {"contact_name": "Ana"}}, "language": "es"}
    tracker.update(SlotSet("session_started_metadata", metadata))
    run(store.save(tracker))
    kept = list(everything(store).events)
    assert "Ana" not in str([event.as_dict() for event in kept])
    slots = [e.value for e in kept if isinstance(e, SlotSet) and e.key.startswith("session_")]
    assert slots[-1] == {"language": "es"}
