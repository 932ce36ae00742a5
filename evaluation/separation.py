"""Finds evaluation sentences that are in the training data, word for word or nearly so."""

import re
from collections import Counter, defaultdict
from typing import Dict, Iterator, List, Sequence, Set, Tuple

from evaluation.sets import Dialogue, Question

SIMILAR = 0.85
# "Hello" and "thank you" have no other words.
EXEMPT_WORDS = 2
# Below this many words, sentences are alike without being the same question.
COMPARED_WORDS = 5
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

Found = Tuple[str, str, str]  # id, sentence, training example


def sentences(questions: Sequence[Question], dialogues: Sequence[Dialogue]) -> Dict[str, str]:
    """Return everything that is asked in the evaluation: the text of every id."""
    texts = {question.id: question.text for question in questions}
    for dialogue in dialogues:
        for number, turn in enumerate(dialogue.turns, start=1):
            texts[f"{dialogue.id}.{number}"] = turn.user
    return texts


def normalised(text: str) -> str:
    """Return `text` in lower case, its words and nothing else."""
    return " ".join(re.sub(r"[^\w\s]|_", " ", text.lower().replace("'", "")).split())


def count_words(text: str) -> int:
    """Return the number of words of a normalised text; two Chinese characters are one word."""
    chinese = len(_CHINESE.findall(text))
    return len(_CHINESE.sub(" ", text).split()) + (chinese + 1) // 2


def trigrams(text: str) -> Set[str]:
    """Return the runs of three characters in `text`, its ends included."""
    padded = f" {text} "
    return {padded[start : start + 3] for start in range(max(1, len(padded) - 2))}


def collisions(texts: Dict[str, str], examples: Sequence[str]) -> List[Found]:
    """Return the sentences of `texts` that equal an example, or share nearly all trigrams with it.

    Args:
        texts: sentences by id.
        examples: the training examples.
    """
    known = {normalised(example): example for example in examples}
    nearest = _Nearest(list(known))
    found = []
    for name, text in texts.items():
        plain = normalised(text)
        words = count_words(plain)
        if words <= EXEMPT_WORDS:
            continue
        if plain in known:
            found.append((name, text, known[plain]))
        elif words >= COMPARED_WORDS:
            found += [(name, text, known[other]) for other in nearest.similar(plain)]
    return found


class _Nearest:
    """An index of texts by their rarest trigrams.

    Two sets of which SIMILAR of the union is shared miss at most a share of 1 - SIMILAR of the
    smaller set; so among the rarest trigrams of either, a few more than that, one is shared.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._trigrams = {text: trigrams(text) for text in texts}
        frequency = Counter(t for found in self._trigrams.values() for t in found)
        by_rarity = sorted(frequency, key=lambda trigram: (frequency[trigram], trigram))
        self._rank = {trigram: rank for rank, trigram in enumerate(by_rarity)}
        self._index: Dict[str, List[str]] = defaultdict(list)
        for text, found in self._trigrams.items():
            for trigram in self._rarest(found):
                self._index[trigram].append(text)

    def similar(self, text: str) -> Iterator[str]:
        """Yield the indexed texts that are nearly `text`."""
        mine = trigrams(text)
        candidates = {other for t in self._rarest(mine) for other in self._index.get(t, ())}
        for other in sorted(candidates):
            theirs = self._trigrams[other]
            fewer, more = sorted((len(mine), len(theirs)))
            if fewer >= SIMILAR * more and len(mine & theirs) / len(mine | theirs) >= SIMILAR:
                yield other

    def _rarest(self, found: Set[str]) -> List[str]:
        ordered = sorted(found, key=lambda trigram: self._rank.get(trigram, -1))
        return ordered[: int((1 - SIMILAR) * len(found)) + 1]
