"""Which language a message is in, guessed from its letters and its commonest words."""

import re
from typing import Dict, FrozenSet, Optional

from spacy.lang.de.stop_words import STOP_WORDS as GERMAN
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.es.stop_words import STOP_WORDS as SPANISH
from spacy.lang.fr.stop_words import STOP_WORDS as FRENCH
from spacy.lang.it.stop_words import STOP_WORDS as ITALIAN
from spacy.lang.pt.stop_words import STOP_WORDS as PORTUGUESE

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")

_COMMON_WORDS: Dict[str, FrozenSet[str]] = {
    "en": frozenset(ENGLISH),
    "es": frozenset(SPANISH),
    "fr": frozenset(FRENCH),
    "de": frozenset(GERMAN),
    "it": frozenset(ITALIAN),
    "pt": frozenset(PORTUGUESE),
}


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
    counts["es"] = sum(word in _COMMON_WORDS["es"] or word in spanish for word in words)
    best = max(counts, key=lambda language: counts[language])
    if counts[best] == 0:
        return None
    if counts[best] > counts["en"]:
        return best
    is_english = any(word in ENGLISH and word not in SPANISH for word in words)
    return None if counts["es"] == counts["en"] and not is_english else "en"


def guess_language(text: str, spanish: FrozenSet[str] = frozenset()) -> str:
    """Return what `detect_language` says, English where it can't say."""
    return detect_language(text, spanish) or "en"
