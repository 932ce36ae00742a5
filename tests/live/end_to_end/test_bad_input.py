"""Whatever is typed, the bot as it is served answers politely, fast, and without a fault."""

import time
from pathlib import Path
from typing import Any, Dict, List, Tuple

from tests.live.real_server import RealServer

SLOW_SECONDS = 0.5
STORY = "We come from a small town by the sea and my son is four years old, he likes trains. " * 14


def timed(server: RealServer, text: str, sender: str) -> Tuple[Dict[str, Any], float]:
    """Return the reply and the seconds it took; a slow one is asked again, alone on the machine."""
    seconds = []
    for attempt in range(2):
        started = time.perf_counter()
        reply = server.ask(text, f"{sender} {attempt}")
        seconds.append(time.perf_counter() - started)
        if seconds[-1] < SLOW_SECONDS:
            break
    return reply, min(seconds)


def strings_of(path: Path) -> List[str]:
    """Return the list's strings; its comments begin with a number sign."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def test_every_naughty_string_gets_a_polite_and_fast_reply(
    server: RealServer, shared: Path
) -> None:
    strings = strings_of(shared / "benchmarks" / "naughty-strings.txt")
    assert len(strings) > 400
    faults, logged = [], len(server.log)
    for number, text in enumerate(strings):
        reply, seconds = timed(server, text, f"naughty {number}")
        if reply["custom"]["kind"] == "unavailable" or not reply["text"].strip():
            faults.append(f"no reply to {text!r}")
        if seconds >= SLOW_SECONDS:
            faults.append(f"{seconds:.2f} s for {text[:60]!r}")
        if len(text) > 20 and text in reply["text"]:
            faults.append(f"repeated: {text!r}")
    assert faults == []
    log = server.log[logged:]
    assert "Traceback" not in log and "Exception" not in log


def test_of_a_long_message_the_last_question_is_answered_and_that_is_said(
    server: RealServer,
) -> None:
    text = f"{STORY} What does it cost? {STORY} How is Spinraza given? {STORY[:300]}"
    reply, seconds = timed(server, text, "long")
    assert reply["text"].startswith("Your message is long")
    assert reply["custom"]["topic"] == "route"
    assert "cost" not in reply["text"]
    assert seconds < SLOW_SECONDS


def test_an_emergency_at_the_start_of_a_long_message_comes_first(server: RealServer) -> None:
    reply, _ = timed(server, f"She isn't breathing! {STORY} How is Spinraza given?", "first")
    assert reply["custom"]["kind"] == "emergency"


def test_an_even_longer_message_is_asked_for_again_in_fewer_words(server: RealServer) -> None:
    reply, seconds = timed(server, STORY * 4 + " How is Spinraza given?", "longest")
    assert reply["custom"]["topic"] == "message_too_long"
    assert "few sentences" in reply["text"]
    assert seconds < SLOW_SECONDS
