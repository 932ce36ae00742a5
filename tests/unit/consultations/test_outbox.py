"""Each delivery has one worker at a time, failed ones wait longer and longer, none is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from consultations import models, outbox, request_store
from consultations.outbox import LEASE, MAXIMUM_ATTEMPTS, claim, failed, requeue, succeeded
from consultations.sinks.base import PermanentError, TemporaryError
from storage.database import create_engine
from tests.unit.consultations.samples import a_request, rows

# Later than every request that a test makes.
NOW = datetime.now(timezone.utc) + timedelta(days=1)
DAY = timedelta(days=1)


def the_delivery(engine: Any) -> dict:
    (row,) = rows(engine, models.deliveries)
    return row


def test_a_permanent_failure_is_dead(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    (claimed,) = claim(engine, NOW)
    assert failed(engine, claimed, PermanentError("http_410"), NOW) == "dead"
    assert the_delivery(engine)["last_error"] == "http_410"
    assert claim(engine, NOW + 365 * DAY) == []


def test_a_temporary_failure_waits_and_is_dead_in_the_end(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    now, pauses = NOW, []
    for attempt in range(1, MAXIMUM_ATTEMPTS + 1):
        (claimed,) = claim(engine, now)
        assert claimed.attempt == attempt
        state = failed(engine, claimed, TemporaryError("timeout"), now, jitter=lambda: 1.0)
        assert claim(engine, now + timedelta(seconds=4)) == []
        pauses.append((the_delivery(engine)["next_attempt_at"] - now).total_seconds())
        now += timedelta(hours=2)
    assert state == "dead" and claim(engine, now) == []
    assert pauses[:11] == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]


def test_a_long_error_is_cut(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    failed(engine, claim(engine, NOW)[0], PermanentError("x" * 1000), NOW)
    assert the_delivery(engine)["last_error"] == "x" * 200


def test_pauses() -> None:
    assert outbox.pause_seconds(1, jitter=0.0) == 0.0
    assert outbox.pause_seconds(3, jitter=0.5) == 10.0
    assert outbox.pause_seconds(3, jitter=0.5, retry_after=120.0) == 120.0
    assert outbox.pause_seconds(3, jitter=0.5, retry_after=10.0**9) == 24 * 3600


def test_the_id_stays_the_same(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    (first,) = claim(engine, NOW)
    failed(engine, first, TemporaryError("timeout"), NOW)
    (second,) = claim(engine, NOW + DAY)
    assert second.id == first.id and second.reference == first.reference


def test_a_lease_keeps_others_away_until_it_runs_out(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    (crashed,) = claim(engine, NOW)
    assert claim(engine, NOW + LEASE - timedelta(seconds=1)) == []
    (second,) = claim(engine, NOW + LEASE)
    assert second.id == crashed.id
    # The first one was only slow, and comes back: it has no say any more.
    assert succeeded(engine, crashed, NOW + LEASE) is False
    failed(engine, crashed, PermanentError("late"), NOW + LEASE)
    assert the_delivery(engine)["state"] == "delivering"
    assert succeeded(engine, second, NOW + LEASE) is True
    assert the_delivery(engine)["delivered_at"] == NOW + LEASE


def test_what_crashes_every_worker_ends(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    for attempt in range(MAXIMUM_ATTEMPTS):
        assert len(claim(engine, NOW + attempt * LEASE)) == 1
    assert claim(engine, NOW + MAXIMUM_ATTEMPTS * LEASE) == []
    assert the_delivery(engine)["state"] == "dead"
    assert the_delivery(engine)["last_error"] == "worker_crashed"


def test_an_erased_request_is_finished(engine: Any) -> None:
    request_store.submit(engine, a_request(), "key")
    (claimed,) = claim(engine, NOW)
    with engine.begin() as connection:
        connection.execute(sa.delete(models.requests))
    assert rows(engine, models.deliveries) == []
    assert succeeded(engine, claimed, NOW) is False


def test_requeue(engine: Any) -> None:
    reference = request_store.submit(engine, a_request(), "key")
    (claimed,) = claim(engine, NOW)
    assert requeue(engine, reference, NOW) == 0  # somebody is at it
    failed(engine, claimed, PermanentError("http_404"), NOW)
    assert requeue(engine, "SMA-0000-0000", NOW) == 0
    assert requeue(engine, reference, NOW) == 1
    (again,) = claim(engine, NOW)
    assert (again.id, again.attempt) == (claimed.id, 1)
    succeeded(engine, again, NOW)
    assert requeue(engine, reference, NOW) == 0


def test_many_workers_get_different_deliveries(engine: Any, url: str) -> None:
    for number in range(20):
        request_store.submit(engine, a_request(), str(number))
    engines = [create_engine(url) for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        claims = [c for cs in pool.map(lambda e: claim(e, NOW, limit=2), engines * 6) for c in cs]
    assert len(claims) <= 20 and len({c.id for c in claims}) == len(claims)
    claims += claim(engine, NOW, limit=100)
    assert len({c.id for c in claims}) == len(claims) == 20
    for other in engines:
        other.dispose()


@pytest.mark.parametrize("limit", [1, 3])
def test_the_longest_due_come_first(engine: Any, limit: int) -> None:
    references = [request_store.submit(engine, a_request(), str(number)) for number in range(4)]
    assert [c.reference for c in claim(engine, NOW, limit)] == references[:limit]
