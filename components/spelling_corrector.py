"""Corrects the spelling of English messages before anything else is computed from them."""

import hashlib
from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import settings
from components.clean_text import CLEAN_TEXT, clean_text
from components.language_detector import LANGUAGE
from components.made_from_config import MadeFromConfig
from understanding.spelling import Speller, names_in, own_words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SpellingCorrector(MadeFromConfig):
    """Corrects the clean text of English messages; leaves other languages alone."""

    def __init__(self, config: Dict[str, Any]) -> None:
        # Beside Rasa's own cache of trainings.
        self._speller = Speller(own_words(), settings.ROOT / ".rasa")

    @staticmethod
    def fingerprint_addon(config: Dict[str, Any]) -> str:
        """Return a hash of the words it knows beside English ones."""
        return hashlib.sha256(" ".join(sorted(own_words())).encode()).hexdigest()

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
