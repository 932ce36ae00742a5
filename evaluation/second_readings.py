"""What the second reader of the questions' labels found, as decided in writing."""

import csv
from dataclasses import replace
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

from evaluation.sets import Part, Question, SetError
from knowledge.catalogue import Catalogue

FILE = Path(__file__).resolve().parent / "second_reading" / "second_reading.tsv"
EITHER = "either"

# By how an intent's name begins; every other one is small talk.
_KINDS = {
    "emergency_": "emergency",
    "seek_advice_": "advice",
    "report_side_effect": "adverse_event",
    "request_": "handoff",
    "inform_contact": "handoff",
    "out_of_scope": "not_covered",
}
_ASK = "ask_"


def with_other_readings(
    questions: Sequence[Question], catalogue: Catalogue, path: Path = FILE
) -> List[Question]:
    """Return the questions, those that may be read in several ways with their other readings.

    Raises:
        SetError: the file names a question that doesn't exist.
    """
    readings: Dict[str, List[str]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["decision"] == EITHER:
                readings[row["id"]] = row["second_reader"].split("|")
    unknown = readings.keys() - {question.id for question in questions}
    if unknown:
        raise SetError(f"{path}: no such questions: {', '.join(sorted(unknown))}")
    return [
        replace(
            question,
            other_readings=tuple(
                _parts(label, catalogue)
                for label in readings.get(question.id, [])
                if label != question.intent
            ),
        )
        for question in questions
    ]


def _parts(label: str, catalogue: Catalogue) -> Tuple[Part, ...]:
    return tuple(Part(kind_of(intent, catalogue), intent) for intent in label.split("+"))


def kind_of(intent: str, catalogue: Catalogue) -> str:
    """Return the kind of reply that an intent calls for."""
    for start, kind in _KINDS.items():
        if intent.startswith(start):
            return kind
    topic = intent[len(_ASK) :]
    if intent.startswith(_ASK) and topic in catalogue.topics:
        return "answer" if catalogue.sources(topic) else "not_covered"
    return "smalltalk"
