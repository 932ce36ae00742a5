"""Finds out the language of a message, so that it is corrected and answered accordingly."""

from typing import Any, Dict, FrozenSet, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.clean_text import clean_text
from understanding.language import detect_language, spanish_words

LANGUAGE = "language"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageDetector(GraphComponent):
    """Sets the language of messages, and an entity `language` that fills the slot of that name.

    A single word ("precio") has none of a language's commonest words; training learns which words
    the Spanish examples use. Where nothing speaks for a language, the conversation's stays.
    """

    def __init__(
        self,
        model_storage: ModelStorage,
        resource: Resource,
        spanish: FrozenSet[str] = frozenset(),
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._spanish = spanish

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageDetector":
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn Spanish words from the examples."""
        self._spanish = spanish_words(clean_text(m) for m in training_data.training_examples)
        with self._model_storage.write_to(self._resource) as folder:
            words = "\n".join(sorted(self._spanish))
            (folder / "spanish.txt").write_text(words, encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LanguageDetector":
        with model_storage.read_from(resource) as folder:
            words = (folder / "spanish.txt").read_text(encoding="utf-8").split()
        return cls(model_storage, resource, frozenset(words))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the language only: an entity in every example would be learnt as part of it."""
        for message in training_data.training_examples:
            message.set(LANGUAGE, detect_language(clean_text(message), self._spanish))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            language = detect_language(clean_text(message), self._spanish)
            # What the visitor chose on the website counts where their words don't tell.
            language = language or (message.get(METADATA) or {}).get(LANGUAGE)
            message.set(LANGUAGE, language)
            if language is not None:
                entity = {
                    "entity": LANGUAGE,
                    "value": language,
                    "start": 0,
                    "end": len(message.get(TEXT) or ""),
                    "extractor": type(self).__name__,
                }
                message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
        return messages
