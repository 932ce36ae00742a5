"""Where it says that: the section and the page of the latest quotes."""

import pytest

from actions.knowledge_base import catalogue
from actions.name_source import NameSource
from actions.reply import Kind
from actions.reply import outcome as make_outcome
from tests.rooms.actions.tracker import outcome, run


def quoted(topic: str) -> dict:
    return make_outcome(Kind.ANSWER, topic, catalogue().sources(topic))


def test_nothing_quoted_yet() -> None:
    message = run(NameSource(), "ask_source", [{"kind": "smalltalk", "topic": "greet"}])
    assert outcome(message)["kind"] == "smalltalk"


def test_section_page_and_date_of_the_latest_quotes() -> None:
    past = [quoted("bleeding"), quoted("route"), {"kind": "not_covered", "topic": "cost"}]
    message = run(NameSource(), "ask_source", past)
    assert outcome(message) == quoted("route")
    for words in ("How Spinraza works?", "Treatment for Spinal Muscular Atrophy", "2026-11-22"):
        assert words in message["text"]


def test_a_quote_that_is_gone_since_is_not_claimed() -> None:
    past = [{**quoted("route"), "topic": "cost"}]
    assert outcome(run(NameSource(), "ask_source", past))["kind"] == "smalltalk"


def test_the_pages_address_is_given_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_URL", "https://clinic.example/spinraza")
    catalogue.cache_clear()
    try:
        message = run(NameSource(), "ask_source", [quoted("route")])
    finally:
        monkeypatch.undo()
        catalogue.cache_clear()
    assert message["text"].endswith("https://clinic.example/spinraza#how-spinraza-works")
