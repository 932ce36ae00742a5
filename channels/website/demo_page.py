"""The clinic's page with the widget on it, as the clinic's site would embed it."""

import base64
import hashlib
import re
from functools import lru_cache
from html import escape
from typing import Iterator, List

import settings
from knowledge.document import anchor_of, load_document, plain_text

# What a careful site sends; the widget must work under it.
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' {styles}; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_STYLES = """
body { margin: 0; font: 1.0625rem/1.6 Georgia, serif; color: #1f2933; background: #fbfaf7; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 8rem; }
h1, h2 { line-height: 1.25; font-family: system-ui, sans-serif; color: #0b3c49; }
h2 { margin-top: 2.5rem; }
@media (prefers-color-scheme: dark) {
  body { color: #e4e7eb; background: #14191f; } h1, h2 { color: #a6dbe8; }
}
"""
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"[-*]\s+")


def _digest() -> str:
    return base64.b64encode(hashlib.sha256(_STYLES.encode()).digest()).decode()


HEADERS = {
    "Content-Security-Policy": _POLICY.format(styles=f"'sha256-{_digest()}'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@lru_cache(maxsize=1)
def page() -> str:
    """Return the page's HTML."""
    document = load_document(settings.DOCUMENTS / "spinraza.yml")
    markdown = (settings.DOCUMENTS / "spinraza.md").read_text(encoding="utf-8")
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLES}</style>\n</head>\n<body>\n"
        "<main>\n" + "\n".join(_blocks(markdown)) + "\n</main>\n"
        '<script src="/webhooks/website/widget.js" async></script>\n</body>\n</html>\n'
    )


def _blocks(markdown: str) -> Iterator[str]:
    """Yield headings, paragraphs and lists of the Markdown that documents are written in."""
    for block in re.split(r"\n\s*\n", markdown.strip()):
        lines: List[str] = [line.strip() for line in block.splitlines() if line.strip()]
        heading = _HEADING.fullmatch(lines[0])
        if heading:
            title = plain_text(heading.group(2))
            level = len(heading.group(1))
            yield f'<h{level} id="{escape(anchor_of(title))}">{escape(title)}</h{level}>'
            lines = lines[1:]
        if lines and all(_ITEM.match(line) for line in lines):
            items = "".join(f"<li>{escape(plain_text(line))}</li>" for line in lines)
            yield f"<ul>{items}</ul>"
        elif lines:
            yield f"<p>{escape(plain_text(' '.join(lines)))}</p>"
