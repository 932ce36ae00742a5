"""A linear intent classifier on the sentence vector and on word and character n-grams."""

import json
from typing import Any, Dict, List, Optional, Tuple

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from components.clean_text import clean_text
from components.parts import parts_of
from components.sentence_encoder import SentenceEncoder
from understanding.machines import fit_machines

RANKING_LENGTH = 10
_WORD = r"(?u)\b\w+\b"  # words of one letter count, too


def _word_vectorizer(**settings: Any) -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=_WORD, **settings)


def _character_vectorizer(**settings: Any) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True, **settings)


class NGrams:
    """Tf-idf of word and of character n-grams, each of length 1, side by side."""

    def __init__(self, vectorizers: Tuple[TfidfVectorizer, TfidfVectorizer]) -> None:
        self._vectorizers = vectorizers

    @classmethod
    def fit(cls, texts: List[str]) -> Tuple["NGrams", sparse.csr_matrix]:
        """Learn the n-grams of `texts` that stand in at least two (words) or three of them.

        Returns the n-grams, and what `transform` would return for `texts`.
        """
        vectorizers = _word_vectorizer(min_df=2), _character_vectorizer(min_df=3)
        matrices = [vectorizer.fit_transform(texts) for vectorizer in vectorizers]
        return cls(vectorizers), sparse.hstack(matrices).tocsr()

    def transform(self, texts: List[str]) -> sparse.csr_matrix:
        """Return a sparse matrix of shape (texts, n-grams)."""
        return sparse.hstack([v.transform(texts) for v in self._vectorizers]).tocsr()

    def as_json(self) -> List[Dict[str, List[Any]]]:
        """Return what `from_json` needs."""
        return [
            {
                "ngrams": sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.get),
                "idf": [round(float(value), 5) for value in vectorizer.idf_],
            }
            for vectorizer in self._vectorizers
        ]

    @classmethod
    def from_json(cls, content: List[Dict[str, List[Any]]]) -> "NGrams":
        """Build the n-grams again from what `as_json` returned."""
        words = _word_vectorizer(vocabulary=content[0]["ngrams"])
        characters = _character_vectorizer(vocabulary=content[1]["ngrams"])
        for vectorizer, part in zip((words, characters), content, strict=True):
            vectorizer.idf_ = np.array(part["idf"])
        return cls((words, characters))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """One linear support vector machine per intent against all others.

    The confidence of an intent is the softmax of the machines' scores times `temperature`, which
    is chosen so that confidences match how often they are right (see evaluation/calibration.py).
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [SentenceEncoder]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"C": 0.3, "temperature": 5.0, "context_weight": 0.5}

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        intents: Optional[List[str]] = None,
        ngrams: Optional[NGrams] = None,
        weights: Optional[NDArray[Any]] = None,
        biases: Optional[NDArray[Any]] = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._intents = intents or []
        self._ngrams = ngrams
        # One column an intent; the first rows weigh the sentence vector, the others the n-grams.
        self._weights = weights
        self._biases = biases

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the classifier to all examples that have a text and an intent."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts = [clean_text(m) for m in examples]
        self._ngrams, ngrams = NGrams.fit(texts)
        intents = [m.get(INTENT) for m in examples]
        fitted = fit_machines(self._dense(examples), ngrams, intents, self._config["C"])
        self._intents, self._weights, self._biases = fitted
        self._persist()
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent and intent ranking, confidences from 0 to 1, of messages and sentences."""
        for message in messages:
            if self._weights is None:
                continue
            parts = parts_of(message)
            dense = self._dense([message])
            if parts.vectors is not None and len(parts.vectors):
                dense = np.vstack([dense, parts.vectors])
            scores = self.scores(dense, [clean_text(message), *parts.texts])
            if parts.in_context:
                scores, context = scores[:-1], scores[-1]
                scores[0] += self._config["context_weight"] * context
            ranking, *of_parts = map(self._ranking, self.confidences(scores))
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            if parts.sentences:
                parts.sentence_rankings = of_parts
            else:
                parts.clause_rankings = of_parts
        return messages

    def _ranking(self, confidences: NDArray[Any]) -> List[Dict[str, Any]]:
        best = np.argsort(-confidences)[:RANKING_LENGTH]
        return [{"name": self._intents[i], "confidence": float(confidences[i])} for i in best]

    def scores(self, dense: NDArray[Any], texts: List[str]) -> NDArray[Any]:
        """Return the machines' scores, an array of shape (texts, intents)."""
        assert self._ngrams is not None
        ngrams = self._ngrams.transform(texts)
        features = sparse.hstack([sparse.csr_matrix(dense), ngrams]).tocsr().astype(np.float32)
        return np.asarray(features @ self._weights + self._biases)

    def confidences(self, scores: NDArray[Any]) -> NDArray[Any]:
        """Return confidences of the same shape as `scores`, each row adding up to 1."""
        scaled = scores * self._config["temperature"]
        powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    @staticmethod
    def _dense(messages: List[Message]) -> NDArray[Any]:
        rows = []
        for message in messages:
            _, sentence = message.get_dense_features(TEXT, [])
            rows.append(sentence.features[0])
        return np.stack(rows)

    def _persist(self) -> None:
        assert self._ngrams is not None
        assert self._weights is not None and self._biases is not None
        with self._model_storage.write_to(self._resource) as folder:
            np.savez_compressed(
                folder / "weights.npz",
                weights=self._weights.astype(np.float16),
                biases=self._biases,
            )
            content = {"intents": self._intents, "ngrams": self._ngrams.as_json()}
            (folder / "vocabulary.json").write_text(
                json.dumps(content, ensure_ascii=False), encoding="utf-8"
            )

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LinearIntentClassifier":
        with model_storage.read_from(resource) as folder:
            content = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
            arrays = np.load(folder / "weights.npz", allow_pickle=False)
            return cls(
                config,
                model_storage,
                resource,
                content["intents"],
                NGrams.from_json(content["ngrams"]),
                arrays["weights"].astype(np.float32),
                arrays["biases"],
            )
