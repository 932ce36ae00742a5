"""The worker: delivers what is due, and erases what was kept long enough.

    python -m consultations.worker [--once]

Any number of them on PostgreSQL, one on SQLite. SIGTERM and Ctrl-C end it after the delivery at
hand. Its log names references, sinks and states only.
"""

import argparse
import contextlib
import fcntl
import logging
import os
import signal
import sys
import time
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Dict, Iterator, List, Optional

from sqlalchemy.engine import Engine

from consultations import outbox, request_store
from consultations.erasure import apply_retention, retention_periods
from consultations.sinks import configured_sinks
from consultations.sinks.base import Delivery, DeliveryError, PermanentError, Sink, TemporaryError
from storage.database import create_engine, sqlite_path
from storage.errors import ConfigurationError, EncryptionError, StorageError
from storage.migrate import migrate

# Of a lease, the share that a delivery may take: the rest is for clocks that differ.
_SHARE_TO_DELIVER = 1 / 3
_POLL_SECONDS = 1.0
_PAUSE_WHEN_DOWN_SECONDS = 5.0
_RETENTION_EVERY_SECONDS = 3600.0
_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

logger = logging.getLogger("consultations.worker")


def main(arguments: Optional[List[str]] = None) -> int:
    """Run the worker; return 0 when it was told to end, 1 when another one runs, 2 or 3 for
    wrong settings or a database that can't be reached."""
    parser = argparse.ArgumentParser("python -m consultations.worker", description=__doc__)
    parser.add_argument("--once", action="store_true", help="deliver what is due, then end")
    parser.add_argument(
        "--lease", type=_positive, default=outbox.LEASE.total_seconds(), metavar="SECONDS",
        help="how long a delivery is this worker's alone, even if killed (default: %(default)s)",
    )  # fmt: skip
    given = parser.parse_args(arguments)
    lease = timedelta(seconds=given.lease)
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO, stream=sys.stdout)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        retention_periods()  # wrong settings should be found now, not in an hour
        sinks = configured_sinks()
        engine = create_engine()
        with _only_one_on_sqlite(engine) as is_alone, _stop_signals_wait():
            if not is_alone:
                logger.error("a worker is already running on this SQLite database; not started")
                return 1
            migrate(engine)
            if given.once:
                _deliver_all(engine, sinks, lease)
            else:
                work(engine, sinks, lease, _told_to_stop)
    except ConfigurationError as error:
        logger.error("%s", error)
        return 2
    except StorageError as error:
        logger.error("%s", error)
        return 3
    return 0


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise ValueError
    return number


def work(
    engine: Engine,
    sinks: Dict[str, Sink],
    lease: timedelta,
    told_to_stop: Callable[[float], bool],
) -> None:
    """Deliver what becomes due, and erase what is too old, until told to stop.

    Args:
        told_to_stop: waits for up to so many seconds for the word to stop, and says if it came.
    """
    logger.info("delivering to %s", ", ".join(sinks))
    next_retention = 0.0
    while not told_to_stop(0.0):
        pause = _POLL_SECONDS
        try:
            if deliver_one(engine, sinks, lease):
                pause = 0.0
            if time.monotonic() >= next_retention:
                apply_retention(engine, datetime.now(timezone.utc))
                next_retention = time.monotonic() + _RETENTION_EVERY_SECONDS
        except StorageError as error:
            logger.error("%s; trying again", error)
            pause = _PAUSE_WHEN_DOWN_SECONDS
        if told_to_stop(pause):
            break
    logger.info("stopped")


def _deliver_all(engine: Engine, sinks: Dict[str, Sink], lease: timedelta) -> None:
    while not _told_to_stop() and deliver_one(engine, sinks, lease):
        pass


def deliver_one(engine: Engine, sinks: Dict[str, Sink], lease: timedelta = outbox.LEASE) -> bool:
    """Try the delivery that is due the longest; say whether there was one.

    Args:
        lease: how long no other worker takes it up; a third of it is what delivering may take.

    Raises:
        StorageError: the database can't be used; what was being delivered is delivered again.
    """
    claims = outbox.claim(engine, datetime.now(timezone.utc), lease=lease)
    for claimed in claims:
        try:
            _deliver(engine, sinks, claimed, lease.total_seconds() * _SHARE_TO_DELIVER)
        except DeliveryError as error:
            state = outbox.failed(engine, claimed, error, datetime.now(timezone.utc))
            logger.warning("%s %s %s: %s", claimed.reference, claimed.sink, state, error.code)
        else:
            is_mine = outbox.succeeded(engine, claimed, datetime.now(timezone.utc))
            state = "delivered" if is_mine else "erased, or taken over by another worker"
            logger.info("%s %s %s", claimed.reference, claimed.sink, state)
    return bool(claims)


def _deliver(engine: Engine, sinks: Dict[str, Sink], claimed: outbox.Claim, seconds: float) -> None:
    if claimed.sink not in sinks:
        raise PermanentError("sink_not_configured")
    try:
        request = request_store.find(engine, claimed.request_id)
    except EncryptionError as error:
        logger.error("%s", error)
        raise TemporaryError("wrong_key") from None
    if request is None:
        return  # erased just now
    now = datetime.now(timezone.utc)
    delivery = Delivery(claimed.id, claimed.reference, request, claimed.received, now)
    try:
        with _deadline(seconds):
            sinks[claimed.sink].deliver(delivery)
    except DeliveryError:
        raise
    except Exception as error:
        # A mistake in a sink must not stop the others; its text may hold anything.
        raise TemporaryError(f"unexpected: {type(error).__name__}") from None


@contextlib.contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """End the block with a TemporaryError after `seconds`: a receiver may send a byte a second."""

    def end(*_: Any) -> None:
        raise TemporaryError("timeout")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _stop_signals_wait() -> Iterator[None]:
    """Keep SIGTERM and SIGINT waiting until `_told_to_stop` looks: never in the middle of work."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    try:
        yield
    finally:
        while _told_to_stop():  # by Ctrl-C and by SIGTERM: stopping once is enough
            pass
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _told_to_stop(wait_seconds: float = 0.0) -> bool:
    """Say whether a signal to stop has come, waiting for one for up to `wait_seconds`."""
    return signal.sigtimedwait(_STOP_SIGNALS, wait_seconds) is not None


@contextlib.contextmanager
def _only_one_on_sqlite(engine: Engine) -> Iterator[bool]:
    """Yield False when another worker holds this SQLite database's lock; PostgreSQL needs none."""
    path = sqlite_path(engine)
    if path is None:
        yield True
        return
    descriptor = os.open(f"{path}.worker-lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
