"""Erasing: when somebody asks for it, and when something was kept long enough."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Iterator, List, Optional, Set, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

import settings
from consultations.fields import InvalidError, parse_email, parse_phone
from consultations.models import deliveries, drafts, erasures, requests
from consultations.reference import normalise_reference
from storage.database import forget_old_pages, reading, writing
from storage.errors import ConfigurationError
from storage.rasa_events import erase_events

# What was said within the last day may belong to a conversation that is going on.
_CONVERSATION_GOES_ON = timedelta(days=1)
_BATCH = 500


@dataclass(frozen=True)
class Erased:
    """How much was erased: rows of each kind; `events` are Rasa's."""

    requests: int = 0
    drafts: int = 0
    deliveries: int = 0
    events: int = 0

    def __bool__(self) -> bool:
        return any((self.requests, self.drafts, self.deliveries, self.events))


@dataclass(frozen=True)
class _Found:
    """What is to be erased: ids of requests, keys of drafts, Rasa's conversations."""

    requests: List[str]
    drafts: List[str]
    conversations: Set[str]
    untouched_since: Optional[datetime] = None  # drafts that somebody goes on with now stay


def erase(engine: Engine, what: str, conversations_url: Optional[str] = None) -> Erased:
    """Erase everything about a reference, an e-mail address, a phone number or a conversation.

    Args:
        engine: the consultations database.
        what: one of the four, as people type it; conversation ids exactly.
        conversations_url: Rasa's database; `settings.conversations_database()` when None.

    Returns:
        What was erased. The same numbers are kept in the table `erasures`, with nothing else.

    Raises:
        StorageError: a database can't be used. Asking again erases what is left.
    """
    what = what.strip()
    reference, email, phone = _readings(what)
    with reading(engine) as connection:
        found = _Found([], [], {what} if what else set())
        columns = [requests.c[n] for n in ("id", "reference", "email", "phone", "conversation")]
        for row in connection.execute(sa.select(*columns)):
            is_wanted = (
                (reference is not None and row.reference == reference)
                or (email is not None and row.email is not None and row.email.casefold() == email)
                or (phone is not None and row.phone == phone)
                or (what and row.conversation == what)
            )
            if is_wanted:
                found.requests.append(row.id)
                found.conversations.update(filter(None, [row.conversation]))
        for row in connection.execute(sa.select(drafts)):
            texts = {text.strip().casefold() for text in _texts(json.loads(row.data))}
            if row.conversation in found.conversations or texts & ({email, phone} - {None}):
                found.drafts.append(row.conversation_key)
                found.conversations.add(row.conversation)
    return _erase(engine, found, "asked", conversations_url, datetime.now(timezone.utc))


def retention_periods() -> Tuple[timedelta, timedelta]:
    """Return how long delivered requests and idle drafts are kept.

    Raises:
        ConfigurationError: RETENTION_DAYS or DRAFT_RETENTION_DAYS isn't a number of days.
    """
    try:
        days = settings.retention_days(), settings.draft_retention_days()
    except ValueError as error:
        raise ConfigurationError(str(error)) from None
    return timedelta(days=days[0]), timedelta(days=days[1])


def apply_retention(
    engine: Engine, now: datetime, conversations_url: Optional[str] = None
) -> Erased:
    """Erase requests delivered everywhere RETENTION_DAYS ago, and drafts idle DRAFT_RETENTION_DAYS.

    What isn't delivered yet, or is dead, stays until staff see to it.

    Args:
        engine: the consultations database.
        now: the time, with zone.
        conversations_url: Rasa's database; `settings.conversations_database()` when None.

    Raises:
        ConfigurationError: a retention setting is wrong.
        StorageError: a database can't be used. The next time erases what is left.
    """
    keep_requests, keep_drafts = retention_periods()
    touched_before = now - keep_drafts
    is_recent = deliveries.c.delivered_at > now - keep_requests
    is_kept = sa.or_(deliveries.c.state != "delivered", is_recent)
    kept = sa.select(deliveries.c.request_id).where(is_kept)
    done = sa.select(deliveries.c.request_id)
    with reading(engine) as connection:
        old_requests = connection.execute(
            sa.select(requests.c.id, requests.c.conversation).where(
                requests.c.id.in_(done), requests.c.id.not_in(kept)
            )
        ).all()
        old_drafts = connection.execute(
            sa.select(drafts.c.conversation_key, drafts.c.conversation).where(
                drafts.c.updated_at <= touched_before
            )
        ).all()
    conversations = {row.conversation for row in [*old_requests, *old_drafts]} - {None}
    found = _Found(
        [row.id for row in old_requests],
        [row.conversation_key for row in old_drafts],
        conversations,
        touched_before,
    )
    return _erase(engine, found, "retention", conversations_url, now, now - _CONVERSATION_GOES_ON)


def _erase(
    engine: Engine,
    found: _Found,
    why: str,
    conversations_url: Optional[str],
    now: datetime,
    events_until: Optional[datetime] = None,
) -> Erased:
    # Rasa's first: after a failure in between, the requests still say which conversations are left.
    events = erase_events(found.conversations, conversations_url, events_until)
    is_old = sa.true()
    if found.untouched_since is not None:
        is_old = drafts.c.updated_at <= found.untouched_since
    with writing(engine) as connection:
        erased = Erased(
            deliveries=_delete(connection, deliveries.c.request_id, found.requests),
            requests=_delete(connection, requests.c.id, found.requests),
            drafts=_delete(connection, drafts.c.conversation_key, found.drafts, is_old),
            events=events,
        )
        if erased:
            row = {"erased_at": now, "why": why, **vars(erased)}
            connection.execute(sa.insert(erasures), row)
    if erased:
        forget_old_pages(engine)
    return erased


def _delete(connection: Connection, column: Any, values: List[str], condition: Any = None) -> int:
    """Delete the rows whose `column` is one of `values`, a few hundred at a time."""
    batches = (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))
    condition = sa.true() if condition is None else condition
    return sum(
        connection.execute(sa.delete(column.table).where(column.in_(batch), condition)).rowcount
        for batch in batches
    )


def _readings(what: str) -> Tuple[Optional[str], Optional[str], Optional[str]]:
    """Return `what` as a reference, an e-mail address and a phone number, each None if it isn't."""

    def reading_by(parse: Callable[[str], str]) -> Optional[str]:
        try:
            return parse(what)
        except InvalidError:
            return None

    email = reading_by(parse_email)
    return normalise_reference(what), email and email.casefold(), reading_by(parse_phone)


def _texts(data: Any) -> Iterator[str]:
    """Yield all texts in JSON data."""
    if isinstance(data, str):
        yield data
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _texts(part)
