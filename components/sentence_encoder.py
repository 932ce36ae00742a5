"""Gives messages their sentence vectors."""

from typing import Any, Dict, List

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import settings
from components.clean_text import clean_text
from components.parts import parts_of
from understanding.encoder import VERSION, encode, warm_up
from understanding.vector_cache import VectorCache, encode_on_all_cores


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds one 512-dimensional vector of length 1 a message, as a dense sentence feature.

    What vectors are is said in understanding/encoder.py.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        # Beside Rasa's own cache of trainings.
        return {"alias": "sentence_encoder", "cache": ".rasa/vectors"}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Rasa asks every dense featurizer for this; there is nothing to check."""

    def __init__(self, config: Dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._alias = str(config["alias"])
        self._cache = settings.ROOT / config["cache"]
        warm_up()

    @staticmethod
    def fingerprint_addon(config: Dict[str, Any]) -> str:
        """Return what the vectors depend on beside this file."""
        return VERSION

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceEncoder":
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the vectors of examples: those of an earlier training are still known."""
        examples = [m for m in training_data.training_examples if m.get(TEXT)]
        cache = VectorCache(self._cache, encode_on_all_cores)
        vectors = cache.vectors([clean_text(m) for m in examples])
        for message, vector in zip(examples, vectors, strict=True):
            self._add(message, vector[np.newaxis])
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        texts = [[clean_text(message), *parts_of(message).texts] for message in messages]
        vectors = encode([text for of_message in texts for text in of_message])
        for message, of_message in zip(messages, texts, strict=True):
            own, vectors = vectors[: len(of_message)], vectors[len(of_message) :]
            self._add(message, own[:1])
            parts_of(message).vectors = own[1:]
        return messages

    def _add(self, message: Message, vector: NDArray[Any]) -> None:
        message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, self._alias))
