"""Cleans a visitor's text before anything else is computed from it."""

from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.clean_text import CLEAN_TEXT
from components.made_from_config import MadeFromConfig
from understanding.cleaning import normalize


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TextNormalizer(MadeFromConfig):
    """Sets the clean text of messages. Capitals go: people shout, dictate and type in a hurry."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"max_characters": 4000}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._max_characters = int(config["max_characters"])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text is not None:
                message.set(CLEAN_TEXT, normalize(str(text), self._max_characters))
        return messages
