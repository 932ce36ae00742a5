"""What changed decides which tests are run."""

from pathlib import Path
from typing import List

import pytest

from scripts.check import quick_tests


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in (
        "tests/conftest.py",
        "tests/test_readme.py",
        "tests/room/conftest.py",
        "tests/room/test_door.py",
        "tests/room/cupboard/test_box.py",
        "tests/browser/test_page.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "run"),
    [
        ([], []),
        (["room/door.py"], ["tests/room/test_door.py"]),
        (["room/window.py"], ["tests/room"]),
        (["room/cupboard/shelf.py", "room/cupboard/box.py"], ["tests/room/cupboard"]),
        (["settings.py"], ["tests/test_readme.py"]),
        (["elsewhere/thing.py"], ["tests/test_readme.py"]),
        (["tests/room/test_door.py"], ["tests/room/test_door.py"]),
        (["tests/room/test_gone.py"], ["tests/room"]),
        (["tests/room/conftest.py", "room/door.py"], ["tests/room"]),
        (["tests/browser/test_page.py"], []),
    ],
)
def test_the_mirrored_tests_are_run(project: Path, changed: List[str], run: List[str]) -> None:
    assert quick_tests(changed, project) == run
