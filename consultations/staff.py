"""What staff can look up and change: the answers behind `python -m consultations`."""

import dataclasses
from datetime import datetime
from typing import Any, Dict, List, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from consultations.models import deliveries, drafts, erasures, requests
from consultations.request_store import from_row
from storage.database import reading

STATES = ("pending", "delivering", "delivered", "dead")

Row = Dict[str, Any]


def list_requests(
    engine: Engine, state: Optional[str] = None, since: Optional[datetime] = None
) -> List[Row]:
    """Return references and the state of their deliveries, the latest first; no health data.

    Args:
        engine: the database.
        state: only requests that have a delivery in this state.
        since: only requests received then or later.

    Raises:
        StorageError: the database can't be read.
    """
    columns = (requests.c.id, requests.c.reference, requests.c.created_at, requests.c.locale)
    statement = sa.select(*columns).order_by(requests.c.created_at.desc())
    if since is not None:
        statement = statement.where(requests.c.created_at >= since)
    if state is not None:
        wanted = sa.select(deliveries.c.request_id).where(deliveries.c.state == state)
        statement = statement.where(requests.c.id.in_(wanted))
    with reading(engine) as connection:
        rows = connection.execute(statement).all()
        states = _deliveries_by_request(connection)
    return [
        {
            "reference": row.reference,
            "received": row.created_at,
            "locale": row.locale,
            "deliveries": states.get(row.id, []),
        }
        for row in rows
    ]


def show(engine: Engine, reference: str) -> Optional[Row]:
    """Return everything about one request, or None.

    Raises:
        StorageError: the database can't be read.
        EncryptionError: it was encrypted with a key that isn't configured.
    """
    with reading(engine) as connection:
        wanted = sa.select(requests).where(requests.c.reference == reference)
        row = connection.execute(wanted).first()
        if row is None:
            return None
        return {**_whole(row), "deliveries": _deliveries_by_request(connection).get(row.id, [])}


def export(engine: Engine) -> List[Row]:
    """Return all requests whole, the oldest first, without deliveries.

    Raises:
        StorageError: the database can't be read.
        EncryptionError: one was encrypted with a key that isn't configured.
    """
    with reading(engine) as connection:
        rows = connection.execute(sa.select(requests).order_by(requests.c.created_at)).all()
        return [_whole(row) for row in rows]


def stats(engine: Engine) -> Row:
    """Return how many there are of what.

    Raises:
        StorageError: the database can't be read.
    """
    with reading(engine) as connection:
        states = connection.execute(
            sa.select(deliveries.c.sink, deliveries.c.state, sa.func.count())
            .group_by(deliveries.c.sink, deliveries.c.state)
            .order_by(deliveries.c.sink, deliveries.c.state)
        ).all()
        waiting = deliveries.c.state.in_(["pending", "delivering"])
        oldest = connection.execute(
            sa.select(sa.func.min(requests.c.created_at))
            .join(deliveries, deliveries.c.request_id == requests.c.id)
            .where(waiting)
        ).scalar()
        counts = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
            for table in (requests, drafts, erasures)
        }
    by_sink = {f"{sink} {state}": number for sink, state, number in states}
    return {**counts, "oldest undelivered": oldest, **by_sink}


def _whole(row: Any) -> Row:
    request = dataclasses.asdict(from_row(row))
    return {"reference": row.reference, "received": row.created_at, **request}


def _deliveries_by_request(connection: Connection) -> Dict[str, List[Row]]:
    found: Dict[str, List[Row]] = {}
    names = ("sink", "state", "attempts", "next_attempt_at", "last_error", "delivered_at")
    statement = sa.select(deliveries).order_by(deliveries.c.sink)
    for row in connection.execute(statement):
        found.setdefault(row.request_id, []).append({name: getattr(row, name) for name in names})
    return found
