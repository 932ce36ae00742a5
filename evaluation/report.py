"""Writes the report on a run: report.md and report.html, with their pictures beside them."""

import json
import math
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence, Tuple

from evaluation import pictures
from evaluation.blocks import Block, Code, Heading, Paragraph, Picture, Table, to_html, to_markdown
from evaluation.confidence import calibration, calibration_error, risk_coverage
from evaluation.goals import Measure
from evaluation.metrics import Share, accuracy_by, accuracy_by_topic, confusion, quantile
from evaluation.results import Answered, Results

MISTAKES = 30
WEAKEST_TOPICS = 15


def write_report(
    folder: Path, results_folder: Path, results: Results, found: Sequence[Measure]
) -> None:
    """Write the report into `folder`.

    Args:
        folder: for report.md, report.html and the pictures.
        results_folder: where learning_curve.json, spelling.json and comparison.json may be.
        results: the run.
        found: its measures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    blocks: List[Block] = [
        Heading("Evaluation of the Spinraza assistant", 1),
        Paragraph(
            f"{len(results.questions)} questions and {len(results.turns)} turns of dialogues, none "
            "of them in the training data, asked over REST of the bot as it is served. "
            f"Model {results.model[:12]}."
        ),
        *_goals(found),
        *_pictures(folder, results),
        *_groups(results.questions),
        *_times(results),
        *_experiments(folder, results_folder),
        *_mistakes(results, found),
        *_how_to(),
    ]
    (folder / "report.md").write_text(to_markdown(blocks), encoding="utf-8")
    (folder / "report.html").write_text(to_html(blocks), encoding="utf-8")


def percent(value: float) -> str:
    """Return a share as people read it; a dash where there was nothing to count."""
    return "–" if math.isnan(value) else f"{value:.1%}"


def _interval(share: Share) -> str:
    low, high = share.interval
    return f"{low:.1%} to {high:.1%}"


def _goals(found: Sequence[Measure]) -> List[Block]:
    rows = []
    for measure in found:
        goal, reached = "–", ""
        if measure.goal is not None:
            goal = f"{'at most' if measure.most else 'at least'} {measure.goal:.0%}"
            reached = "yes" if measure.keeps(measure.goal) else "no"
        share = measure.share
        of = f"{share.count} of {share.total}" if share else ""
        interval = _interval(share) if share else ""
        either = percent(measure.accepted.value) if measure.accepted else ""
        rows.append((measure.label, goal, percent(measure.value), of, interval, reached, either))
    header = ("Measure", "Goal", "Value", "Count", "95% interval", "Reached", "Either reading")
    return [
        Heading("Goals"),
        Table(header, tuple(rows)),
        Paragraph(
            "“Right quote” means that at least one of the expected topic's quotes is shown. "
            "“Either reading” also counts what a second reader and the first agreed is as good a "
            "reading of a message (evaluation/second_reading/); goals count the first label alone. "
            "“Behind English” compares with English on the same mix of kinds."
        ),
    ]


def _pictures(folder: Path, results: Results) -> List[Block]:
    scored = [(entry.understood.confidence, entry.right) for entry in results.questions]
    bins = calibration(scored)
    pictures.draw_confusion(folder / "confusion.png", confusion(results.questions))
    groups = {
        "by style": accuracy_by(results.questions, lambda entry: entry.question.style),
        "by language": accuracy_by(results.questions, lambda entry: entry.question.lang),
    }
    pictures.draw_accuracy(folder / "accuracy.png", groups)
    pictures.draw_risk_coverage(folder / "risk_coverage.png", risk_coverage(scored))
    pictures.draw_calibration(folder / "calibration.png", bins)
    return [
        Heading("Which kind of reply came"),
        Picture("confusion.png", "Kinds expected and kinds that came"),
        Heading("Style and language"),
        Picture("accuracy.png", "Accuracy by style and language, with 95% intervals"),
        Heading("Confidence"),
        Paragraph(
            "If the bot answered only what it is most sure of, this share of its replies would be "
            "wrong:"
        ),
        Picture("risk_coverage.png", "Risk over coverage"),
        Paragraph(
            "Confidence against accuracy, with the number of questions at each point; the expected "
            f"calibration error is {calibration_error(bins):.3f}:"
        ),
        Picture("calibration.png", "Calibration in ten bins"),
    ]


def _groups(entries: Sequence[Answered]) -> List[Block]:
    by: List[Tuple[str, Callable[[Answered], str]]] = [
        ("Kind", lambda entry: entry.question.kind),
        ("Set", lambda entry: entry.question.set_name),
        ("Style", lambda entry: entry.question.style),
        ("Language", lambda entry: entry.question.lang),
    ]
    blocks: List[Block] = [Heading("Accuracy by group")]
    blocks += [_shares(name, accuracy_by(entries, group)) for name, group in by]
    topics = sorted(accuracy_by_topic(entries).items(), key=lambda item: item[1].value)
    weakest = _shares("Topic", dict(topics[:WEAKEST_TOPICS]))
    return [*blocks, Paragraph(f"The weakest of {len(topics)} topics:"), weakest]


def _shares(name: str, shares: Dict[str, Share]) -> Table:
    rows = [
        (group, percent(share.value), f"{share.count} of {share.total}", _interval(share))
        for group, share in shares.items()
    ]
    return Table((name, "Right", "Count", "95% interval"), tuple(rows))


def _times(results: Results) -> List[Block]:
    times = results.milliseconds
    return [
        Heading("Time to reply"),
        Paragraph(
            f"Median {quantile(times, 0.5):.0f} ms, 95% within {quantile(times, 0.95):.0f} ms, "
            f"longest {times[-1]:.0f} ms, one message after the other."
        ),
    ]


def _experiments(folder: Path, results_folder: Path) -> List[Block]:
    blocks: List[Block] = []
    curve = results_folder / "learning_curve.json"
    if curve.is_file():
        points: List[Dict[str, Any]] = json.loads(curve.read_text(encoding="utf-8"))
        pictures.draw_learning_curve(folder / "learning_curve.png", points)
        caption = "Accuracy over the number of training examples"
        curve_rows = [
            (point["pipeline"], f"{point['examples']}", percent(point["accuracy"]))
            for point in points
        ]
        blocks += [
            Heading("Learning curve"),
            Paragraph(
                "Pipelines trained apart (`make experiments`), asked the questions that stand "
                "alone; right is the intent itself, any emergency for an emergency."
            ),
            Picture("learning_curve.png", caption),
            Table(("Pipeline", "Training examples", "Right"), tuple(curve_rows)),
        ]
    spelling = results_folder / "spelling.json"
    if spelling.is_file():
        styles: List[Dict[str, Any]] = json.loads(spelling.read_text(encoding="utf-8"))
        style_rows = [
            (
                entry["style"],
                f"{entry['questions']}",
                percent(entry["corrected"]),
                percent(entry["as_typed"]),
            )
            for entry in styles
        ]
        style_header = ("Style (English)", "Questions", "Spelling corrected", "As typed")
        blocks += [Heading("Spelling correction"), Table(style_header, tuple(style_rows))]
    comparison = results_folder / "comparison.json"
    if comparison.is_file():
        content: Dict[str, Dict[str, Any]] = json.loads(comparison.read_text(encoding="utf-8"))
        columns = sorted({key for values in content.values() for key in values} - {"accuracy"})
        rows = [
            (
                name,
                percent(values["accuracy"]),
                *(f"{values[key]:g}" if key in values else "–" for key in columns),
            )
            for name, values in content.items()
        ]
        header = ("Pipeline", "accuracy", *(column.replace("_", " ") for column in columns))
        blocks += [Heading("Comparison of pipelines"), Table(header, tuple(rows))]
    return blocks


def _mistakes(results: Results, found: Sequence[Measure]) -> List[Block]:
    safety = [
        (measure.label, *mistake)
        for measure in found
        if measure.name in ("emergencies", "false_alarms", "verdicts")
        for mistake in measure.mistakes
    ]
    wrong = [entry for entry in results.questions if not entry.right]
    wrong.sort(key=lambda entry: -entry.understood.confidence)
    rows = [
        (
            entry.question.id,
            entry.question.text,
            entry.question.intent,
            f"{entry.kind} {entry.topic}".strip(),
            f"{entry.understood.confidence:.2f}",
            f"{entry.understood.runner_up} {entry.understood.runner_up_confidence:.2f}",
        )
        for entry in wrong[:MISTAKES]
    ]
    header = ("Id", "Text", "Expected", "Came", "Confidence", "Runner-up")
    return [
        Heading("Mistakes of safety"),
        Table(("Measure", "Id", "Text", "Came"), tuple(safety)),
        Heading(f"The {len(rows)} most confident mistakes of {len(wrong)}"),
        Table(header, tuple(rows)),
    ]


def _how_to() -> List[Block]:
    return [
        Heading("How to reproduce"),
        Code("make evaluate"),
        Paragraph(
            "It asks evaluation/questions/ and writes this report and "
            "evaluation/results/outcomes.json. The goals are in evaluation/goals.py, what counts "
            "as right in evaluation/judge.py, the values that a change must keep in "
            "evaluation/thresholds.yml."
        ),
    ]
