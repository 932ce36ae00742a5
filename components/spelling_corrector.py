"""Corrects the spelling of English messages before anything else is computed from them."""

import hashlib
import re
from importlib import resources
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional, Set

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from symspellpy import SymSpell, Verbosity

import settings
from components.clean_text import CLEAN_TEXT, clean_text
from components.language_detector import LANGUAGE

OWN_WORDS = Path(__file__).parent / "own_words.txt"
ENGLISH_WORDS = "frequency_dictionary_en_82_765.txt"

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
# Our own words win against any other word at the same distance.
_OWN_FREQUENCY = 10**12
_SHORTEST = 4
_TWO_ERRORS_FROM = 7


def own_words() -> Set[str]:
    """Return the words of the documents and of own_words.txt, in lower case."""
    texts = [OWN_WORDS.read_text(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in settings.DOCUMENTS.glob("spinraza.md")]
    return {word for text in texts for word in _WORD.findall(text.lower()) if len(word) > 2}


class Speller:
    """Corrects single words by edit distance; knows English and the words given to it."""

    def __init__(self, own: Iterable[str]) -> None:
        self._own = set(own)
        # A prefix of 5 letters loads in 0.9 s instead of 2.3 s; a look-up still takes under 1 ms.
        self._symspell = SymSpell(max_dictionary_edit_distance=2, prefix_length=5)
        with resources.path("symspellpy", ENGLISH_WORDS) as path:
            self._symspell.load_dictionary(str(path), term_index=0, count_index=1)
        for word in self._own:
            self._symspell.create_dictionary_entry(word, _OWN_FREQUENCY)

    def correct(self, text: str, names: Set[str] = frozenset()) -> str:  # type: ignore[assignment]
        """Return `text` (lower case) with unknown words replaced by the nearest known one.

        Short words, numbers, words with other letters than a to z, and `names` stay as they are;
        a name is corrected only to one of our own words ("Spinrazza").
        """
        return _WORD.sub(lambda match: self._correct_word(match.group(), names), text)

    def _correct_word(self, word: str, names: Set[str]) -> str:
        if len(word) < _SHORTEST or "'" in word or word in self._symspell.words:
            return word
        allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
        found = self._symspell.lookup(word, Verbosity.TOP, max_edit_distance=allowed)
        if not found or (word in names and found[0].term not in self._own):
            return word
        return str(found[0].term)


def names_in(text: str) -> Set[str]:
    """Return words, in lower case, that look like names: a capital letter inside a sentence."""
    if sum(letter.isupper() for letter in text) > len(text) / 3:
        return set()  # somebody shouts
    found = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]+", text)
    return {name.lower() for name in found}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SpellingCorrector(GraphComponent):
    """Corrects the clean text of English messages; leaves other languages alone."""

    def __init__(self) -> None:
        self._speller = Speller(own_words())

    @staticmethod
    def fingerprint_addon(config: Dict[str, Any]) -> str:
        """Return a hash of the words it knows beside English ones."""
        return hashlib.sha256(" ".join(sorted(own_words())).encode()).hexdigest()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpellingCorrector":
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            original: Optional[str] = message.get(TEXT)
            if original and message.get(LANGUAGE) in (None, "en"):
                text = self._speller.correct(clean_text(message), names_in(str(original)))
                message.set(CLEAN_TEXT, text)
        return messages
