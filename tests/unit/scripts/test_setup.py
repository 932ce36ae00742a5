"""The set-up: finds a Python 3.10 or says so, and knows when nothing is to be done."""

import sys
from pathlib import Path

import pytest

from scripts import setup


def test_an_interpreter_of_another_version_is_not_taken(tmp_path: Path) -> None:
    assert setup.python_at("") is None
    assert setup.python_at(str(tmp_path / "nothing")) is None
    impostor = tmp_path / "python3.10"
    impostor.write_text("#!/bin/sh\nexit 1\n")
    impostor.chmod(0o755)
    assert setup.python_at(str(impostor)) is None
    assert setup.python_at(sys.executable) is not None


def test_no_python_and_no_way_to_get_one_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(setup, "python_candidates", lambda: iter([""]))
    with pytest.raises(SystemExit) as raised:
        setup.find_python(lambda: "false")
    assert str(raised.value).startswith("Error: Rasa needs Python 3.10")
    assert "PYTHON310" in str(raised.value)


def test_a_half_installed_environment_is_installed_again(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1")
    assert not setup.is_done(tmp_path, lock)
    setup.mark_done(tmp_path, lock)
    assert setup.is_done(tmp_path, lock)
    lock.write_text("a==2")
    assert not setup.is_done(tmp_path, lock)


def test_a_failing_command_ends_with_what_it_said(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as raised:
        setup.run([sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], "Trying")
    assert "Error: Trying failed" in str(raised.value)
    assert "the reason" in str(raised.value)


@pytest.mark.parametrize("name", ["runtime", "dev", "full", "uv"])
def test_lock_files_pin_everything_with_hashes_and_name_no_index(name: str) -> None:
    text = (setup.REQUIREMENTS / f"{name}.txt").read_text()
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    requirements = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert requirements
    assert all("==" in line and line.endswith("\\") for line in requirements)
    assert text.count("--hash=sha256:") >= len(requirements)
