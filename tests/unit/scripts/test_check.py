"""What changed decides which tests are run."""

from pathlib import Path
from typing import List

import grimp
import pytest

from scripts.check import quick_tests


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in (
        "tests/unit/test_readme.py",
        "tests/unit/room/test_door.py",
        "tests/unit/documents/test_page.py",
        "tests/rooms/room/test_house.py",
        "tests/live/test_street.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture
def graph() -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for importer, imported in (
        ("tests.unit.room.test_door", "room.door"),
        ("tests.rooms.room.test_house", "room.house"),
        ("tests.live.test_street", "room.house"),
        ("room.house", "room.door"),
        ("room.door", "settings"),
        ("room.house", "room.roof"),
    ):
        graph.add_import(importer=importer, imported=imported)
    return graph


DOOR, HOUSE = "tests/unit/room/test_door.py", "tests/rooms/room/test_house.py"


@pytest.mark.parametrize(
    ("changed", "run"),
    [
        ([], []),
        (["room/door.py"], [HOUSE, DOOR]),
        (["room/roof.py"], [HOUSE]),
        (["settings.py"], [HOUSE, DOOR]),
        (["tests/unit/room/test_door.py"], [DOOR]),
        (["tests/live/test_street.py"], []),
        (["tests/unit/room/test_gone.py"], []),
        (["room/in words.txt"], ["tests/rooms/room", "tests/unit/room"]),
        (["documents/old/page.md"], ["tests/unit/documents"]),
        (["documents/page.md", "room/plan.md", "room/door.py"],
         ["tests/rooms/room", "tests/unit/documents", "tests/unit/room"]),
        (["domain.yml"], ["tests/unit/test_readme.py"]),
    ],
)  # fmt: skip
def test_what_rests_on_the_change_is_run(
    project: Path, graph: grimp.ImportGraph, changed: List[str], run: List[str]
) -> None:
    assert quick_tests(changed, graph, project) == run
