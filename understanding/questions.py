"""Finds what a message asks: in a long story, or two questions at once."""

from dataclasses import dataclass
from typing import List, Optional, Sequence

from knowledge.payload import ASK
from understanding.ranking import Ranking, best_of

# Said beside a question, these are politeness or mood, and not what the message is about.
SMALL_TALK = {
    "greet", "goodbye", "thank", "acknowledge", "affirm", "deny", "compliment", "insult",
    "express_feeling", "nonsense", "ask_joke", "ask_more", "tell_background", "ask_source",
    "ask_about_bot", "ask_capabilities",
}  # fmt: skip
# What these mean depends on the whole story, not on its last sentence.
ADVICE, REPORT = "seek_advice_", "report_side_effect"
NEEDS_THE_STORY = (ADVICE, REPORT)
MOST_QUESTIONS = 3
# A clause's question must be among so many of the likeliest for its sentence.
_LIKELY = 3


@dataclass(frozen=True)
class Meaning:
    """What one sentence, or the whole message, most probably means."""

    intent: str
    confidence: float
    asks: bool = True


@dataclass(frozen=True)
class Thresholds:
    """Confidences (0 to 1) from which something is believed; chosen in evaluation/calibration.

    Attributes:
        part: a sentence that asks counts as a question of its own.
        statement: one that doesn't ask in form does ("the price, please").
        story: advice that the whole asks for, or a side effect that it reports, is believed against
            its sentences.
        advice: the sum of all ways to seek advice, from which advice is what is sought.
        report: a side effect is reported, even if the message asks something as well.
        clause: a clause of the only sentence may be a question of its own.
        one: the only sentence is one question, whatever its clauses look like.
    """

    part: float = 0.4
    statement: float = 0.8
    story: float = 0.5
    advice: float = 0.5
    report: float = 0.5
    clause: float = 0.5
    one: float = 0.9


def read(ranking: Ranking, thresholds: Thresholds, is_question: bool = True) -> Meaning:
    """Return what a ranking means: a report, else advice that is sought, else its first intent."""
    best = (
        best_of(ranking, REPORT, thresholds.report)
        or best_of(ranking, ADVICE, thresholds.advice)
        or ranking[0]
    )
    return Meaning(best["name"], best["confidence"], is_question)


def find_questions(
    whole: Meaning, sentences: Sequence[Meaning], thresholds: Thresholds
) -> List[Meaning]:
    """Return what a message asks, in its own order; always at least one reading.

    Args:
        whole: the message read as a whole.
        sentences: its sentences, one by one; none when it has only one.
        thresholds: from which confidence on what is believed.
    """
    asked = [
        s
        for s in sentences
        if s.intent not in SMALL_TALK
        and s.confidence >= (thresholds.part if s.asks else thresholds.statement)
    ]
    distinct = list({reading.intent: reading for reading in asked}.values())
    if not distinct:
        return [whole]
    if whole.intent.startswith(NEEDS_THE_STORY) and whole.confidence >= thresholds.story:
        # What else is clearly asked, in general, is answered as well.
        return [whole, *(r for r in distinct if _is_clear_question(r, thresholds))][:MOST_QUESTIONS]
    if len(distinct) == 1:
        only = distinct[0]
        return [only if only.confidence >= whole.confidence or len(sentences) > 2 else whole]
    return distinct[-MOST_QUESTIONS:]


def joined_questions(
    ranking: Ranking, clause_rankings: Sequence[Ranking], thresholds: Thresholds
) -> List[Meaning]:
    """Return the questions that the clauses of one sentence ask; empty when it asks only one.

    "Pain and fever" names one thing in two words. So each clause must be a question of its own that
    is likely for the whole sentence as well, and the whole not clearly one of them.
    """
    likely = {entry["name"] for entry in ranking[:_LIKELY]}
    found = {
        best["name"]: Meaning(best["name"], best["confidence"])
        for best, *_ in clause_rankings
        if best["name"].startswith(ASK)
        and best["name"] not in SMALL_TALK
        and best["name"] in likely
        and best["confidence"] >= thresholds.clause
    }
    is_one = ranking[0]["confidence"] >= thresholds.one or len(found) < len(clause_rankings)
    return [] if is_one or len(found) < 2 else list(found.values())


def with_advice_sought(
    found: List[Meaning], ranking: Ranking, thresholds: Thresholds
) -> List[Meaning]:
    """Add the advice that is sought beside a report: "a rash since the dose, is that normal?"."""
    advice = best_of(ranking, ADVICE, thresholds.advice)
    is_only_reported = [reading.intent for reading in found] == [REPORT]
    if advice is None or not is_only_reported:
        return found
    return [*found, Meaning(advice["name"], advice["confidence"])]


def _is_clear_question(reading: Meaning, thresholds: Thresholds) -> bool:
    return (
        reading.asks
        and reading.intent.startswith(ASK)
        and reading.confidence >= thresholds.statement
    )


def last_question(sentences: Sequence[Meaning], part: float) -> Optional[Meaning]:
    """Return the last sentence that asks something, with at least the confidence `part`."""
    asked = [s for s in sentences if s.asks and s.intent not in SMALL_TALK and s.confidence >= part]
    return asked[-1] if asked else None
