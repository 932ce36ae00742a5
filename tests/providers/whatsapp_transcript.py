"""A conversation that really went through the bot and the stand-in, as Markdown for the README."""

import re
from typing import Iterator, List, Tuple

_REFERENCE = re.compile(r"SMA-[0-9A-Z]{4}-[0-9A-Z]{4}")
_EXAMPLE = "SMA-7K3F-9QX2"  # every real one is another
_HEAD = """# A conversation in WhatsApp

Sent and received by `tests/live/end_to_end/test_whatsapp.py` through the running bot; not made up.
**Visitor** typed what stands behind the name: a number is one of the choices above it.
"""


def markdown_of(turns: List[Tuple[str, str]]) -> str:
    """Return a conversation: what the visitor wrote, and what came back."""
    lines = [_HEAD]
    for words, reply in turns:
        shown = "\n".join(_lines(_REFERENCE.sub(_EXAMPLE, reply)))
        lines.append(f"**Visitor:** {words}\n\n**Bot:**\n\n{shown}\n")
    return "\n".join(lines)


def _lines(text: str) -> Iterator[str]:
    """Yield lines that Markdown shows as lines; around a quote and before a list is a blank one."""
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        ends = following is None or _kind(following) != _kind(line)
        yield line if ends or _kind(line) != "plain" else f"{line}  "
        if ends and following is not None:
            yield ""


def _kind(line: str) -> str:
    if line.startswith("> "):
        return "quote"
    return "list" if re.match(r"\d+\. ", line) else "plain"
