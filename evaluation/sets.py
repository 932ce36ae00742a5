"""The evaluation's questions and dialogues, with what is expected of the bot for each."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any, List, Tuple

import yaml

QUESTIONS = Path(__file__).resolve().parent / "questions"
COLUMNS = ["id", "kind", "intent", "style", "lang", "text"]
DOUBLE = "double"


class SetError(Exception):
    """A set can't be read; the message names file and line or dialogue."""


@dataclass(frozen=True)
class Part:
    """One thing a visitor wants: the kind of reply expected, and the intent as labelled."""

    kind: str
    intent: str


@dataclass(frozen=True)
class Question:
    """A message without a conversation before it. Two questions in one message are two parts."""

    id: str
    parts: Tuple[Part, ...]
    style: str
    lang: str
    text: str
    set_name: str
    # What else the message may mean; agreed with a second reader (second_reading/).
    other_readings: Tuple[Tuple[Part, ...], ...] = ()

    @property
    def kind(self) -> str:
        """The kind of reply expected; `double` where two are."""
        return self.parts[0].kind if len(self.parts) == 1 else DOUBLE

    @property
    def intent(self) -> str:
        """The label, as it stands in the file."""
        return "+".join(part.intent for part in self.parts)


@dataclass(frozen=True)
class Turn:
    """A visitor's message in a dialogue; any of `kinds` and `topics` is right."""

    user: str
    kinds: Tuple[str, ...]
    topics: Tuple[str, ...]


@dataclass(frozen=True)
class Dialogue:
    """Messages of one visitor, in this order."""

    id: str
    about: str
    lang: str
    turns: Tuple[Turn, ...]


def load_questions(folder: Path = QUESTIONS) -> List[Question]:
    """Read every `*.tsv` of `folder`, in a fixed order.

    Raises:
        SetError: a row doesn't have the columns, or an id is there twice.
    """
    questions: List[Question] = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if next(rows, None) != COLUMNS:
                raise SetError(f"{path}:1: expected the columns {', '.join(COLUMNS)}")
            for number, row in enumerate(rows, start=2):
                questions.append(_question(row, path.stem, f"{path}:{number}"))
    _check_ids([question.id for question in questions])
    return questions


def load_dialogues(folder: Path = QUESTIONS) -> List[Dialogue]:
    """Read dialogues.yml of `folder`.

    Raises:
        SetError: a dialogue lacks a key, or an id is there twice.
    """
    content = yaml.safe_load((folder / "dialogues.yml").read_text(encoding="utf-8"))
    dialogues = []
    for entry in content:
        try:
            turns = tuple(
                Turn(turn["user"], _tuple(turn["kind"]), _tuple(turn.get("topic", ())))
                for turn in entry["turns"]
            )
            dialogues.append(Dialogue(entry["id"], entry["about"], entry["lang"], turns))
        except (KeyError, TypeError) as error:
            where = entry.get("id", "?") if isinstance(entry, dict) else entry
            raise SetError(f"dialogues.yml: dialogue {where}: missing {error}") from error
    _check_ids([dialogue.id for dialogue in dialogues])
    return dialogues


def _question(row: List[str], set_name: str, where: str) -> Question:
    if len(row) != len(COLUMNS) or not all(row):
        raise SetError(f"{where}: expected {len(COLUMNS)} filled columns")
    name, kind, intent, style, lang, text = row
    kinds, intents = kind.split("+"), intent.split("+")
    if len(kinds) != len(intents):
        raise SetError(f"{where}: {len(kinds)} kinds but {len(intents)} intents")
    parts = tuple(Part(*pair) for pair in zip(kinds, intents, strict=True))
    return Question(name, parts, style, lang, text, set_name)


def _tuple(value: Any) -> Tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _check_ids(ids: List[str]) -> None:
    twice = {name for name in ids if ids.count(name) > 1}
    if twice:
        raise SetError(f"ids that are there twice: {', '.join(sorted(twice))}")
