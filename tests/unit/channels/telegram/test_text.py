"""Messages are as long as Telegram takes them, and what is marked in them stays marked."""

import pytest

from channels.telegram.text import LIMIT, clean, messages_of, spans_of, units

SOURCE = {
    "quote": "It is <given> & 😀 slowly.",
    "section": "How it is given",
    "anchor": "how-it-is-given",
}
TEXT = "“It is <given> & 😀 slowly.”\nFrom the page, section “How it is given”."
PAGE = "https://clinic.example/page"


def shown(text: str, offset: int, length: int) -> str:
    """Return what Telegram marks: it counts in UTF-16 units."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_is_no_message(text: str) -> None:
    assert messages_of(text, []) == []


def test_half_a_character_and_nul_are_not_sent() -> None:
    assert clean("a\ud83db\x00c") == "a?bc"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x" * LIMIT, 1),
        ("x" * (LIMIT + 1), 2),
        ("😀" * (LIMIT // 2), 1),
        ("x" + "😀" * (LIMIT // 2), 2),
        ("字" * (LIMIT + 1), 2),
        ("x" * (3 * LIMIT + 1), 4),
    ],
)
def test_no_message_is_longer_than_telegram_takes(text: str, count: int) -> None:
    messages = [words for words, _ in messages_of(text, [])]
    assert len(messages) == count
    assert all(0 < units(words) <= LIMIT for words in messages)
    assert "".join(messages) == text, "nothing is lost"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # Between lines, after a sentence, between words; the best that is not too early.
        ("a" * 3000 + "\n" + "b c. " * 400, "a" * 3000),
        ("a. b" + " c" * 1500 + ". " + "d" * 2000, "a. b" + " c" * 1500 + "."),
        ("字" * 3000 + "。" + "字" * 2000, "字" * 3000 + "。"),
        ("a" * 4000 + " " + "b" * 1000, "a" * 4000),
        ("a" * 4096 + " " + "b" * 1000, "a" * 4096),
        ("a\n" + "b" * 5000, "a\n" + "b" * 4094),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text: str, first: str) -> None:
    assert messages_of(text, [])[0][0] == first


def test_quotes_and_sections_are_marked_in_telegrams_units() -> None:
    spans = spans_of(TEXT, {"sources": [SOURCE]}, PAGE)
    [(text, [quote, link])] = messages_of(TEXT, spans)
    assert quote["type"] == "blockquote"
    assert shown(text, quote["offset"], quote["length"]) == f"“{SOURCE['quote']}”"
    assert (link["type"], link["url"]) == ("text_link", f"{PAGE}#how-it-is-given")
    assert shown(text, link["offset"], link["length"]) == SOURCE["section"]


def test_without_the_pages_address_there_is_no_link() -> None:
    kinds = [what["type"] for _, _, what in spans_of(TEXT, {"sources": [SOURCE]}, "")]
    assert kinds == ["blockquote"]


def test_two_quotes_of_one_section_have_one_link() -> None:
    other = {**SOURCE, "quote": "Twice."}
    text = "“Twice.”\n" + TEXT
    spans = spans_of(text, {"sources": [other, SOURCE]}, PAGE)
    assert [what["type"] for _, _, what in spans] == ["blockquote", "blockquote", "text_link"]


def test_a_source_that_is_not_in_the_text_is_not_marked() -> None:
    assert spans_of("Something else.", {"sources": [SOURCE]}, PAGE) == []


def test_a_quote_that_is_cut_is_a_quote_in_both_messages() -> None:
    quote = "😀 word. " * 600
    messages = messages_of(quote, [(0, len(quote), {"type": "blockquote"})])
    assert len(messages) == 2
    for text, [entity] in messages:
        assert shown(text, entity["offset"], entity["length"]) == text
