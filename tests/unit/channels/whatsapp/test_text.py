"""What a reply looks like in WhatsApp, and where it is cut."""

from typing import Any, Dict

import pytest

from channels.whatsapp.text import (
    LIMIT,
    clean,
    numbered,
    pieces_of,
    shown,
    units,
    unmarked,
    with_choices,
)
from knowledge.document import load_document
from settings import DOCUMENTS

PAGE = "https://clinic.example/spinraza"
SOURCE = {"quote": "Slowly, *very* slowly.", "section": "Giving", "anchor": "giving"}
ANSWER: Dict[str, Any] = {"kind": "answer", "topic": "route", "sources": [SOURCE]}
TEXT = "“Slowly, *very* slowly.”\nFrom the page, section “Giving”.\nMore?"


def test_a_quote_is_set_off_and_its_section_linked() -> None:
    assert shown(TEXT, ANSWER, PAGE) == (
        "> “Slowly, *very* slowly.”\nFrom the page, section “Giving”.\n"
        "https://clinic.example/spinraza#giving\nMore?"
    )
    assert "http" not in shown(TEXT, ANSWER, "")


def test_a_link_that_is_there_is_not_there_twice() -> None:
    said = f"It says so in section “Giving”:\n{PAGE}#giving"
    assert shown(said, ANSWER, PAGE) == said
    twice = f"{TEXT}\nSection “Giving” again."
    assert shown(twice, ANSWER, PAGE).count("http") == 1


@pytest.mark.parametrize(
    ("typed", "looks"),
    [
        ("*Ana*", "∗Ana∗"),
        ("• Name: _Ana Silva_", "• Name: ＿Ana Silva＿"),
        ("~no~ and `yes`", "∼no∼ and ‵yes‵"),
        ("```code```", "‵‵‵code‵‵‵"),
        ("_*both*_", "＿∗both∗＿"),
        ("(*x*)", "(∗x∗)"),
        ("> not a quote", "› not a quote"),
    ],
)
def test_a_mark_by_accident_marks_nothing(typed: str, looks: str) -> None:
    assert unmarked(typed) == looks


@pytest.mark.parametrize(
    "plain",
    [
        "2 * 3 * 4", "a_b_c", "snake_case_name", "* one", "5*", "**", "ana_b_@example.org",
        "_ana_@example.org", "https://clinic.example/_a_/*b*", "<3", "a > b", ">3", "1.5~2~3",
    ],
)  # fmt: skip
def test_what_marks_nothing_and_addresses_stay_as_they_are(plain: str) -> None:
    assert unmarked(plain) == plain


def test_nothing_the_page_says_is_marked() -> None:
    """Quotes go out as they are: WhatsApp must not read marks in them."""
    document = load_document(DOCUMENTS / "spinraza.yml")
    quotes = {quote.text for quotes in document.quotes.values() for quote in quotes}
    assert len(quotes) > 30
    for quote in quotes:
        assert unmarked(quote) == quote and "\n" not in quote


def test_choices_are_numbered_lines() -> None:
    assert numbered(["Side effects", "*Cost*"]) == "1. Side effects\n2. ∗Cost∗"


def test_a_question_stays_with_its_choices() -> None:
    choices = ["Send", "Change"]
    assert with_choices("a\nSend it?", choices) == ["a\nSend it?\n1. Send\n2. Change"]
    long = "x" * 1580
    assert with_choices(f"{long}\nSend it?", choices) == [long, "Send it?\n1. Send\n2. Change"]
    pieces = with_choices("x" * 1590, choices)
    assert pieces == ["x" * 1590, "1. Send\n2. Change"], "a question as long as a message"
    assert with_choices(long, []) == [long]


def test_halves_of_characters_and_nul_are_left_out() -> None:
    assert clean("a\x00b\ud83d") == "ab?"


def test_1600_characters_are_one_message_and_1601_are_two() -> None:
    assert pieces_of("x" * LIMIT) == ["x" * LIMIT]
    assert pieces_of("x" * (LIMIT + 1)) == ["x" * LIMIT, "x"]
    assert [units(piece) for piece in pieces_of("🙂" * 801)] == [1600, 2]


@pytest.mark.parametrize(
    ("between", "ends"),
    [("\n", ("x",)), (". ", (".",)), ("。", ("。",)), (" ", ("x",))],
)
def test_a_text_is_cut_at_lines_sentences_or_words(between: str, ends: Any) -> None:
    text = between.join(["x" * 99] * 40)
    pieces = pieces_of(text)
    assert all(units(piece) <= LIMIT for piece in pieces)
    assert all(piece.endswith(ends) for piece in pieces[:-1])
    assert all(piece.startswith("x") for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split()), "nothing is lost"
    assert len(pieces) == 3, "none is cut shorter than it must be"


def test_a_quote_that_goes_on_is_a_quote_there_as_well() -> None:
    pieces = pieces_of("> " + "A sentence. " * 200 + "\nFrom the page.")
    assert len(pieces) == 2 and all(piece.startswith("> A sentence") for piece in pieces)
    assert pieces[-1].endswith("\nFrom the page.")


def test_blank_lines_make_no_message() -> None:
    assert pieces_of("\n\n") == []
    assert pieces_of("a\n\nb") == ["a\n\nb"]
