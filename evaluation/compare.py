"""Cross-validate our NLU pipeline and `rasa init`'s default on the same data; writes a table.

    make compare              20 examples an intent, 3 folds (about 40 minutes on 2 cores)

The default pipeline is neural and trains for minutes where ours takes seconds: that is why the
sample is small. Ours is measured on the whole data as well.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "evaluation" / "results" / "comparison.json"
FULL_PYTHON = ROOT / ".venv-full" / "bin" / "python"
OURS, OURS_AS_TYPED, DEFAULT = "ours", "ours, spelling as typed", "rasa init default"
NOT_CLASSIFIERS = ("UnclearDetector", "EmergencyDetector")

Example = Tuple[str, str]  # text, intent

# What `rasa init` of Rasa 3.6.21 uses when config.yml leaves the pipeline open.
DEFAULT_PIPELINE: List[Dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "random_seed": 0},
    {"name": "EntitySynonymMapper"},
]


def read_examples() -> List[Example]:
    """Return all training examples of data/nlu, in a fixed order."""
    examples = []
    for path in sorted((ROOT / "data" / "nlu").rglob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = entry["examples"].splitlines()
            examples += [(line[2:], entry["intent"]) for line in lines if line.strip()]
    return examples


def sample(examples: Sequence[Example], per_intent: int, seed: int) -> List[Example]:
    """Return up to `per_intent` examples of each intent; 0 means all."""
    by_intent = defaultdict(list)
    for text, intent in examples:
        by_intent[intent].append((text, intent))
    draw = random.Random(seed)  # noqa: S311
    return [
        example
        for intent in sorted(by_intent)
        for example in draw.sample(
            by_intent[intent], min(per_intent or 10**9, len(by_intent[intent]))
        )
    ]


def folds(examples: Sequence[Example], count: int, seed: int) -> List[List[Example]]:
    """Deal the examples of each intent over `count` folds."""
    shuffled = list(examples)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    shuffled.sort(key=lambda example: example[1])
    return [shuffled[number::count] for number in range(count)]


def write_nlu(path: Path, examples: Sequence[Example]) -> None:
    """Write examples as Rasa's training data."""
    by_intent = defaultdict(list)
    for text, intent in examples:
        by_intent[intent].append(f"- {text}\n")
    entries = [{"intent": name, "examples": "".join(lines)} for name, lines in by_intent.items()]
    content = yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True, width=10**6)
    path.write_text(content, encoding="utf-8")


def pipelines() -> Dict[str, Tuple[Path, List[Dict[str, Any]]]]:
    """Return the pipelines to compare: a name, the interpreter to run it with, its components."""
    ours = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    classifying = [part for part in ours if not part["name"].endswith(NOT_CLASSIFIERS)]
    as_typed = [part for part in classifying if not part["name"].endswith("SpellingCorrector")]
    return {
        OURS: (Path(sys.executable), classifying),
        OURS_AS_TYPED: (Path(sys.executable), as_typed),
        DEFAULT: (FULL_PYTHON, DEFAULT_PIPELINE),
    }


def measure(
    name: str,
    train: Sequence[Example],
    test: Sequence[Example],
    predictions: Optional[Path] = None,
) -> Dict[str, Any]:
    """Train the pipeline `name` on `train` and return what nlu_accuracy.py measures on `test`.

    Each message's prediction is written to `predictions`, if given.
    """
    python, pipeline = pipelines()[name]
    with tempfile.TemporaryDirectory() as folder:
        config, train_path, test_path = (Path(folder) / f for f in ("config.yml", "a.yml", "b.yml"))
        config.write_text(
            yaml.safe_dump(
                {
                    "recipe": "default.v1",
                    "assistant_id": "compare",
                    "language": "en",
                    "pipeline": pipeline,
                }
            )
        )
        write_nlu(train_path, train)
        write_nlu(test_path, test)
        command = [
            str(python), "-W", "ignore", str(ROOT / "evaluation" / "nlu_accuracy.py"),
            str(config), str(train_path), str(test_path), *map(str, filter(None, [predictions])),
        ]  # fmt: skip
        # PYTHONPATH lets Rasa find components/ from wherever it runs.
        finished = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, env=_environment()
        )
    for line in reversed(finished.stdout.splitlines()):
        if line.startswith("RESULT "):
            return dict(json.loads(line[len("RESULT ") :]))
    sys.exit(f"{name}: no result\n{finished.stderr[-3000:]}")


def _environment() -> Dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}


def cross_validate(name: str, parts: List[List[Example]]) -> Dict[str, Any]:
    """Return the mean over folds: each fold is tested once, trained on all others."""
    results = []
    for number, test in enumerate(parts):
        train = [example for i, part in enumerate(parts) if i != number for example in part]
        results.append(measure(name, train, test))
        print(f"{name}: fold {number + 1} of {len(parts)}: {results[-1]}", flush=True)
    means = {key: sum(r[key] for r in results) / len(results) for key in results[0]}
    return {**means, "folds": len(results), "examples": sum(map(len, parts))}


def main() -> None:
    """Compare and write evaluation/results/comparison.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-intent", type=int, default=20)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    examples = read_examples()
    small = folds(
        sample(examples, arguments.per_intent, arguments.seed), arguments.folds, arguments.seed
    )
    everything = folds(examples, arguments.folds, arguments.seed)
    results: Dict[str, Any] = {OURS: cross_validate(OURS, small)}
    results["ours, all examples"] = cross_validate(OURS, everything)
    results[DEFAULT] = cross_validate(DEFAULT, small)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    for name, result in results.items():
        print(f"{name:20} {result['accuracy']:.1%} of {result['examples']} examples")


if __name__ == "__main__":
    main()
