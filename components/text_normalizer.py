"""Brings a visitor's text into one form: one kind of blanks and letters, no control characters."""

import html
import re
import unicodedata
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.clean_text import CLEAN_TEXT

_MARKUP = re.compile(r"</?[A-Za-z!][^<>]{0,200}>")
_TERMINAL_CODE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_REPEATED = re.compile(r"(\S)\1{3,}")
_APOSTROPHES = str.maketrans("‘’`´ʼ“”", "'''''\"\"")


def normalize(text: str, max_characters: int) -> str:
    """Return `text` in lower case and Unicode's NFKC form, without markup and control characters.

    Runs of one character are cut to three ("helllllp"), blanks are folded, and of a text longer
    than `max_characters` the end is kept: the question of a long story usually stands last.
    """
    text = _TERMINAL_CODE.sub(" ", text[-4 * max_characters :])
    text = _MARKUP.sub(" ", html.unescape(text))
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).lower()
    text = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text)
    text = _REPEATED.sub(r"\1\1\1", text)
    return " ".join(text.split())[-max_characters:]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class TextNormalizer(GraphComponent):
    """Sets the clean text of messages. Capitals go: people shout, dictate and type in a hurry."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"max_characters": 4000}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._max_characters = int(config["max_characters"])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TextNormalizer":
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text is not None:
                message.set(CLEAN_TEXT, normalize(str(text), self._max_characters))
        return messages
