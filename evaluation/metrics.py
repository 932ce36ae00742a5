"""Counts over a run: shares with their intervals, by kind, topic, style and language."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Callable, Dict, Iterable, List, Sequence, Tuple

from evaluation.judge import ASK, EMERGENCY, OUT_OF_SCOPE
from evaluation.results import Answered
from evaluation.sets import DOUBLE

Z_95 = 1.959964
TURNED_AWAY = {"not_covered", "unclear"}


@dataclass(frozen=True)
class Share:
    """`count` of `total`."""

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; not a number where there is nothing to count."""
        return self.count / self.total if self.total else math.nan

    @property
    def interval(self) -> Tuple[float, float]:
        """The interval that holds the true share with 95% confidence (Wilson)."""
        return wilson(self.count, self.total)


def wilson(count: int, total: int, z: float = Z_95) -> Tuple[float, float]:
    """Return Wilson's score interval for `count` of `total`; 0 to 1 where there is nothing."""
    if not total:
        return 0.0, 1.0
    share = count / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def share(entries: Sequence[Answered], counts: Callable[[Answered], bool]) -> Share:
    """Return how many of `entries` count."""
    return Share(sum(map(counts, entries)), len(entries))


def accuracy(entries: Sequence[Answered]) -> Share:
    """Return how many of `entries` are right."""
    return share(entries, lambda entry: entry.right)


def accuracy_by(entries: Iterable[Answered], group: Callable[[Answered], str]) -> Dict[str, Share]:
    """Return the accuracy of each group, the groups in alphabetical order."""
    groups: Dict[str, List[Answered]] = defaultdict(list)
    for entry in entries:
        groups[group(entry)].append(entry)
    return {name: accuracy(groups[name]) for name in sorted(groups)}


def accuracy_by_topic(entries: Iterable[Answered]) -> Dict[str, Share]:
    """Return the accuracy of each topic that is asked for alone."""
    asked = [
        entry
        for entry in entries
        if entry.question.kind in ("answer", "not_covered")
        and entry.question.intent != OUT_OF_SCOPE
    ]
    return accuracy_by(asked, lambda entry: entry.question.intent[len(ASK) :])


def confusion(entries: Iterable[Answered]) -> Dict[Tuple[str, str], int]:
    """Count (kind expected, kind that came), two questions in one message left out."""
    return Counter(
        (entry.question.kind, entry.kind) for entry in entries if entry.question.kind != DOUBLE
    )


def is_emergency(entry: Answered) -> bool:
    """Say whether the question describes an emergency."""
    return any(part.kind == EMERGENCY for part in entry.question.parts)


def is_turned_away(entry: Answered) -> bool:
    """Say whether the visitor was told that the page doesn't say, or that it isn't understood."""
    return entry.kind in TURNED_AWAY


def gap_to_english(entries: Sequence[Answered], lang: str) -> float:
    """Return how far `lang` is behind English, as a share, on the same mix of kinds.

    The languages' sets hold the kinds in different shares; so English is weighted as `lang` is.
    """
    by_lang = {
        name: accuracy_by(
            [entry for entry in entries if entry.question.lang == name],
            lambda entry: entry.question.kind,
        )
        for name in ("en", lang)
    }
    common = [kind for kind in by_lang[lang] if kind in by_lang["en"]]
    total = sum(by_lang[lang][kind].total for kind in common)
    if not total:
        return math.nan
    behind = sum(
        (by_lang["en"][kind].value - by_lang[lang][kind].value) * by_lang[lang][kind].total
        for kind in common
    )
    return behind / total


def quantile(ordered: Sequence[float], part: float) -> float:
    """Return the value below which `part` (0 to 1) of the sorted values are."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
