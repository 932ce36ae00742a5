"""The classifier: same data, same model; confidences that add up; a model file without pickles."""

from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.linear_intent_classifier import LinearIntentClassifier, NGrams
from components.sentence_encoder import SentenceEncoder

EXAMPLES = {
    "ask_cost": ["what does it cost", "how expensive is it", "price of the shot", "is it cheap"],
    "ask_mri": ["is an mri needed", "mri scan before", "do you scan the spine", "mri machine"],
    "greet": ["hello", "hi there", "good morning", "hey you"],
}


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    cache = str(tmp_path_factory.mktemp("vectors"))
    return SentenceEncoder({**SentenceEncoder.get_default_config(), "cache": cache}, "encoder")


def data(encoder: SentenceEncoder) -> TrainingData:
    messages = [
        Message.build(text, intent=intent) for intent, texts in EXAMPLES.items() for text in texts
    ]
    return encoder.process_training_data(TrainingData(messages))


def train(folder: Path, encoder: SentenceEncoder) -> tuple:
    folder.mkdir()
    storage, resource = LocalModelStorage(folder), Resource("classifier")
    config = LinearIntentClassifier.get_default_config()
    context = ExecutionContext(GraphSchema({}))
    component = LinearIntentClassifier.create(config, storage, resource, context)
    component.train(data(encoder))
    return LinearIntentClassifier.load(config, storage, resource, context), folder


def classify(classifier: LinearIntentClassifier, encoder: SentenceEncoder, text: str) -> Message:
    return classifier.process(encoder.process([Message.build(text)]))[0]


def test_it_learns_ranks_and_survives_storage(tmp_path: Path, encoder: SentenceEncoder) -> None:
    classifier, folder = train(tmp_path / "a", encoder)
    message = classify(classifier, encoder, "how much is the price")
    assert message.get("intent")["name"] == "ask_cost"
    ranking = message.get("intent_ranking")
    assert [entry["confidence"] for entry in ranking] == sorted(
        (entry["confidence"] for entry in ranking), reverse=True
    )
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1)
    stored = {path.name for path in folder.rglob("*") if path.is_file()}
    assert stored == {"weights.npz", "vocabulary.json"}


def test_the_same_data_gives_the_same_model(tmp_path: Path, encoder: SentenceEncoder) -> None:
    _, folder_one = train(tmp_path / "one", encoder)
    _, folder_two = train(tmp_path / "two", encoder)
    for name in ("weights", "biases"):
        a, b = (
            np.load(next(folder.rglob("weights.npz")))[name] for folder in (folder_one, folder_two)
        )
        assert np.array_equal(a, b)


@pytest.mark.parametrize("text", ["", "😀", "\x00", "脊髓", "a" * 5000])
def test_odd_texts_get_finite_confidences(
    tmp_path: Path, encoder: SentenceEncoder, text: str
) -> None:
    classifier, _ = train(tmp_path / "model", encoder)
    for entry in classify(classifier, encoder, text).get("intent_ranking"):
        assert 0 <= entry["confidence"] <= 1


def test_n_grams_come_back_as_they_were() -> None:
    texts = [text for texts in EXAMPLES.values() for text in texts] * 3
    ngrams, matrix = NGrams.fit(texts)
    assert abs(matrix - ngrams.transform(texts)).max() < 1e-9
    again = NGrams.from_json(ngrams.as_json())
    difference = ngrams.transform(["what is the mri price"]) - again.transform(
        ["what is the mri price"]
    )
    assert abs(difference).max() < 1e-4


def test_an_untrained_classifier_leaves_messages_alone(tmp_path: Path) -> None:
    component = LinearIntentClassifier(
        LinearIntentClassifier.get_default_config(), LocalModelStorage(tmp_path), Resource("x")
    )
    assert component.process([Message.build("hello")])[0].get("intent") is None
