"""What staff get can be read, and runs nothing in a spreadsheet."""

import csv
import io
import json
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.output import as_csv, as_json, as_list, as_table, write_private


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+442079460018",
        "-1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        "\n=1+1",
        '=cmd|"/c"!A1',
    ],
)
def test_a_cell_is_never_a_formula(text: str) -> None:
    ((_,), (cell,)) = csv.reader(io.StringIO(as_csv([{"a": text}], ["a"]), newline=""))
    assert cell == "'" + text


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"))))
def test_csv_comes_back_as_it_was(texts: list) -> None:
    written = as_csv([{"a": text, "b": "end"} for text in texts], ["a", "b"])
    heading, *lines = csv.reader(io.StringIO(written, newline=""))
    assert heading == ["a", "b"] and len(lines) == len(texts)
    for (cell, end), text in zip(lines, texts, strict=True):
        assert cell in (text, "'" + text) and end == "end"
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_file_that_was_there_before_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("something longer than the new text")
    path.chmod(0o644)
    write_private(path, "new 你好")
    assert path.read_text(encoding="utf-8") == "new 你好"
    assert path.stat().st_mode & 0o777 == 0o600


def test_tables_are_aligned() -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=timezone.utc)
    assert as_table([("SMA-1", noon), (None, "x")], ("reference", "received")) == (
        "reference  received\n"
        "---------  --------------------\n"
        "SMA-1      2026-11-25 12:00 UTC\n"
        "           x"
    )
    assert (
        as_list({"sma_type": "2", "q": "one\ntwo"}) == "sma type  2\nq         one\n          two"
    )
    assert json.loads(as_json({"at": noon})) == {"at": "2026-11-25T12:00:00+00:00"}
