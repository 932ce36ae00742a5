"""Failures are counted and logged by Twilio's number; a message is waited for until it left."""

import asyncio
import logging
import time
from typing import Any, Awaitable, Callable

import pytest

from channels.whatsapp.request import Parameters
from channels.whatsapp.status import Statuses
from tests.providers.whatsapp_server import status_pairs

MESSAGE = {"sid": "SM" + "1" * 32, "to": "whatsapp:+4915112345678"}


def told(status: str, code: str = "") -> Parameters:
    return Parameters(status_pairs(MESSAGE, status, code))


def run(test: Callable[[], Awaitable[Any]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 30))  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["failed", "undelivered"])
def test_a_failure_is_logged_and_counted_without_whose_it_was(
    status: str, caplog: pytest.LogCaptureFixture
) -> None:
    statuses = Statuses()
    statuses.take(told(status, "63016"))
    statuses.take(told(status, "63016"))
    assert statuses.failures == {"63016": 2}
    last = caplog.records[-1].getMessage()
    assert "63016" in last and "24 hours" in last and "; 2 of these" in last
    assert "4915112345678" not in caplog.text and MESSAGE["sid"] not in caplog.text


@pytest.mark.parametrize("code", ["", "x", "63016\nERROR forged", "1" * 7])
def test_a_code_that_is_none_is_unknown(code: str, caplog: pytest.LogCaptureFixture) -> None:
    statuses = Statuses()
    statuses.take(told("failed", code))
    assert statuses.failures == {"unknown": 1}
    assert "forged" not in caplog.text


@pytest.mark.parametrize("status", ["queued", "sent", "delivered", "read", "", "new-status"])
def test_all_else_is_no_failure(status: str, caplog: pytest.LogCaptureFixture) -> None:
    statuses = Statuses()
    with caplog.at_level(logging.INFO):
        statuses.take(told(status))
    assert not statuses.failures and not caplog.records


@pytest.mark.parametrize("status", ["sent", "delivered", "read", "failed", "undelivered"])
def test_a_message_that_left_is_not_waited_for(status: str) -> None:
    async def test() -> None:
        statuses = Statuses()
        waiting = asyncio.create_task(statuses.wait_until_left(MESSAGE["sid"], 20))
        await asyncio.sleep(0)
        assert not waiting.done()
        statuses.take(told("queued"))
        statuses.take(told(status, "1"))
        started = time.monotonic()
        await waiting
        await statuses.wait_until_left(MESSAGE["sid"], 20)  # told before anybody asked
        assert time.monotonic() - started < 10

    run(test)


def test_nobody_waits_for_ever() -> None:
    run(lambda: Statuses().wait_until_left("SM2", 0.01))


def test_what_is_remembered_is_bounded() -> None:
    async def test() -> None:
        statuses = Statuses()
        for number in range(5000):
            pairs = status_pairs({**MESSAGE, "sid": f"SM{number}"}, "sent")
            statuses.take(Parameters(pairs))
        assert len(statuses._left) == 2000

    run(test)
