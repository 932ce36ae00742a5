"""Replies as WhatsApp shows them: quotes set off, plain links, numbered choices, nothing too long.

WhatsApp knows marks (*bold*, _italic_, ~struck~, `code`, and "> " before a quote:
https://faq.whatsapp.com/539178204879377) and no way to escape one. A mark that somebody typed and
that would format what is around it is shown as a character that looks the same.
"""

import re
from typing import Any, Dict, Iterator, List, Sequence

# https://www.twilio.com/docs/api/errors/21617
LIMIT = 1600

_QUOTE = "> "
_LOOKS_THE_SAME = {"*": "∗", "_": "＿", "~": "∼", "`": "‵"}
# A mark formats what it stands around, without a space inside and no letter outside.
_PAIR = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\w])")
_QUOTES_A_LINE = re.compile(r"^>(?= )")
# Addresses are copied and clicked: nothing in them is changed.
_ADDRESS = re.compile(r"(\S+://\S+|\S+@\S+)")
# Where a line is cut, the best first: after a sentence, between words.
_CUTS = (re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])"), re.compile(r"\s+"))


def units(text: str) -> int:
    """Return how long a text is at most to others: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return a text without what can't be sent: halves of characters, and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def shown(text: str, outcome: Dict[str, Any], page_url: str) -> str:
    """Return a reply's text as it goes to WhatsApp.

    Args:
        text: the reply's.
        outcome: its outcome, whose sources say what of it is quoted (actions/reply.py).
        page_url: the address of the page on the clinic's site; empty: no links.
    """
    sources = outcome.get("sources") or ()
    quotes = {f"“{source['quote']}”" for source in sources}
    lines: List[str] = []
    for line in text.split("\n"):
        if line in quotes:
            lines.append(_QUOTE + line)
            continue
        lines.append(unmarked(line))
        links = _links(line, sources, page_url) if lines[-1] else []
        lines += [link for link in links if link not in text and link not in lines]
    return "\n".join(lines)


def unmarked(line: str) -> str:
    """Return a line in which nothing is a mark any more."""
    line = _QUOTES_A_LINE.sub("›", line)
    pieces = _ADDRESS.split(line)
    pieces[::2] = [_without_pairs(piece) for piece in pieces[::2]]
    return "".join(pieces)


def numbered(titles: Sequence[str]) -> str:
    """Return choices as numbered lines."""
    return "\n".join(f"{number}. {unmarked(title)}" for number, title in enumerate(titles, 1))


def with_choices(body: str, titles: Sequence[str]) -> List[str]:
    """Return a text with its choices as messages; the question and its choices stay together."""
    if not titles:
        return pieces_of(body)
    before, _, question = body.rpartition("\n")
    for rest, together in (("", body), (before, question)):
        asked = f"{together}\n{numbered(titles)}"
        if units(asked) <= LIMIT:
            return [*pieces_of(rest), asked]
    return [*pieces_of(body), *pieces_of(numbered(titles))]


def pieces_of(text: str, limit: int = LIMIT) -> List[str]:
    """Return a text as messages of at most `limit`, cut at lines, sentences or words.

    A quote that goes on in the next message is a quote there as well.
    """
    pieces: List[str] = []
    for line in text.split("\n"):
        for part in _parts_of(line, limit):
            longer = f"{pieces[-1]}\n{part}" if pieces else part
            if pieces and units(longer) <= limit:
                pieces[-1] = longer
            else:
                pieces.append(part)
    return [piece.strip() for piece in pieces if piece.strip()]


def _links(line: str, sources: Sequence[Dict[str, Any]], page_url: str) -> List[str]:
    """Return the addresses of the sections that a line names."""
    if not page_url:
        return []
    named = [source for source in sources if f"“{source['section']}”" in line]
    return list(dict.fromkeys(f"{page_url}#{source['anchor']}" for source in named))


def _without_pairs(text: str) -> str:
    while True:
        changed = _PAIR.sub(_as_looks, text)
        if changed == text:
            return text
        text = changed


def _as_looks(pair: "re.Match[str]") -> str:
    same = _LOOKS_THE_SAME[pair[1]]
    return f"{same}{pair[2]}{same}"


def _parts_of(line: str, limit: int) -> Iterator[str]:
    """Yield a line in parts that fit into a message."""
    start = _QUOTE if line.startswith(_QUOTE) else ""
    rest = line[len(start) :]
    while units(start + rest) > limit:
        end = _cut(rest, limit - units(start))
        yield start + rest[:end].rstrip()
        rest = rest[end:].lstrip()
    yield start + rest


def _cut(text: str, limit: int) -> int:
    """Return where to cut a text that is longer than `limit`."""
    most = _fitting(text, limit)
    for pattern in _CUTS:
        places = [match.start() for match in pattern.finditer(text, 0, most + 1)]
        # In the second half: a message of one short sentence would look like all there is.
        fitting = [place for place in places if most // 2 < place <= most]
        if fitting:
            return fitting[-1]
    return most


def _fitting(text: str, limit: int) -> int:
    """Return how many characters of a text are within `limit`."""
    room = limit
    for count, character in enumerate(text):
        room -= 2 if ord(character) > 0xFFFF else 1
        if room < 0:
            return count
    return len(text)
