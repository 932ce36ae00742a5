"""Rasa's SQL tracker store, cheaper and more careful.

| what | why | when it can go |
| --- | --- | --- |
| what is typed into a form isn't stored | Rasa stores every message for ever, names and telephone numbers too; there is no extension point for leaving something out | when stores can filter events |
| only the last turns are loaded | Rasa replays every event of a conversation for every message: measured 45 ms at turn 10, 213 ms at turn 300 | when SQLTrackerStore honours `max_event_history` |
| no visitor's words in errors | SQLAlchemy prints the values of a failed statement, and Rasa logs them | when Rasa sets `hide_parameters` |
| file mode 0600 | Rasa creates the SQLite file readable for everybody | when Rasa restricts it |
| write-ahead log, connections kept | SQLite waits for the disk, and is opened and closed, several times a message otherwise | stays; settings |
"""

import itertools
import json
import logging
import sqlite3
from pathlib import Path
from typing import Any, Iterator, List, Optional

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import SESSION_START_METADATA_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine

import settings
from storage.database import make_private, prepare_sqlite

logger = logging.getLogger(__name__)

# Five turns are about 40 events; nothing in the rules or actions looks further back.
EVENTS_LOADED = 40
# In a message's metadata: the number that the app proves to be the visitor's.
PHONE = "phone"
# And the fields of the form that the website sends.
FIELDS = "fill"


class CappedSQLTrackerStore(SQLTrackerStore):
    """Loads the last turns of a conversation, and the latest value of every slot and form."""

    engine: Engine

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        url = host or settings.conversations_database()
        address = sa.engine.make_url(url)
        if address.get_backend_name() == "sqlite" and address.database:
            make_private(Path(address.database))
        super().__init__(domain=domain, host=url, event_broker=event_broker, **kwargs)
        if self.engine.dialect.name == "sqlite":
            self.engine.dispose()
            # Kept open: opening and closing the file took 2 ms of every message.
            self.engine = sa.create_engine(url, poolclass=sa.pool.QueuePool)
            sa.event.listen(self.engine, "connect", _prepare)
            self.sessionmaker.configure(bind=self.engine)
        self.engine.hide_parameters = True

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> Optional[DialogueStateTracker]:
        if fetch_events_from_all_sessions:
            return await super()._retrieve(sender_id, fetch_events_from_all_sessions)
        with self.session_scope() as session:
            rows = self._latest_rows(session, sender_id)
        if not rows or not self.domain:
            return None
        tracker = DialogueStateTracker.from_dict(
            sender_id, [json.loads(row.data) for row in rows], self.domain.slots
        )
        tracker.events_stored = len(tracker.events)
        return tracker

    def _latest_rows(self, session: Any, sender_id: str) -> List[Any]:
        """Return the rows to replay: lasting state first, then the latest events in order."""
        event = self.SQLEvent
        recent = (
            self._event_query(session, sender_id, fetch_events_from_all_sessions=False)
            .order_by(None)
            .order_by(event.id.desc())
            .limit(EVENTS_LOADED)
            .all()
        )[::-1]
        if len(recent) < EVENTS_LOADED:
            return list(recent)
        # Begin where the bot waits for the visitor, so that the first turn is whole.
        starts = [i for i, row in enumerate(recent) if row.action_name == "action_listen"]
        recent = recent[starts[0] :] if starts else recent
        newest_of_each = (
            session.query(sa.func.max(event.id))
            .filter(
                event.sender_id == sender_id,
                event.type_name.in_([SlotSet.type_name, ActiveLoop.type_name]),
                event.id < recent[0].id,
            )
            .group_by(
                event.type_name,
                sa.case([(event.type_name == SlotSet.type_name, event.action_name)], else_=""),
            )
        )
        lasting = session.query(event).filter(event.id.in_(newest_of_each)).order_by(event.id)
        return [*lasting.all(), *recent]

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Iterator[Any]:
        stored = getattr(tracker, "events_stored", None)
        if stored is None:
            new = list(super()._additional_events(session, tracker))
        else:
            tracker.events_stored = len(tracker.events)
            new = list(itertools.islice(tracker.events, stored, None))
        return iter(without_entries(new, tracker.active_loop_name is not None))


def without_entries(events: List[Event], in_form: bool) -> List[Event]:
    """Return the events of a turn as they are stored: without words when they belong to a form.

    Args:
        events: what happened since the conversation was last stored.
        in_form: a form is active after them; before them or within them, events tell.
    """
    if not in_form and not any(isinstance(event, ActiveLoop) for event in events):
        return [_without_phone(event) for event in events]
    return [_without_words(_without_phone(event)) for event in events]


def _without_phone(event: Event) -> Event:
    """Return a message without the number that a messaging app tells beside it."""
    if isinstance(event, SlotSet) and event.key == SESSION_START_METADATA_SLOT:
        # Rasa keeps the first message's metadata once more, as a slot.
        private = (PHONE, FIELDS)
        value = {name: told for name, told in (event.value or {}).items() if name not in private}
        return SlotSet(event.key, value, event.timestamp, event.metadata)
    metadata = getattr(event, "metadata", None) or {}
    if not isinstance(event, UserUttered) or PHONE not in metadata:
        return event
    kept = {name: value for name, value in metadata.items() if name != PHONE}
    return UserUttered(
        text=event.text,
        parse_data={**event.parse_data, "metadata": kept},
        timestamp=event.timestamp,
        input_channel=event.input_channel,
        message_id=event.message_id,
        metadata=kept,
        intent=event.intent,
        entities=event.entities,
    )


def _without_words(event: Event) -> Event:
    """Return a message without its words: of the visitor's the intent stays, of ours the outcome.

    The form keeps what was entered in its own database, where it can be encrypted and erased.
    """
    if isinstance(event, UserUttered):
        intent = {"name": event.intent_name} if event.intent_name else {}
        return UserUttered(
            text="",
            intent=intent,
            parse_data={"intent": intent, "entities": [], "text": ""},
            timestamp=event.timestamp,
            input_channel=event.input_channel,
            message_id=event.message_id,
        )
    if isinstance(event, BotUttered):
        custom = (event.data or {}).get("custom")
        if isinstance(custom, dict) and custom.get("kind") == "emergency":
            return event  # the same words for everybody
        if isinstance(custom, dict):  # `form` is what was entered, for the website's fields
            custom = {name: value for name, value in custom.items() if name != "form"}
        return BotUttered(text="", data={"custom": custom}, timestamp=event.timestamp)
    return event


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # Each message is a few commits: waiting for the disk at each would be most of its time.
    prepare_sqlite(connection, survives_power_cut=False)
