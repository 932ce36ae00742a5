"""Examples are read quickly, and as Rasa reads them."""

import warnings
from pathlib import Path

import pytest
import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from components.examples import load, read_examples
from components.importer import ProjectImporter
from tests.conftest import ROOT

PLAIN = """
version: "3.1"
nlu:
- intent: ask_cost
  examples: |
    - what does it cost?
    -  how much: in total
    - "precio"
"""


def file(folder: Path, content: str) -> Path:
    path = folder / "examples.yml"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace("cost?", "[cost](topic)?"),
        PLAIN.replace("- what", "* what"),
        PLAIN.replace("    - ", "      "),
        PLAIN + "- synonym: price\n  examples: |\n    - cost\n",
        PLAIN.replace("ask_cost", '""'),
        PLAIN.replace("examples: |", "metadata:\n    language: en\n  examples: |"),
    ],
)
def test_a_file_is_read_as_rasa_reads_it(tmp_path: Path, content: str) -> None:
    path = file(tmp_path, content)
    with warnings.catch_warnings(record=True) as ours:
        found = read_examples(path, load(path))
    with warnings.catch_warnings(record=True) as theirs:
        expected = RasaYAMLReader().read(str(path))
    assert found.fingerprint() == expected.fingerprint()
    assert [str(warning.message) for warning in ours] == [str(w.message) for w in theirs]


def test_broken_yaml_says_where(tmp_path: Path) -> None:
    file(tmp_path, "nlu:\n- intent: x\n  examples: [\n")
    with pytest.raises(yaml.YAMLError, match="line 4"):
        ProjectImporter(None, None, [str(tmp_path)])


@pytest.mark.parametrize("folder", ["data/nlu/es", "data/nlu/en/safety"])
def test_the_projects_own_examples_are_read_as_rasa_reads_them(folder: str) -> None:
    paths = [str(ROOT / folder)]
    ours = ProjectImporter(None, None, paths).get_nlu_data()
    assert ours.training_examples
    assert ours.fingerprint() == RasaFileImporter(None, None, paths).get_nlu_data().fingerprint()


def test_examples_are_read_once() -> None:
    importer = ProjectImporter(None, None, [str(ROOT / "data" / "nlu" / "es")])
    assert importer.get_nlu_data() is importer.get_nlu_data("es")


def test_rules_and_stories_are_still_read() -> None:
    importer = ProjectImporter(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")]
    )
    names = {step.block_name for step in importer.get_stories().story_steps}
    assert {"Greeting", "How it is given, and how often"} <= names
