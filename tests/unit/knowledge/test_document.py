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


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("It is ineffective in adults.", "effective in adults."),
        ("It is unsafe.", "safe."),
        ("It is un-safe.", "safe."),
        ("After 15 months.", "5 months."),
        ("After 1-5 months.", "5 months."),
        ("After 1.5 months.", "5 months."),
        ("Do discontinue it.", "continue it."),
        ("It is safety-tested.", "It is safe"),
        ("It lasts 5.5 months.", "It lasts 5"),
        ("It isn't so.", "It isn"),
    ],
)
def test_a_quote_that_cuts_a_word_is_none(page: str, quote: str) -> None:
    assert find_quote(quote, parse_sections(f"# Page\n\n{page}\n")) is None


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("It is ineffective; it is effective in adults.", "effective in adults."),
        ("(It is safe.)", "It is safe"),
        ("It is safe, too.", "It is safe"),
        ("它对成年人有效。", "成年人有效"),
        ("Ages 2-5, and adults", "Ages 2-5"),
    ],
)
def test_a_quote_of_whole_words_is_found(page: str, quote: str) -> None:
    assert find_quote(quote, parse_sections(f"# Page\n\n{page}\n")) is not None


def test_a_page_in_another_encoding_is_named_with_the_line(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "page.md").write_bytes("# Página\n\nniño\n".encode("latin-1"))
    with pytest.raises(DocumentError, match=r"page\.md:1: not UTF-8"):
        load_document(path)


def test_a_byte_order_mark_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    for name in ("page.md", "page.yml"):
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + (tmp_path / name).read_bytes())
    (tmp_path / "page.md").write_text("\ufeff# Use\n\nPatients of all ages.\n", encoding="utf-8")
    [quote] = load_document(tmp_path / "page.yml").quotes["eligibility"]
    assert quote.section == "Use"


def test_topics_must_be_entries(tmp_path: Path) -> None:
    description = DESCRIPTION.split("topics:")[0] + "topics:\n  - eligibility\n"
    with pytest.raises(DocumentError, match=r"page\.yml: topics: expected"):
        load_document(write(tmp_path, description))


def test_headings_of_one_name_have_anchors_of_their_own_and_closing_marks_go() -> None:
    sections = parse_sections("## Use ##\n\nFirst.\n\n## Use\n\nSecond.\n\n# C# #\n")
    assert [(s.title, s.anchor) for s in sections] == [
        ("Use", "use"),
        ("Use", "use-1"),
        ("C#", "c"),
    ]
    quote = find_quote("Second.", sections)
    assert quote is not None and quote.anchor == "use-1"
