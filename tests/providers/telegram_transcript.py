"""A conversation that really went through the bot and the stand-in, as Markdown for the README."""

import re
from typing import Any, Dict, Iterator, List, Tuple

from tests.providers.telegram_server import Message
from tests.providers.telegram_visitor import buttons_of

_REFERENCE = re.compile(r"SMA-[0-9A-Z]{4}-[0-9A-Z]{4}")
_EXAMPLE = "SMA-7K3F-9QX2"  # every real one is another
_HEAD = """# A conversation in Telegram

Sent and received by `tests/live/end_to_end/test_telegram.py` through the running bot; not made up.
**Visitor** typed or pressed what stands behind the name; `[buttons]` stand under a message.
"""


def markdown_of(turns: List[Tuple[str, List[Message]]]) -> str:
    """Return a conversation: what the visitor did, and what came back."""
    lines = [_HEAD]
    for words, replies in turns:
        lines.append(f"**Visitor:** {words}\n")
        for message in replies:
            shown = _REFERENCE.sub(_EXAMPLE, _shown(message))
            lines.append(f"**Bot:**\n\n{shown}\n")
            titles = [f"`[{title}]`" for title in buttons_of(message)]
            if titles:
                lines.append(" ".join(titles) + "\n")
    return "\n".join(lines)


def _shown(message: Message) -> str:
    """Return a message's text with its quotes and links as Markdown."""
    units = message["text"].encode("utf-16-le")
    text, at = "", 0
    for entity in sorted(message.get("entities", ()), key=lambda entity: int(entity["offset"])):
        start, end = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
        text += units[at:start].decode("utf-16-le") + _marked(entity, units[start:end])
        at = end
    return "\n".join(_lines(text + units[at:].decode("utf-16-le")))


def _marked(entity: Dict[str, Any], units: bytes) -> str:
    words = units.decode("utf-16-le")
    if entity["type"] == "blockquote":
        return "\n".join(f"> {line}" for line in words.splitlines())
    return {"text_link": f"[{words}]({entity.get('url')})", "italic": f"*{words}*"}[entity["type"]]


def _lines(text: str) -> Iterator[str]:
    """Yield lines that Markdown shows as lines; after a quote a paragraph begins."""
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        is_quote = line.startswith("> ")
        yield line if is_quote or not following else f"{line}  "
        if is_quote != following.startswith("> ") and following:
            yield ""
