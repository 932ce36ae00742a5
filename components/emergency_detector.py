"""Finds emergencies, above everything else the pipeline understood."""

from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from components.clean_text import clean_text
from components.linear_intent_classifier import LinearIntentClassifier
from components.made_from_config import MadeFromConfig
from components.parts import parts_of
from understanding.emergency_rules import emergency_rules
from understanding.ranking import Ranking, best_of

EMERGENCY = "emergency_"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class EmergencyDetector(MadeFromConfig, IntentClassifier):
    """Makes the intent an emergency when a rule finds one, or the emergencies' shares add up.

    The kinds of emergency share the probability among them ("he fell and is blue" is both breathing
    and collapse), so what counts is their sum: in the whole message or, with a higher threshold, in
    one sentence of it. Thresholds and the data they were chosen on: evaluation/calibration.md.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [LinearIntentClassifier]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"threshold": 0.3, "sentence_threshold": 0.6}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._threshold = float(config["threshold"])
        self._sentence_threshold = float(config["sentence_threshold"])
        self._rules = emergency_rules()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            emergency = (
                self._by_rule(clean_text(message))
                or best_of(message.get(INTENT_RANKING_KEY) or [], EMERGENCY, self._threshold)
                or self._in_a_sentence(parts_of(message).sentence_rankings)
            )
            if emergency is not None:
                message.set(INTENT, emergency, add_to_output=True)
        return messages

    def _by_rule(self, text: str) -> Optional[Dict[str, Any]]:
        found = self._rules.find(text)
        return None if found is None else {"name": found, "confidence": 1.0}

    def _in_a_sentence(self, rankings: List[Ranking]) -> Optional[Dict[str, Any]]:
        found = (best_of(ranking, EMERGENCY, self._sentence_threshold) for ranking in rankings)
        return next((emergency for emergency in found if emergency is not None), None)
