"""Replies as Telegram shows them: text, what of it is a quote or a link, in messages not too long.

Telegram takes markup (HTML) or entities: positions in a plain text. Entities, because quotes go out
word for word with nothing to escape, because the limit of length counts the text without markup,
and because a text can be split anywhere without leaving a tag open.
"""

import re
from typing import Any, Dict, Iterator, List, Tuple

# https://core.telegram.org/bots/api#sendmessage, counted after entities parsing; in UTF-16 units,
# as Telegram counts positions (https://core.telegram.org/api/entities#entity-length).
LIMIT = 4096

Entity = Dict[str, Any]  # as the Bot API takes it, positions in UTF-16 units
Span = Tuple[int, int, Entity]  # from and to as Python counts, and what stands there

# Where a text is cut, the best first: between lines, after a sentence, between words.
_CUTS = (re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s|(?<=[。！？])"), re.compile(r"\s"))


def units(text: str) -> int:
    """Return how long a text is to Telegram: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return a text without what can't be sent: halves of characters, and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def spans_of(text: str, outcome: Dict[str, Any], page_url: str) -> List[Span]:
    """Return the quotes in a reply, and its sections' names as links to them.

    Args:
        outcome: the reply's, whose sources say what is quoted (actions/reply.py).
        page_url: the address of the page on the clinic's site; empty: no links.
    """
    spans: List[Span] = []
    for source in outcome.get("sources") or ():
        quote, section = f"“{source['quote']}”", f"“{source['section']}”"
        at = text.find(quote)
        if at >= 0:
            spans.append((at, at + len(quote), {"type": "blockquote"}))
        named = text.find(section, max(at, 0) + len(quote) if at >= 0 else 0)
        if page_url and named >= 0:
            link = {"type": "text_link", "url": f"{page_url}#{source['anchor']}"}
            # Without the quotation marks around it.
            spans.append((named + 1, named + len(section) - 1, link))
    unique = {(start, end): (start, end, what) for start, end, what in spans}
    return [unique[place] for place in sorted(unique)]


def messages_of(text: str, spans: List[Span]) -> List[Tuple[str, List[Entity]]]:
    """Return a text as messages that Telegram takes, each with its entities.

    A quote that goes on in the next message is a quote there as well.
    """
    return [
        (text[start:end], list(_entities(text, start, end, spans)))
        for start, end in _pieces(text)
        if text[start:end]
    ]


def _entities(text: str, start: int, end: int, spans: List[Span]) -> Iterator[Entity]:
    for first, last, what in spans:
        inside_from, inside_to = max(first, start), min(last, end)
        if inside_from < inside_to:
            offset = units(text[start:inside_from])
            yield {**what, "offset": offset, "length": units(text[inside_from:inside_to])}


def _pieces(text: str) -> Iterator[Tuple[int, int]]:
    """Yield where each message begins and ends, without the white space around it."""
    start = 0
    while start < len(text):
        end = start + _fitting(text[start:])
        if end < len(text):
            end = start + _cut(text[start : end + 1])
        piece = text[start:end]
        begins = start + len(piece) - len(piece.lstrip())
        yield begins, max(begins, start + len(piece.rstrip()))
        start = end


def _fitting(text: str) -> int:
    """Return how many characters of a text fit into one message."""
    room = LIMIT
    for count, character in enumerate(text):
        room -= 2 if ord(character) > 0xFFFF else 1
        if room < 0:
            return count
    return len(text)


def _cut(text: str) -> int:
    """Return where to cut a text whose last character doesn't fit any more."""
    most = len(text) - 1
    for pattern in _CUTS:
        # In the second half: a message of one short line would look like all there is.
        places = [match.end() for match in pattern.finditer(text) if match.start() <= most]
        fitting = [place for place in places if most // 2 < place <= most + 1]
        if fitting:
            return min(fitting[-1], most)
    return most
