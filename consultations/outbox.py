"""The outbox: which delivery is due, who is at it, and what became of it.

A delivery is pending, then delivering while a worker holds a lease on it, then delivered, or
pending again after a while, or dead when it can't succeed. A worker that crashes loses its lease,
and another one delivers again with the same id: at least once, and never two at the same time.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Callable, Dict, List, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from consultations.models import deliveries, requests
from consultations.sinks.base import DeliveryError, TemporaryError
from storage.database import writing

MAXIMUM_ATTEMPTS = 12
# Longer than a delivery may take (worker.py) by enough for clocks that differ.
LEASE = timedelta(seconds=180)
_FIRST_PAUSE_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 3600.0
_LONGEST_RETRY_AFTER_SECONDS = 24 * 3600.0  # a receiver can't put us off for longer
_LONGEST_ERROR = 200
_CRASHED = "worker_crashed"


@dataclass(frozen=True)
class Claim:
    """A worker's right to try a delivery once; `attempt` tells it from later ones."""

    id: str  # the delivery's, the same in every attempt
    request_id: str
    reference: str
    received: datetime  # when the request was made
    sink: str
    attempt: int


def claim(engine: Engine, now: datetime, limit: int = 1, lease: timedelta = LEASE) -> List[Claim]:
    """Take up to `limit` due deliveries for this worker, the longest due first.

    Args:
        lease: for how long nobody else takes them, whatever becomes of this worker.

    Raises:
        StorageError: the database can't be written; nothing was taken.
    """
    due = sa.or_(
        sa.and_(deliveries.c.state == "pending", deliveries.c.next_attempt_at <= now),
        sa.and_(deliveries.c.state == "delivering", deliveries.c.leased_until <= now),
    )
    select = (
        sa.select(deliveries, requests.c.reference, requests.c.created_at)
        .join(requests, requests.c.id == deliveries.c.request_id)
        .where(due)
        .order_by(deliveries.c.next_attempt_at)
        .limit(limit)
        # PostgreSQL only; on SQLite the whole transaction is exclusive already.
        .with_for_update(skip_locked=True, of=deliveries)
    )
    claims = []
    with writing(engine) as connection:
        for row in connection.execute(select).all():
            # Something that kills the worker every time must end as well.
            is_exhausted = row.attempts >= MAXIMUM_ATTEMPTS
            changes = (
                {"state": "dead", "leased_until": None, "last_error": _CRASHED}
                if is_exhausted
                else {
                    "state": "delivering",
                    "leased_until": now + lease,
                    "attempts": row.attempts + 1,
                }
            )
            connection.execute(
                sa.update(deliveries).where(deliveries.c.id == row.id).values(changes)
            )
            if not is_exhausted:
                claims.append(
                    Claim(
                        id=row.id,
                        request_id=row.request_id,
                        reference=row.reference,
                        received=row.created_at,
                        sink=row.sink,
                        attempt=row.attempts + 1,
                    )
                )
    return claims


def succeeded(engine: Engine, claimed: Claim, now: datetime) -> bool:
    """Note that a delivery arrived; False when the claim had run out or the request was erased.

    Raises:
        StorageError: the database can't be written; it will be delivered again.
    """
    changes = {
        "state": "delivered",
        "delivered_at": now,
        "leased_until": None,
        "last_error": None,
    }
    return _finish(engine, claimed, changes)


def failed(
    engine: Engine,
    claimed: Claim,
    error: DeliveryError,
    now: datetime,
    jitter: Callable[[], float] = random.random,
) -> str:
    """Note that a delivery failed, and return its state from now on: "pending" or "dead".

    Args:
        engine: the database.
        claimed: what `claim` returned.
        error: a `TemporaryError` is tried again after a pause, a `PermanentError` never.
        now: the time, with zone.
        jitter: returns a number from 0 to 1, the share of the longest pause to wait.

    Raises:
        StorageError: the database can't be written; it will be delivered again.
    """
    changes: Dict[str, Any] = {"leased_until": None, "last_error": error.code[:_LONGEST_ERROR]}
    if isinstance(error, TemporaryError) and claimed.attempt < MAXIMUM_ATTEMPTS:
        seconds = pause_seconds(claimed.attempt, jitter(), error.retry_after)
        changes.update(state="pending", next_attempt_at=now + timedelta(seconds=seconds))
    else:
        changes.update(state="dead")
    _finish(engine, claimed, changes)
    return str(changes["state"])


def pause_seconds(attempt: int, jitter: float, retry_after: Optional[float] = None) -> float:
    """Return how long to wait after attempt number `attempt` (from 1): exponential, full jitter."""
    longest = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** (attempt - 1))
    asked = min(retry_after or 0.0, _LONGEST_RETRY_AFTER_SECONDS)
    return max(longest * jitter, asked)


def requeue(engine: Engine, reference: str, now: datetime) -> int:
    """Have the dead and waiting deliveries of a request tried now; return how many these are.

    Raises:
        StorageError: the database can't be written.
    """
    mine = sa.select(requests.c.id).where(requests.c.reference == reference).scalar_subquery()
    statement = (
        sa.update(deliveries)
        .where(deliveries.c.request_id == mine, deliveries.c.state.in_(["dead", "pending"]))
        .values(state="pending", attempts=0, next_attempt_at=now)
        .execution_options(synchronize_session=False)
    )
    with writing(engine) as connection:
        return int(connection.execute(statement).rowcount)


def _finish(engine: Engine, claimed: Claim, changes: Any) -> bool:
    # The attempt's number: a worker that was too slow must not overwrite what the next one does.
    still_mine = (
        (deliveries.c.id == claimed.id)
        & (deliveries.c.state == "delivering")
        & (deliveries.c.attempts == claimed.attempt)
    )
    with writing(engine) as connection:
        statement = sa.update(deliveries).where(still_mine).values(changes)
        return bool(connection.execute(statement).rowcount)
