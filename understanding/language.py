"""Which language a message is in, guessed from its letters and its commonest words."""

import collections
import re
import runpy
from pathlib import Path
from typing import Counter, Dict, FrozenSet, Iterable, Optional

import spacy

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGER_WORD = re.compile(r"[^\W\d_]{3,}")
# Messages that mix languages mustn't make "tratamiento" English. Among our examples this is true of
# 183 words, Spanish all of them; from 2 times on English ones ("media") come in.
_TIMES_AS_OFTEN = 5


def _common_words(language: str) -> FrozenSet[str]:
    """Return spaCy's list of a language's commonest words.

    Read past the language's package, which would be imported with it: French alone takes 4 s.
    """
    path = Path(spacy.__file__).parent / "lang" / language / "stop_words.py"
    return frozenset(runpy.run_path(str(path))["STOP_WORDS"])


_COMMON_WORDS: Dict[str, FrozenSet[str]] = {
    language: _common_words(language) for language in ("en", "es", "fr", "de", "it", "pt")
}
_ENGLISH, _SPANISH = _COMMON_WORDS["en"], _COMMON_WORDS["es"]


_OTHER_SCRIPTS = re.compile(
    r"[\u0370-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u3040-\u30ff\uac00-\ud7af]"
)


def detect_language(text: str, spanish: FrozenSet[str] = frozenset()) -> Optional[str]:
    """Return the ISO code of the language of `text`, or None when nothing speaks for one.

    A third of Chinese letters make it zh (other scripts: "other"); otherwise the language of which
    it has most common words wins, English when in doubt. `spanish` are further Spanish words. What
    is as Spanish as English ("no") speaks for neither.
    """
    letters = _LETTER.findall(text)
    if not letters:
        return None
    if len(_OTHER_SCRIPTS.findall(text)) >= len(letters) / 3:
        return "other"  # before Chinese: Japanese has both
    if len(_HAN.findall(text)) >= len(letters) / 3:
        return "zh"
    words = _WORD.findall(text.lower())
    counts = {
        language: sum(word in common for word in words)
        for language, common in _COMMON_WORDS.items()
    }
    counts["es"] = sum(word in _SPANISH or word in spanish for word in words)
    best = max(counts, key=lambda language: counts[language])
    if counts[best] == 0:
        return None
    if counts[best] > counts["en"]:
        return best
    is_english = any(word in _ENGLISH and word not in _SPANISH for word in words)
    return None if counts["es"] == counts["en"] and not is_english else "en"


def guess_language(text: str, spanish: FrozenSet[str] = frozenset()) -> str:
    """Return what `detect_language` says, English where it can't say."""
    return detect_language(text, spanish) or "en"


def spanish_words(texts: Iterable[str]) -> FrozenSet[str]:
    """Return the words that occur in the Spanish ones of `texts` and hardly in English ones.

    Texts that nothing speaks for ("precio", "no respira") are neither.
    """
    counts: Dict[str, Counter[str]] = {"en": collections.Counter(), "es": collections.Counter()}
    for text in texts:
        language = detect_language(text)
        if language in counts:
            counts[language].update(set(_LONGER_WORD.findall(text)))
    english, spanish = counts["en"], counts["es"]
    return frozenset(word for word in spanish if spanish[word] > _TIMES_AS_OFTEN * english[word])
