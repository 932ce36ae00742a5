"""Evaluate the bot on evaluation/questions/ and write the report.

python -m evaluation.evaluate             everything; writes evaluation/report/ and results/
python -m evaluation.evaluate --fast 300  a fixed sample of 300 questions; writes to var/evaluation/
python -m evaluation.evaluate --gate      fails when a value of thresholds.yml isn't kept
"""

import argparse
import random
import sys
from pathlib import Path
from typing import Callable, List, Sequence, TypeVar

import settings
from evaluation.goals import Measure, load_thresholds, measures, missed
from evaluation.report import percent, write_report
from evaluation.results import write_outcomes
from evaluation.run import run
from evaluation.second_readings import with_other_readings
from evaluation.sets import Dialogue, Question, load_dialogues, load_questions
from knowledge.catalogue import load_catalogue

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "evaluation"
FAST_FOLDER = ROOT / "var" / "evaluation"
SEED = 0

Entry = TypeVar("Entry", Question, Dialogue)


def stratified(
    entries: Sequence[Entry], count: int, stratum: Callable[[Entry], str]
) -> List[Entry]:
    """Return `count` entries, every stratum in its share; the same ones each time."""
    if count >= len(entries):
        return list(entries)
    shuffled = list(entries)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311
    shuffled.sort(key=stratum)
    return [shuffled[number * len(shuffled) // count] for number in range(count)]


def show(found: Sequence[Measure]) -> None:
    """Print every measure beside its goal."""
    for measure in found:
        goal = ""
        if measure.goal is not None:
            sign = "≤" if measure.most else "≥"
            met = "" if measure.keeps(measure.goal) else "   not reached"
            goal = f"goal {sign} {measure.goal:.0%}{met}"
        print(f"  {measure.label:46} {percent(measure.value):>6}  {goal}")


def check(found: Sequence[Measure], sampled: bool) -> int:
    """Print what went wrong where a threshold isn't kept; return the exit code."""
    thresholds = load_thresholds()
    failing = missed(found, thresholds, sampled)
    for measure in failing:
        side = "above" if measure.most else "below"
        print(
            f"Error: {measure.label}: {percent(measure.value)} is {side} the threshold "
            f"{percent(thresholds[measure.name])} ({measure.name}). Went wrong:"
        )
        for name, text, came in measure.mistakes:
            print(f"  {name}  {text}  → {came}")
    return 1 if failing else 0


def main() -> int:
    """Run, measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fast", type=int, metavar="N", help="only a fixed sample of N questions")
    parser.add_argument("--gate", action="store_true", help="fail below evaluation/thresholds.yml")
    arguments = parser.parse_args()
    catalogue = load_catalogue(settings.DOCUMENTS)
    questions = with_other_readings(load_questions(), catalogue)
    dialogues = load_dialogues()
    folder = FOLDER
    if arguments.fast:
        share = arguments.fast / len(questions)
        folder = FAST_FOLDER
        questions = stratified(
            questions, arguments.fast, lambda q: f"{q.set_name} {q.kind} {q.lang}"
        )
        dialogues = stratified(dialogues, round(share * len(dialogues)), lambda d: d.lang)
    results = run(questions, dialogues)
    found = measures(results)
    show(found)
    write_outcomes(folder / "results" / "outcomes.json", results)
    write_report(folder / "report", FOLDER / "results", results, found)
    print(f"• Report: {(folder / 'report' / 'report.html').relative_to(ROOT)}", flush=True)
    return check(found, bool(arguments.fast)) if arguments.gate else 0


if __name__ == "__main__":
    sys.exit(main())
