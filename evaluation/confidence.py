"""Whether the model's confidence can be trusted: risk over coverage, and calibration."""

import math
from dataclasses import dataclass
from typing import List, Sequence, Tuple

Scored = Tuple[float, bool]  # confidence, right


@dataclass(frozen=True)
class Bin:
    """Replies of similar confidence: how many, how confident, and how many of them are right."""

    count: int
    confidence: float
    accuracy: float


def risk_coverage(scored: Sequence[Scored]) -> List[Tuple[float, float]]:
    """Return (coverage, risk) when only the most confident are answered, for 1, 2, ... replies.

    Both go from 0 to 1; replies of the same confidence come in together.
    """
    ordered = sorted(scored, key=lambda pair: -pair[0])
    points = []
    wrong = 0
    for number, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        if number == len(ordered) or ordered[number][0] != confidence:
            points.append((number / len(ordered), wrong / number))
    return points


def calibration(scored: Sequence[Scored], bins: int = 10) -> List[Bin]:
    """Sort replies into `bins` equally wide ranges of confidence; empty ones are left out."""
    filled: List[List[Scored]] = [[] for _ in range(bins)]
    for confidence, right in scored:
        filled[min(bins - 1, int(confidence * bins))].append((confidence, right))
    return [
        Bin(
            len(entries),
            sum(confidence for confidence, _ in entries) / len(entries),
            sum(right for _, right in entries) / len(entries),
        )
        for entries in filled
        if entries
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far confidence is from accuracy, on average."""
    total = sum(entry.count for entry in found)
    if not total:
        return math.nan
    return sum(entry.count * abs(entry.confidence - entry.accuracy) for entry in found) / total
