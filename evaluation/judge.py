"""Decides whether an outcome (`custom` of a reply, see actions/reply.py) is what was expected."""

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

from evaluation.sets import Part, Question, Turn
from knowledge.catalogue import Catalogue

Outcome = Dict[str, Any]

EMERGENCY = "emergency"
OUT_OF_SCOPE = "out_of_scope"
ASK = "ask_"
# Kinds whose topic is what the visitor asked about.
TOPICAL = {"answer", "not_covered"}
# Replies that carry on from what was said before: a quote or an offer is as good as small talk.
CARRYING_ON = {"ask_more", "ask_source"}


@dataclass(frozen=True)
class Judgement:
    """How a visitor was treated.

    Attributes:
        right: as the label expects.
        topic_right: so, and the topic named is right too.
        accepted: as the label or a reading that the second reader agreed on expects.
    """

    right: bool
    topic_right: bool
    accepted: bool


def parts_of(outcome: Outcome) -> List[Outcome]:
    """Return the outcome and, for a reply to two questions, the outcomes of its parts."""
    return [outcome, *(outcome.get("parts") or [])]


def kinds_of(outcome: Outcome) -> Set[str]:
    """Return the kinds of all parts."""
    return {str(part["kind"]) for part in parts_of(outcome) if part.get("kind")}


def topics_of(outcome: Outcome, kinds: Optional[Set[str]] = None) -> Set[str]:
    """Return the topics of all parts, or of those whose kind is one of `kinds`."""
    found: Set[str] = set()
    for part in parts_of(outcome):
        topic = part.get("topic")
        if topic and (kinds is None or part.get("kind") in kinds):
            found.update([topic] if isinstance(topic, str) else topic)
    return found


def quotes_of(outcome: Outcome) -> Set[str]:
    """Return the quotes that answering parts show."""
    return {
        source["quote"]
        for part in parts_of(outcome)
        if part.get("kind") == "answer"
        for source in part.get("sources", [])
    }


def main_kind(outcome: Outcome) -> str:
    """Return the kind to count a reply under: an emergency goes before everything else."""
    return EMERGENCY if EMERGENCY in kinds_of(outcome) else str(outcome.get("kind"))


def judge_question(question: Question, outcome: Outcome, catalogue: Catalogue) -> Judgement:
    """Judge the reply to a question that stands alone.

    Of two questions in one message both must be treated; if one is an emergency, only that counts.
    """
    right, topic_right = _judge(question.parts, outcome, catalogue)
    others = (_judge(parts, outcome, catalogue)[0] for parts in question.other_readings)
    return Judgement(right, topic_right, right or any(others))


def _judge(parts: Sequence[Part], outcome: Outcome, catalogue: Catalogue) -> Tuple[bool, bool]:
    wanted = [part for part in parts if part.kind == EMERGENCY] or list(parts)
    alone = len(wanted) == 1
    right = all(_is_treated(part, outcome, catalogue, alone) for part in wanted)
    names = [name for name in map(_topic_name, wanted) if name]
    return right, right and set(names) <= topics_of(outcome)


def judge_turn(turn: Turn, outcome: Outcome) -> bool:
    """Judge a reply in a dialogue; the topic counts where the reply answers, or says it can't."""
    kinds = kinds_of(outcome) | ({"smalltalk"} if _is_declined(outcome) else set())
    matching = kinds & set(turn.kinds)
    if not matching:
        return False
    if turn.topics and matching <= TOPICAL:
        return bool(topics_of(outcome, TOPICAL) & set(turn.topics))
    return True


def _is_treated(part: Part, outcome: Outcome, catalogue: Catalogue, alone: bool) -> bool:
    kinds = kinds_of(outcome)
    topic = part.intent[len(ASK) :]
    if part.kind == "answer":
        expected = {source.quote.text for source in catalogue.sources(topic)}
        return bool(expected & quotes_of(outcome))
    if part.kind == "not_covered":
        # Alone, being told so is enough; of two, it must be clear which of them isn't covered.
        name = _topic_name(part)
        return "not_covered" in kinds if alone else name in topics_of(outcome, TOPICAL)
    if part.kind == "smalltalk":
        if part.intent == "decline_consultation":
            return bool(kinds & {"smalltalk", "handoff"})
        more = {"answer", "unclear"} if part.intent in CARRYING_ON else set()
        return bool(kinds & ({"smalltalk"} | more))
    if part.kind == "unclear":
        out_of_scope = OUT_OF_SCOPE in topics_of(outcome, {"not_covered"})
        return bool(kinds & {"unclear", "smalltalk"}) or out_of_scope
    if part.kind == "handoff":
        return "handoff" in kinds and not _is_declined(outcome)
    return part.kind in kinds


def _is_declined(outcome: Outcome) -> bool:
    """Say whether the reply is "nothing is sent", whose kind is that of a handoff too."""
    return "declined" in topics_of(outcome, {"handoff"})


def _topic_name(part: Part) -> str:
    """Return the topic the outcome should name; empty where the kind says it all."""
    if part.kind in TOPICAL:
        return part.intent if part.intent == OUT_OF_SCOPE else part.intent[len(ASK) :]
    if part.kind == EMERGENCY and part.intent != "emergency_*":
        return part.intent[len("emergency_") :]
    return ""
