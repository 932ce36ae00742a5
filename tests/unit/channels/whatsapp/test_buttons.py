"""Buttons: titles short enough and each another one, and only where WhatsApp shows them."""

import json
from typing import List

import pytest

from channels.whatsapp.buttons import shortened, template_fields
from channels.whatsapp.text import units
from tests.providers.whatsapp_parts import configure
from tests.providers.whatsapp_server import ONE, THREE, TWO


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, WHATSAPP_CONTENT_SID=f"{THREE},{TWO}")


@pytest.mark.parametrize(
    ("titles", "short"),
    [
        (["Side effects"], ["Side effects"]),
        (["x" * 20], ["x" * 20]),
        (["Why it is injected into the spinal fluid"], ["Why it is injected…"]),
        (["The course of treatment"], ["The course of…"]),
        (["x" * 21], ["x" * 19 + "…"]),
        (["诺西那生注射" * 5], ["诺西那生注射" * 3 + "诺…"]),
        (["🙂" * 20], ["🙂" * 9 + "…"]),
        (
            ["What the treatment costs in all", "What the treatment costs a year", "What the"],
            ["What the treatment…", "What the… 2", "What the"],
        ),
        (["Yes", "Yes", "Yes"], ["Yes", "Yes 2", "Yes 3"]),
        (["Two,  three; four five six"], ["Two, three; four…"]),
    ],
)  # fmt: skip
def test_titles_are_cut_at_a_word_and_stay_different(titles: List[str], short: List[str]) -> None:
    assert shortened(titles) == short
    assert all(units(title) <= 20 for title in short) and len(set(short)) == len(short)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 2), ("Who is it for?", 0), ("Who is it for?", 1), ("Who is it for?", 4),
        ("two\nlines", 3), ("a\ttab", 3), ("much      space", 3), ("x" * 1025, 3), ("🙂" * 513, 3),
    ],
)  # fmt: skip
def test_what_whatsapp_would_not_show_is_left_to_numbers(body: str, count: int) -> None:
    assert template_fields(body, ["a", "b", "c", "d"][:count]) == {}


def test_without_a_template_there_are_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, WHATSAPP_CONTENT_SID="")
    assert template_fields("Who is it for?", ["a", "b", "c"]) == {}


def test_the_template_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, WHATSAPP_CONTENT_SID=f"{THREE},{TWO},{ONE}")
    fields = template_fields(
        "¿Para quién?", ["Para mí", "Why it is injected into the spinal fluid"]
    )
    assert fields["ContentSid"] == TWO
    assert json.loads(fields["ContentVariables"]) == {
        "1": "¿Para quién?",
        "2": "Para mí",
        "3": "Why it is injected…",
    }
    assert template_fields("x" * 1024, ["a"])["ContentSid"] == ONE
