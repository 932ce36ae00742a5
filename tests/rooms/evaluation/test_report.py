"""The report, the outcomes' file and the sample of a fast run."""

import json
from collections import Counter
from pathlib import Path

import pytest

from evaluation.blocks import Heading, Paragraph, Table, to_html, to_markdown
from evaluation.evaluate import check, stratified
from evaluation.goals import measures
from evaluation.report import write_report
from evaluation.results import write_outcomes
from tests.unit.evaluation.samples import answered, question, results

RUN = results(
    answered(question(name="q1")),
    answered(question("not_covered", "ask_cost", "zh", name="q2"), "answer", right=False),
    answered(question("emergency", "emergency_medical", name="e1"), "answer", right=False),
    turns_wrong=1,
)


def test_the_report_has_goals_mistakes_and_all_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "learning_curve.json").write_text(
        '[{"pipeline": "ours", "examples": 10, "accuracy": 0.5}]'
    )
    (tmp_path / "comparison.json").write_text('{"ours": {"accuracy": 0.8, "folds": 3}}')
    (tmp_path / "spelling.json").write_text(
        '[{"style": "typos", "questions": 4, "corrected": 0.75, "as_typed": 0.5}]'
    )
    write_report(tmp_path / "report", tmp_path, RUN, measures(RUN))
    markdown = (tmp_path / "report" / "report.md").read_text()
    page = (tmp_path / "report" / "report.html").read_text()
    for text in (markdown, page):
        assert "Emergencies recognised" in text and "text of q2" in text
        assert "Spelling corrected" in text and "typos" in text
    pictures = {path.name for path in (tmp_path / "report").glob("*.png")}
    assert pictures == {
        "accuracy.png", "calibration.png", "confusion.png", "learning_curve.png",
        "risk_coverage.png",
    }  # fmt: skip
    assert all(name in markdown and name in page for name in pictures)
    assert "http" not in page


def test_what_visitors_write_cant_break_the_report() -> None:
    blocks = [Heading("A <b>", 1), Paragraph("x & y"), Table(("a",), (("<i>|", ),))]  # fmt: skip
    assert "<h1>A &lt;b&gt;</h1>" in to_html(blocks)
    assert "<td>&lt;i&gt;|</td>" in to_html(blocks)
    assert "| \\<i>\\| |" in to_markdown(blocks)


def test_the_outcomes_hold_no_texts(tmp_path: Path) -> None:
    path = tmp_path / "results" / "outcomes.json"
    write_outcomes(path, RUN)
    content = json.loads(path.read_text())
    assert [entry["id"] for entry in content["questions"]] == ["q1", "q2", "e1"]
    assert content["questions"][1]["got"] == ["answer", "route"]
    assert [entry["right"] for entry in content["turns"]] == [True, False]
    assert "text of" not in path.read_text() and "turn 1" not in path.read_text()


def test_a_sample_holds_every_stratum_in_its_share_and_is_always_the_same() -> None:
    questions = [question(lang=lang, name=f"{lang}{n}") for lang in ("en", "zh") for n in range(50)]
    sample = stratified(questions, 10, lambda q: q.lang)
    assert Counter(entry.lang for entry in sample) == {"en": 5, "zh": 5}
    assert sample == stratified(questions, 10, lambda q: q.lang)
    assert stratified(questions, 1000, lambda q: q.lang) == questions


def test_the_gate_fails_and_names_the_questions(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(measures(RUN), sampled=False) == 1
    printed = capsys.readouterr().out
    assert "Error: Emergencies recognised: 0.0% is below the threshold" in printed
    assert "e1  text of e1  → answer route" in printed
