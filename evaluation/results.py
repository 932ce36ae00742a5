"""What came out of a run, for every question and every turn, and its file."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple, Union

from evaluation.judge import Judgement
from evaluation.sets import Dialogue, Question, Turn


@dataclass(frozen=True)
class Understood:
    """What the model makes of a message without its conversation."""

    intent: str
    confidence: float
    runner_up: str
    runner_up_confidence: float


@dataclass(frozen=True)
class Answered:
    """A question, the outcome of the reply to it (`kind`, `topic`), and how it was judged."""

    question: Question
    kind: str
    topic: str
    judgement: Judgement
    verdict: bool
    understood: Understood
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether the visitor was treated as expected."""
        return self.judgement.right


@dataclass(frozen=True)
class TurnAnswered:
    """A turn of a dialogue (`number` from 1), the outcome of its reply, and whether it's right."""

    dialogue: Dialogue
    number: int
    kind: str
    topic: str
    right: bool
    milliseconds: float

    @property
    def turn(self) -> Turn:
        """The visitor's message and what was expected."""
        return self.dialogue.turns[self.number - 1]

    @property
    def id(self) -> str:
        """The dialogue and the turn's number."""
        return f"{self.dialogue.id}.{self.number}"


@dataclass(frozen=True)
class Results:
    """A whole run; `model` is the hash of the model that was asked."""

    model: str
    questions: Tuple[Answered, ...]
    turns: Tuple[TurnAnswered, ...]

    @property
    def milliseconds(self) -> List[float]:
        """How long each reply took, sorted."""
        entries: List[Union[Answered, TurnAnswered]] = [*self.questions, *self.turns]
        return sorted(entry.milliseconds for entry in entries)


def write_outcomes(path: Path, results: Results) -> None:
    """Write ids, what was expected and what came; no visitor's words, no replies."""
    content = {
        "model": results.model,
        "questions": [_question(entry) for entry in results.questions],
        "turns": [_turn(entry) for entry in results.turns],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_one_line_an_entry(content), encoding="utf-8")


def _question(entry: Answered) -> Dict[str, Any]:
    return {
        "id": entry.question.id,
        "expected": [[part.kind, part.intent] for part in entry.question.parts],
        "got": [entry.kind, entry.topic],
        "right": entry.right,
        "topic_right": entry.judgement.topic_right,
        "intent": entry.understood.intent,
        "confidence": round(entry.understood.confidence, 4),
        "runner_up": entry.understood.runner_up,
        "runner_up_confidence": round(entry.understood.runner_up_confidence, 4),
    }


def _turn(entry: TurnAnswered) -> Dict[str, Any]:
    return {
        "id": entry.id,
        "expected": [list(entry.turn.kinds), list(entry.turn.topics)],
        "got": [entry.kind, entry.topic],
        "right": entry.right,
    }


def _one_line_an_entry(content: Dict[str, Any]) -> str:
    """Return JSON in which a changed outcome is one changed line."""
    keys = []
    for key, value in content.items():
        text = json.dumps(value)
        if isinstance(value, Sequence) and not isinstance(value, str):
            text = "[\n" + ",\n".join(json.dumps(entry) for entry in value) + "\n]"
        keys.append(f"{json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(keys) + "\n}\n"
