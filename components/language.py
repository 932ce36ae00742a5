"""Which language a message is in, guessed from its letters and its commonest words."""

import re
from typing import Dict, FrozenSet

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
    "en": frozenset(ENGLISH) | {"is", "it", "the", "how", "what", "does", "my", "spinraza", "sma"},
    "es": frozenset(SPANISH),
    "fr": frozenset(FRENCH),
    "de": frozenset(GERMAN),
    "it": frozenset(ITALIAN),
    "pt": frozenset(PORTUGUESE),
}


def guess_language(text: str) -> str:
    """Return the ISO code of the language of `text`: zh, en, es, fr, de, it or pt.

    English unless something speaks clearly for another language: a third of Chinese letters, or
    more of another language's commonest words than of English ones.
    """
    letters = _LETTER.findall(text)
    if letters and len(_HAN.findall(text)) >= len(letters) / 3:
        return "zh"
    words = _WORD.findall(text.lower())
    counts = {
        language: sum(word in common for word in words)
        for language, common in _COMMON_WORDS.items()
    }
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > counts["en"] else "en"
