"""How the staff's commands write: tables for people, JSON for programs, CSV for spreadsheets."""

import csv
import io
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, List, Mapping, Sequence

# A spreadsheet runs a cell that begins with one of these as a formula; the wide ones too, in East
# Asian versions.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def as_json(content: Any) -> str:
    """Return `content` as JSON, times in ISO 8601."""

    def encode(value: Any) -> str:
        assert isinstance(value, datetime), type(value)
        return value.isoformat()

    return json.dumps(content, ensure_ascii=False, indent=2, default=encode)


def as_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return rows as CSV in which no cell is a formula: a ' is put before what begins like one.

    Phone numbers (+44...) get one too; who reads the file with a program takes it off.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe_cell(_text(row[column])) for column in columns])
    return text.getvalue()


def as_table(rows: Sequence[Sequence[Any]], headings: Sequence[str]) -> str:
    """Return rows as a table with aligned columns."""
    cells = [list(headings)] + [[_text(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(headings))]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def as_list(content: Mapping[str, Any]) -> str:
    """Return names and values, one a line; the lines of a longer value are indented."""
    width = max(map(len, content), default=0)
    lines: List[str] = []
    for name, value in content.items():
        indented = _text(value).replace("\n", "\n" + " " * (width + 2))
        lines.append(f"{name.replace('_', ' ').ljust(width)}  {indented}".rstrip())
    return "\n".join(lines)


def delivery_text(delivery: Mapping[str, Any]) -> str:
    """Return the state of a delivery in a few words."""
    text = f"{delivery['sink']}: {delivery['state']}"
    if delivery["last_error"]:
        text += f" ({delivery['last_error']}, attempt {delivery['attempts']})"
    return text


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, also when it was there before.

    Raises:
        OSError: it can't be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        os.fchmod(descriptor, 0o600)
        file.write(text)


def _safe_cell(text: str) -> str:
    # Spreadsheets skip blanks and line breaks before looking for a formula.
    is_formula = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if is_formula else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    return str(value)
