"""A document the bot may quote: Markdown text in sections, and the quotes that answer topics."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from knowledge.yaml_file import YamlFileError, load_yaml

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_LIST_MARKER = re.compile(r"^\s*[-*]\s+")
# Two signs on each side of a place, parted by NUL: a word, or a number, goes on across it. Chinese
# has no blanks between words.
_LETTER = r"[^\W_\u4e00-\u9fff]"
_INSIDE_A_WORD = re.compile(
    rf"{_LETTER}[-‐‑'’]?\0[-‐‑'’]?{_LETTER}|\d[.,]?\0[.,]?\d|\d[-–]\0\d|\d\0[-–]\d"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!-])")


class DocumentError(Exception):
    """A document can't be used as it stands; the message names file, topic and quote."""


@dataclass(frozen=True)
class Section:
    """A heading and the plain text under it, up to the next heading."""

    title: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Quote:
    """Words of a document, exactly as they stand there, and the section they stand in."""

    text: str
    section: str
    anchor: str


@dataclass(frozen=True)
class Document:
    """A page of the clinic with the quotes that answer each topic."""

    id: str
    title: str
    url: str
    retrieved: str
    language: str
    sections: Tuple[Section, ...]
    quotes: Dict[str, Tuple[Quote, ...]]


def fold(text: str) -> str:
    """Return `text` with every run of white space as one blank: line breaks don't matter."""
    return " ".join(text.split())


def plain_text(markdown: str) -> str:
    """Return the words of Markdown lines without list bullets and backslash escapes."""
    lines = (_LIST_MARKER.sub("", line) for line in markdown.splitlines())
    return _ESCAPE.sub(r"\1", fold("\n".join(lines)))


def anchor_of(title: str) -> str:
    """Return the anchor that Markdown renderers give a heading: lower case, dashes for blanks."""
    words = re.sub(r"[^\w\s-]", "", title.lower())
    return re.sub(r"\s+", "-", words.strip())


def parse_sections(markdown: str) -> Tuple[Section, ...]:
    """Split Markdown at its headings. Text before the first heading belongs to no section."""
    sections: List[Section] = []
    title: Optional[str] = None
    lines: List[str] = []

    def close() -> None:
        if title is not None:
            anchor = anchor_of(title)
            # As Markdown renderers do it: use, use-1, use-2.
            same = sum(anchor_of(section.title) == anchor for section in sections)
            anchor = f"{anchor}-{same}" if same else anchor
            sections.append(Section(title, anchor, plain_text("\n".join(lines))))

    for line in markdown.splitlines():
        heading = _HEADING.match(line)
        if heading:
            close()
            title, lines = plain_text(heading.group(2)), []
        else:
            lines.append(line)
    close()
    return tuple(sections)


def find_quote(text: str, sections: Tuple[Section, ...]) -> Optional[Quote]:
    """Return `text` as a quote of the first section that holds it word for word, or None.

    A section's heading counts as part of the section. A quote begins and ends where a word does:
    "effective in adults" isn't what a page says that has "ineffective in adults".
    """
    wanted = fold(text)
    for section in sections:
        if wanted and (wanted == section.title or _holds(section.text, wanted)):
            return Quote(wanted, section.title, section.anchor)
    return None


def _holds(text: str, wanted: str) -> bool:
    places = (found.start() for found in re.finditer(f"(?={re.escape(wanted)})", text))
    return any(
        not _is_inside_a_word(text, place) and not _is_inside_a_word(text, place + len(wanted))
        for place in places
    )


def _is_inside_a_word(text: str, place: int) -> bool:
    around = f"{text[max(0, place - 2) : place]}\0{text[place : place + 2]}"
    return bool(_INSIDE_A_WORD.search(around))


def load_document(path: Path, page_url: str = "") -> Document:
    """Read a document's description (`*.yml`) and the Markdown file it names.

    Args:
        path: the description; see documents/spinraza.yml for its keys.
        page_url: the page's address, where it isn't the one in the description.

    Raises:
        DocumentError: a key or the text is missing, or a quote isn't in the text word for word.
    """
    try:
        description: Dict[str, Any] = load_yaml(path)
    except YamlFileError as error:
        raise DocumentError(str(error)) from error
    missing = [
        key
        for key in ("id", "title", "text", "retrieved", "language", "topics")
        if key not in description
    ]
    if missing:
        raise DocumentError(f"{path}: missing {', '.join(missing)}")
    text_path = path.parent / str(description["text"])
    try:
        sections = parse_sections(text_path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DocumentError(f"{path}: its text {text_path} can't be read: {error}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DocumentError(
            f"{text_path}:{line}: not UTF-8 text. Save the file in the encoding UTF-8."
        ) from error

    if not isinstance(description["topics"], dict):
        raise DocumentError(f"{path}: topics: expected 'topic:' entries, each with its quotes")
    quotes: Dict[str, Tuple[Quote, ...]] = {}
    for topic, texts in description["topics"].items():
        if not isinstance(texts, list) or not texts:
            raise DocumentError(f"{path}: topic {topic}: expected a list of one or more quotes")
        found = []
        for text in texts:
            quote = find_quote(str(text), sections)
            if quote is None:
                raise DocumentError(
                    f"{path}: topic {topic}: this quote is not in {text_path.name} word for word, "
                    f"inside one section: {fold(str(text))!r}"
                )
            found.append(quote)
        quotes[topic] = tuple(found)
    return Document(
        id=str(description["id"]),
        title=str(description["title"]),
        url=page_url or str(description.get("url") or ""),
        retrieved=str(description["retrieved"]),
        language=str(description["language"]),
        sections=sections,
        quotes=quotes,
    )
