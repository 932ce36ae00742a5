"""Documents are read, and quotes are found only where they stand word for word."""

from pathlib import Path

import pytest

from knowledge.document import DocumentError, anchor_of, find_quote, load_document, parse_sections

MARKDOWN = """Before any heading.

# The page

## Who it is for?

Children and adults
with 5q SMA. It\\*s for all\u00a0ages.

- Patients who are diagnosed.
- Patients of all ages.
"""

DESCRIPTION = """
id: page
title: The page
text: page.md
retrieved: 2026-11-22
language: en
topics:
  eligibility:
    - Patients of all ages.
"""


def write(folder: Path, description: str = DESCRIPTION, markdown: str = MARKDOWN) -> Path:
    (folder / "page.md").write_text(markdown, encoding="utf-8")
    path = folder / "page.yml"
    path.write_text(description, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("description", "complaint"),
    [
        (DESCRIPTION.replace("all ages", "some ages"), "topic eligibility: this quote is not in"),
        (DESCRIPTION.replace("Patients of", "patients of"), "this quote is not in page.md"),
        (DESCRIPTION.replace("    - Patients of all ages.", "    []"), "one or more quotes"),
        (DESCRIPTION.replace("    - Patients of all ages.", "    nothing"), "a list"),
        (DESCRIPTION.replace("title: The page\n", ""), "missing title"),
        (DESCRIPTION.replace("page.md", "other.md"), "other.md can't be read"),
        (DESCRIPTION + "  : [", "not valid YAML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, description: str, complaint: str) -> None:
    path = write(tmp_path, description)
    with pytest.raises(DocumentError) as raised:
        load_document(path)
    assert complaint in str(raised.value)
    assert "page.yml" in str(raised.value)


def test_a_quote_does_not_reach_over_two_sections() -> None:
    sections = parse_sections("# A\nfirst words\n# B\nlast words")
    assert find_quote("first words last words", sections) is None
    assert find_quote("", sections) is None


def test_line_breaks_bullets_and_escapes_do_not_matter() -> None:
    sections = parse_sections(MARKDOWN)
    for text in ("adults with 5q SMA. It*s for all ages.", "diagnosed. Patients of all ages."):
        quote = find_quote(text, sections)
        assert quote is not None
        assert (quote.text, quote.section, quote.anchor) == (
            text,
            "Who it is for?",
            "who-it-is-for",
        )


def test_a_document_knows_its_page(tmp_path: Path) -> None:
    document = load_document(write(tmp_path), page_url="https://clinic.example/page")
    assert document.url == "https://clinic.example/page"
    assert document.retrieved == "2026-11-22"
    assert [section.title for section in document.sections] == ["The page", "Who it is for?"]
    assert document.quotes["eligibility"][0].text == "Patients of all ages."


def test_an_anchor_is_what_markdown_renderers_make_of_a_heading() -> None:
    assert anchor_of("Important safety information") == "important-safety-information"
    assert anchor_of("How Spinraza works?") == "how-spinraza-works"
