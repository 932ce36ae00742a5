"""Measure our NLU pipeline and `rasa init`'s default on public data; writes and prints a table.

    python evaluation/benchmarks.py --pipelines ours
    python evaluation/benchmarks.py --sets banking77 --shots 10 --seeds 1 --limit-test 500

BANKING77 is 77 close intents of a bank's customers; CLINC150 is 150 intents of ten fields and
questions outside all of them. Neither is training data of the bot. What was measured before stays
in the table until the same measurement is made again.
"""

import argparse
import csv
import json
import random
import sys
import tempfile
from pathlib import Path
from statistics import mean, stdev
from typing import Any, Dict, List, Optional, Sequence, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sklearn.metrics import roc_auc_score

from evaluation import compare

DATA = compare.ROOT.parent / "shared" / "benchmarks"
RESULTS = compare.ROOT / "evaluation" / "results" / "benchmarks.json"
SETS = ("banking77", "clinc150")
PIPELINES = {"ours": "ours", "default": "rasa init default"}
FULL = "full"
OUT_OF_SCOPE = "oos"
FALSE_REJECTION = 0.03
KEY = ("set", "shots", "pipeline", "limit_test")  # what makes two measurements the same one

Prediction = Tuple[str, Optional[str], float]  # intent, predicted intent, its confidence
Split = Tuple[List[compare.Example], List[compare.Example]]  # training, test


def unique(rows: Sequence[Sequence[str]]) -> List[compare.Example]:
    """Return texts and intents, each text on one line and each pair once, as Rasa keeps them."""
    return list(dict.fromkeys((" ".join(text.split()), intent) for text, intent in rows))


def read_set(name: str, folder: Path) -> Split:
    """Return training and test examples of a set; out-of-scope ones are in the test part only."""
    if name == "banking77":
        train, test = (_read_csv(folder / f"banking77-{part}.csv") for part in ("train", "test"))
        return unique(train), unique(test)
    content = json.loads((folder / "clinc150.json").read_text(encoding="utf-8"))
    return unique(content["train"]), unique(content["test"] + content["oos_test"])


def _read_csv(path: Path) -> List[Tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def limited(test: Sequence[compare.Example], limit: int) -> List[compare.Example]:
    """Return up to `limit` messages in scope and as many out of it, drawn at random; 0: all."""
    draw = random.Random(0)  # noqa: S311
    parts = [
        [example for example in test if (example[1] == OUT_OF_SCOPE) == outside]
        for outside in (False, True)
    ]
    return [e for part in parts for e in draw.sample(part, min(limit or len(part), len(part)))]


def score(predictions: Sequence[Prediction]) -> Dict[str, float]:
    """Return accuracy in scope and, if there are messages out of scope, how well they are told.

    Messages are told apart by the confidence of the best intent alone. The threshold of the
    recall is set on the same messages: it rejects at most 3% of those in scope.
    """
    inside = [p for p in predictions if p[0] != OUT_OF_SCOPE]
    found = {"accuracy": mean(intent == predicted for intent, predicted, _ in inside)}
    accepted = [confidence for _, _, confidence in inside]
    outside = [confidence for intent, _, confidence in predictions if intent == OUT_OF_SCOPE]
    if outside:
        is_inside = [1] * len(accepted) + [0] * len(outside)
        found["oos_auroc"] = float(roc_auc_score(is_inside, accepted + outside))
        threshold = sorted(accepted)[int(len(accepted) * FALSE_REJECTION)]
        found["oos_recall"] = mean(confidence < threshold for confidence in outside)
    return found


def summary(runs: Sequence[Dict[str, float]]) -> Dict[str, Dict[str, float]]:
    """Return mean and, of several runs, standard deviation of every figure."""
    return {
        figure: {
            "mean": mean(run[figure] for run in runs),
            **({"deviation": stdev(run[figure] for run in runs)} if len(runs) > 1 else {}),
        }
        for figure in runs[0]
    }


def run(pipeline: str, train: List[compare.Example], test: List[compare.Example]) -> Dict[str, Any]:
    """Train once; return the scores, CPU seconds of training and CPU milliseconds a message."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.json"
        measured = compare.measure(PIPELINES[pipeline], train, test, path)
        scores = score(json.loads(path.read_text(encoding="utf-8")))
    return {**scores, **{k: measured[k] for k in ("train_cpu_seconds", "cpu_ms_a_message")}}


def measure(
    name: str, split: Split, shots: str, pipeline: str, seeds: int, limit: int
) -> Dict[str, Any]:
    """Return one row of the table: as many runs as seeds, or one on the full training data."""
    train, test = split[0], limited(split[1], limit)
    runs = []
    for seed in range(1 if shots == FULL else seeds):
        part = train if shots == FULL else compare.sample(train, int(shots), seed)
        runs.append(run(pipeline, part, test))
        print(f"{name}, {shots}, {pipeline}, run {seed + 1}: {runs[-1]}", flush=True)
    outside = sum(intent == OUT_OF_SCOPE for _, intent in test)
    return {
        **dict(zip(KEY, (name, shots, pipeline, limit), strict=True)),
        "runs": len(runs),
        "test_messages": len(test) - outside,
        "out_of_scope_messages": outside,
        **summary(runs),
    }


def merged(rows: Sequence[Dict[str, Any]], new: Dict[str, Any]) -> List[Dict[str, Any]]:
    """Return the rows with `new` in the place of an earlier measurement of the same."""
    others = [row for row in rows if any(row[key] != new[key] for key in KEY)]
    return sorted([*others, new], key=lambda row: [str(row[key]) for key in KEY])


def table(rows: Sequence[Dict[str, Any]]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| set | examples an intent | pipeline | runs | test messages | accuracy "
        "| out-of-scope AUROC | out-of-scope recall at 3% false rejection "
        "| training, CPU s | CPU ms a message |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        cells = [row["set"], row["shots"], PIPELINES[row["pipeline"]], str(row["runs"])]
        outside = row["out_of_scope_messages"]
        cells.append(f"{row['test_messages']}" + (f" + {outside}" if outside else ""))
        cells += [_percent(row.get(key)) for key in ("accuracy", "oos_auroc", "oos_recall")]
        cells += [f"{row[key]['mean']:.0f}" for key in ("train_cpu_seconds", "cpu_ms_a_message")]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _percent(figure: Optional[Dict[str, float]]) -> str:
    if figure is None:
        return "–"
    spread = f" ± {figure['deviation']:.1%}" if "deviation" in figure else ""
    return f"{figure['mean']:.1%}{spread}"


def _one_of(*allowed: str) -> Any:
    """Return a reader of a comma-separated option whose parts are all among `allowed`."""

    def read(value: str) -> List[str]:
        parts = value.split(",")
        for part in parts:
            if part not in allowed:
                raise argparse.ArgumentTypeError(f"{part!r} is not one of {', '.join(allowed)}")
        return parts

    return read


def shot_list(value: str) -> List[str]:
    """Return the parts of "10,full": numbers above 0, or "full"."""
    for part in value.split(","):
        if part != FULL and not (part.isdecimal() and int(part)):
            raise argparse.ArgumentTypeError(f"{part!r} is neither a number above 0 nor {FULL!r}")
    return value.split(",")


def main(options: Optional[Sequence[str]] = None) -> None:
    """Measure what the options ask for; every row is written as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the sets' files")
    parser.add_argument("--sets", type=_one_of(*SETS), default=",".join(SETS))
    parser.add_argument("--shots", type=shot_list, default=f"10,{FULL}")
    parser.add_argument("--seeds", type=int, default=5, help="runs, unless all examples are used")
    parser.add_argument("--pipelines", type=_one_of(*PIPELINES), default=",".join(PIPELINES))
    parser.add_argument("--limit-test", type=int, default=0, metavar="N", help="0: all messages")
    chosen = parser.parse_args(options)
    if chosen.seeds < 1 or chosen.limit_test < 0:
        parser.error("--seeds must be 1 or more, --limit-test 0 or more")
    if not chosen.data.is_dir():
        print(f"skipped: {chosen.data} isn't there; --data names the folder of the benchmarks")
        return
    if "default" in chosen.pipelines and not compare.FULL_PYTHON.exists():
        sys.exit("the default pipeline needs .venv-full: run `make full-environment` first")
    rows = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    for name in chosen.sets:
        split = read_set(name, chosen.data)
        for shots in chosen.shots:
            for pipeline in chosen.pipelines:
                row = measure(name, split, shots, pipeline, chosen.seeds, chosen.limit_test)
                rows = merged(rows, row)
                RESULTS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    print(table(rows))


if __name__ == "__main__":
    main()
