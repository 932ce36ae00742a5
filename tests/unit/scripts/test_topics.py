"""A topic that is forgotten somewhere is named, with what to do."""

from pathlib import Path

import pytest

from scripts.topics import problems
from tests.conftest import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in {
        "documents/topics.yml": "topics:\n  cost: {}\n",
        "domain.yml": "intents:\n- ask_cost\n- greet\n",
        "data/rules/questions.yml": (
            "rules:\n- steps:\n  - or:\n    - intent: ask_cost\n"
            "  - action: action_answer_question\n"
        ),
        "data/nlu/en/cost.yml": "nlu:\n- intent: ask_cost\n  examples: |\n    - price\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("documents/topics.yml", "cost", "price", "ask_cost is answered, but documents/topics.yml"),
        ("domain.yml", "- ask_cost\n", "", "topic cost, intent ask_cost: domain.yml lists"),
        ("data/rules/questions.yml", "ask_cost", "greet", "topic cost, intent ask_cost: no rule"),
        ("data/nlu/en/cost.yml", "ask_cost", "greet", "ask_cost: data/nlu has no examples"),
    ],
)
def test_a_forgotten_place_is_named(
    project: Path, name: str, old: str, new: str, said: str
) -> None:
    path = project / name
    path.write_text(path.read_text().replace(old, new))
    assert any(said in line for line in problems(project))


def test_nothing_is_said_of_a_complete_topic(project: Path) -> None:
    assert problems(project) == []


def test_nothing_is_missing_in_the_project() -> None:
    assert problems(ROOT) == []
