"""Questions, replies and catalogues as small as the tests of the evaluation need them."""

from typing import Any, Dict, List

from evaluation.judge import Judgement
from evaluation.results import Answered, Results, TurnAnswered, Understood
from evaluation.sets import Dialogue, Part, Question, Turn


def question(
    kind: str = "answer",
    intent: str = "ask_route",
    lang: str = "en",
    style: str = "plain",
    name: str = "q1",
) -> Question:
    """A question; `+` in kind and intent makes it two."""
    parts = tuple(Part(*pair) for pair in zip(kind.split("+"), intent.split("+"), strict=True))
    return Question(name, parts, style, lang, f"text of {name}", "questions")


def answered(
    asked: Question,
    kind: str = "answer",
    right: bool = True,
    verdict: bool = False,
    confidence: float = 0.9,
) -> Answered:
    """A question with what came of it."""
    understood = Understood("ask_route", confidence, "ask_schedule", 0.05)
    return Answered(asked, kind, "route", Judgement(right, right, right), verdict, understood, 20.0)


def results(*entries: Answered, turns_right: int = 1, turns_wrong: int = 0) -> Results:
    """A run with these questions and one dialogue."""
    flags = [True] * turns_right + [False] * turns_wrong
    turns = tuple(Turn(f"turn {n}", ("answer",), ()) for n, _ in enumerate(flags, start=1))
    dialogue = Dialogue("d1", "a test", "en", turns)
    replies = [
        TurnAnswered(dialogue, number, "answer", "route", right, 30.0)
        for number, right in enumerate(flags, start=1)
    ]
    return Results("0123456789abcdef", tuple(entries), tuple(replies))


def quoting(topic: str, quotes: List[str], kind: str = "answer") -> Dict[str, Any]:
    """An outcome that shows `quotes`."""
    return {"kind": kind, "topic": topic, "sources": [{"quote": quote} for quote in quotes]}
