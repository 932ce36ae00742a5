"""A file is the old one or the whole new one, and nobody else's to read."""

import stat
from pathlib import Path

import pytest

from understanding.at_once import at_once


def test_it_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    with at_once(path) as new:
        new.write_text("whole")
        assert not path.exists()
    assert path.read_text() == "whole"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_after_a_failure_it_is_the_old_one_and_nothing_lies_about(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), at_once(path) as new:
        new.write_text("half")
        raise ZeroDivisionError
    assert [one.read_text() for one in tmp_path.iterdir()] == ["old"]
