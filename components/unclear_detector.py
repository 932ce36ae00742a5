"""Says "not understood" instead of guessing."""

from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from components.clean_text import clean_text
from components.linear_intent_classifier import LinearIntentClassifier
from components.made_from_config import MadeFromConfig

NOT_UNDERSTOOD = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnclearDetector(MadeFromConfig, IntentClassifier):
    """Replaces the intent by `nlu_fallback` when its confidence is below `threshold`.

    The ranking stays, so that the nearest topics can be offered. The threshold and the data it was
    chosen on are in evaluation/calibration.md.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [LinearIntentClassifier]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"threshold": 0.15}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._threshold = float(config["threshold"])

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            if not any(letter.isalnum() for letter in clean_text(message)):
                ranking = []  # nothing but signs: there is no nearest topic
            if not ranking or ranking[0]["confidence"] < self._threshold:
                best = ranking[0]["confidence"] if ranking else 0.0
                fallback = {"name": NOT_UNDERSTOOD, "confidence": 1.0 - best}
                message.set(INTENT, fallback, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [fallback, *ranking], add_to_output=True)
        return messages
