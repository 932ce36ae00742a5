"""Draw the rooms of the code, and what imports what, into docs/architecture.md."""

import sys
from importlib import import_module
from pathlib import Path
from typing import List

import grimp

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PAGE = ROOT / "docs" / "architecture.md"
# From where a message comes in to where its answer comes from.
ROOMS = (
    "channels", "components", "understanding", "actions", "consultations", "knowledge", "texts",
    "storage", "workarounds",
)  # fmt: skip
ELSEWHERE = ("rasa", "rasa_sdk", "spacy")
_BEGIN, _END = "<!-- drawn by make architecture -->", "<!-- end -->"


def drawing() -> str:
    """Return the rooms as a table, and their imports as a Mermaid diagram."""
    graph = grimp.build_graph(*ROOMS, include_external_packages=True, cache_dir=None)
    for room in ROOMS:
        graph.squash_module(room)
    rows = ["| room | what is in it | imports of others |", "| --- | --- | --- |"]
    arrows: List[str] = []
    for room in ROOMS:
        imported = graph.find_modules_directly_imported_by(room)
        arrows += [f"    {room} --> {other}" for other in ROOMS if other in imported - {room}]
        others = ", ".join(f"`{name}`" for name in ELSEWHERE if name in imported) or "none"
        rows.append(f"| `{room}/` | {_purpose(room)} | {others} |")
    return "\n".join([*rows, "", "```mermaid", "flowchart LR", *arrows, "```"])


def _purpose(room: str) -> str:
    words = (import_module(room).__doc__ or "").strip().split("\n\n")[0]
    return " ".join(words.split())


def drawn(page: str, drawing: str) -> str:
    """Return `page` with `drawing` in its place. Raises ValueError when it has no place for one."""
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"{PAGE.name}: no place for the drawing: {_BEGIN} ... {_END}")
    return f"{before}{begin}\n{drawing}\n{end}{after}"


def main() -> int:
    """Write the page."""
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8"), drawing()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
