"""The document is the clinic's page, word for word."""

import re
from pathlib import Path

import pytest

from knowledge.catalogue import load_catalogue
from knowledge.document import fold, plain_text
from tests.conftest import ROOT

# What the page's text holds that isn't part of what it says.
SITE_FURNITURE = ("Skip to content",)


def words_of_the_source(text: str) -> list:
    for furniture in SITE_FURNITURE:
        assert furniture in text, f"{furniture!r} is no longer in the source: unlist it"
        text = text.replace(furniture, "", 1)
    return fold(text.replace("•", " ")).split()


def words_of_the_document(markdown: str) -> list:
    without_marks = re.sub(r"^#+ ", "", markdown, flags=re.MULTILINE)
    return plain_text(without_marks).split()


def test_the_documents_words_are_the_pages_words(shared: Path) -> None:
    [source] = sorted((shared / "source").glob("*.txt"))
    expected = words_of_the_source(source.read_text(encoding="utf-8"))
    actual = words_of_the_document((ROOT / "documents/spinraza.md").read_text(encoding="utf-8"))
    assert actual == expected


def test_a_changed_word_would_be_noticed() -> None:
    markdown = (ROOT / "documents/spinraza.md").read_text(encoding="utf-8")
    changed = markdown.replace("15 months", "16 months")
    assert words_of_the_document(changed) != words_of_the_document(markdown)


@pytest.mark.parametrize(
    "sentence",
    [
        sentence
        for section in load_catalogue(ROOT / "documents").documents[0].sections
        for sentence in re.split(r"(?<=[.:*])\s+(?=[A-Z*1-9])", section.text)
        if len(sentence.split()) > 4
    ],
)
def test_every_fact_of_the_page_is_quoted_by_some_topic(sentence: str) -> None:
    catalogue = load_catalogue(ROOT / "documents")
    quotes = " ".join(s.quote.text for topic in catalogue.topics for s in catalogue.sources(topic))
    sentence = re.sub(r"^(\d\. )?([A-Z][a-z]+ ?){1,3}( of Action)?: ", "", sentence).strip("*")
    assert sentence in quotes or sentence in REPEATED, f"no topic quotes: {sentence}"


# Sentences that say what a quoted sentence says, and the page's own headings of lists.
REPEATED = {
    "Approved treatment for 5q SMA, all ages acceptable",
    "Here’s how Spinraza works:",
    "Spinraza specifically targets individuals with spinal muscular atrophy (SMA), a genetic "
    "disorder characterized by a deficiency of the SMN protein.",
    "Spinraza for 5q SMA involves intrathecal injections, meaning the medication is injected into "
    "the cerebrospinal fluid surrounding the spinal cord.",
    "Spinraza is administered through intrathecal injection, which means it is injected directly "
    "into the cerebrospinal fluid surrounding the spinal cord.",
    "By increasing the production of SMN protein, Spinraza aims to improve motor function and slow "
    "down the progression of SMA.",
}
