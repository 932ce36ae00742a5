"""Training starts from scratch only for what is trained."""

from pathlib import Path

import pytest
from rasa.engine.training import fingerprinting
from rasa.engine.training.fingerprinting import calculate_fingerprint_key
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.language_detector import LanguageDetector
from components.unclear_detector import UnclearDetector
from tests.conftest import ROOT
from workarounds.training import fingerprint

CODE = '''"""What it is for."""


def double(number: int) -> int:
    """Return twice a number."""
    return 2 * number  # no surprise
'''


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "module.py"
    path.write_text(CODE)
    return path


@pytest.mark.parametrize(
    ("old", "new"),
    [("2 *", "3 *"), ("number: int", "number: float"), ("def double", "def twice")],
)
def test_other_code_counts(file: Path, old: str, new: str) -> None:
    before = fingerprint(file)
    file.write_text(CODE.replace(old, new))
    assert fingerprint(file) != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What it is for", "Why"),
        ("Return twice", "Double"),
        ("  # no surprise", ""),
        ("\n\n\n", "\n"),
    ],
)
def test_comments_do_not(file: Path, old: str, new: str) -> None:
    before = fingerprint(file)
    file.write_text(CODE.replace(old, new))
    assert fingerprint(file) == before


def test_of_other_files_everything_counts(tmp_path: Path) -> None:
    path = tmp_path / "data.yml"
    path.write_text("a: 1\n")
    before = fingerprint(path)
    path.write_text("a: 1 # one\n")
    assert fingerprint(path) != before


def test_a_components_settings_count() -> None:
    keys = {calculate_fingerprint_key(UnclearDetector, {"threshold": t}, {}) for t in (0.1, 0.2)}
    assert len(keys) == 2


def test_what_a_component_has_from_understanding_counts_as_its_code() -> None:
    code = fingerprinting.inspect.getsource(LanguageDetector)
    for name in ("components/language_detector.py", "understanding/language.py"):
        assert fingerprint(ROOT / name) in code
    assert fingerprint(ROOT / "understanding/spelling.py") not in code


def test_merged_examples_are_those_given_once_and_trimmed() -> None:
    shared = Message.build("what does it cost", " ask_cost ")
    merged = TrainingData([shared]).merge(
        TrainingData([Message.build("what does it cost", "ask_cost"), Message.build("hi", "greet")])
    )
    assert [(m.get("text"), m.get("intent")) for m in merged.training_examples] == [
        ("what does it cost", "ask_cost"),
        ("hi", "greet"),
    ]
    assert merged.training_examples[0] is shared
