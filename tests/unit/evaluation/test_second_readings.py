"""Readings that the second reader and the first agreed on."""

from pathlib import Path

import pytest

import settings
from evaluation.judge import judge_question
from evaluation.second_readings import kind_of, with_other_readings
from evaluation.sets import SetError, load_questions
from knowledge.catalogue import load_catalogue
from tests.unit.evaluation.samples import question

CATALOGUE = load_catalogue(settings.DOCUMENTS)
HEADER = "set\tid\tlabel\tsecond_reader\tdecision\treason\n"


def write(path: Path, *rows: str) -> Path:
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows))
    return path


def test_an_unknown_question_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "r.tsv", "questions\tq9\task_cost\task_route\teither\tno reason")
    with pytest.raises(SetError, match="q9"):
        with_other_readings([question(name="q1")], CATALOGUE, path)


def test_only_agreed_readings_count_and_only_beside_the_strict_judgement(tmp_path: Path) -> None:
    asked = [question("not_covered", "ask_cure", name=name) for name in ("q1", "q2")]
    rows = [f"questions\tq{n}\task_cure\task_cure|ask_thanks\t{d}\t-" for n, d in
            ((1, "either"), (2, "keep"))]  # fmt: skip
    either, keep = with_other_readings(asked, CATALOGUE, write(tmp_path / "r.tsv", *rows))
    judged = judge_question(either, {"kind": "smalltalk"}, CATALOGUE)
    assert (judged.right, judged.accepted) == (False, True)
    assert not judge_question(keep, {"kind": "smalltalk"}, CATALOGUE).accepted


def test_the_kinds_that_intents_call_for_are_those_of_the_labels() -> None:
    parts = [part for asked in load_questions() for part in asked.parts if part.kind != "unclear"]
    assert {p.intent for p in parts if kind_of(p.intent, CATALOGUE) != p.kind} == set()
