"""Train pipelines apart from the bot and ask them the questions that stand alone.

    make experiments    learning curve, spelling, `rasa init`'s default (40 minutes)

Writes learning_curve.json and spelling.json into evaluation/results/; the report shows them. Only
the intent of questions that stand alone is judged here; emergencies of any kind count as one.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, List, Sequence

from evaluation.compare import DEFAULT, OURS, OURS_AS_TYPED, measure, read_examples, sample
from evaluation.sets import Question, load_questions

RESULTS = Path(__file__).resolve().parent / "results"
EMERGENCY = "emergency_"
PER_INTENT = (10, 20, 40, 80, 160, 0)  # 0: all there are
# The neural default trains for hours on more.
PER_INTENT_DEFAULT = (10, 20)
SEED = 0


def is_right(expected: str, predicted: str) -> bool:
    """Say whether an intent is the expected one; emergencies are not told apart."""
    if expected.startswith(EMERGENCY):
        return predicted.startswith(EMERGENCY)
    return predicted == expected


def ask(pipeline: str, per_intent: int, questions: Sequence[Question]) -> Dict[str, Any]:
    """Train `pipeline` on `per_intent` examples an intent; return counts and each verdict.

    `right` of the result is a list of booleans, one a question.
    """
    examples = sample(read_examples(), per_intent, SEED)
    # Rasa's loader merges the texts of an intent and drops doubles: a number keeps them apart.
    texts = [(question.text, f"{number}") for number, question in enumerate(questions)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.json"
        measure(pipeline, examples, texts, path)
        rows: List[List[Any]] = json.loads(path.read_text(encoding="utf-8"))
    predicted = {int(number): intent for number, intent, _ in rows}
    right = [
        is_right(question.intent, predicted.get(number, ""))
        for number, question in enumerate(questions)
    ]
    return {"examples": len(examples), "accuracy": sum(right) / len(right), "right": right}


def learning_curve(questions: Sequence[Question], default: bool) -> List[Dict[str, Any]]:
    """Return a point for each number of examples; with `default` for `rasa init`'s, too."""
    runs = [(OURS, number) for number in PER_INTENT]
    runs += [(DEFAULT, number) for number in PER_INTENT_DEFAULT if default]
    points = []
    for pipeline, number in runs:
        result = ask(pipeline, number, questions)
        points.append({"pipeline": pipeline, **{k: result[k] for k in ("examples", "accuracy")}})
        print(f"  {points[-1]}", flush=True)
    return points


def spelling(questions: Sequence[Question]) -> List[Dict[str, Any]]:
    """Return, for each style of English questions, the share right with and without correction."""
    english = [question for question in questions if question.lang == "en"]
    verdicts = {name: ask(name, 0, english)["right"] for name in (OURS, OURS_AS_TYPED)}
    styles: Dict[str, List[int]] = defaultdict(list)
    for number, question in enumerate(english):
        styles[question.style].append(number)
        styles["all"].append(number)
    return [
        {
            "style": style,
            "questions": len(numbers),
            "corrected": sum(verdicts[OURS][n] for n in numbers) / len(numbers),
            "as_typed": sum(verdicts[OURS_AS_TYPED][n] for n in numbers) / len(numbers),
        }
        for style, numbers in sorted(styles.items())
    ]


def main() -> int:
    """Run the experiments and write their results; return 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--without-default", action="store_true", help="leave out rasa init's")
    arguments = parser.parse_args()
    questions = [question for question in load_questions() if len(question.parts) == 1]
    curve = learning_curve(questions, not arguments.without_default)
    _write("learning_curve.json", curve)
    _write("spelling.json", spelling(questions))
    return 0


def _write(name: str, content: List[Dict[str, Any]]) -> None:
    (RESULTS / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    print(f"• evaluation/results/{name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
