"""Finds emergencies, above everything else the pipeline understood."""

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from components.clean_text import clean_text
from components.emergency_rules import EmergencyRules
from components.linear_intent_classifier import LinearIntentClassifier

EMERGENCY = "emergency_"
SELF_HARM = "emergency_self_harm"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class EmergencyDetector(GraphComponent, IntentClassifier):
    """Makes the intent an emergency when a rule finds one, or the emergencies' shares add up.

    The kinds of emergency share the probability among them ("he fell and is blue" is both breathing
    and collapse), so what counts is their sum. `threshold` and the data it was chosen on are in
    evaluation/calibration.md.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [LinearIntentClassifier]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"threshold": 0.3}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._threshold = float(config["threshold"])
        self._rules = EmergencyRules()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "EmergencyDetector":
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            emergency = self._emergency(clean_text(message), ranking)
            if emergency is not None:
                message.set(INTENT, emergency, add_to_output=True)
        return messages

    def _emergency(self, text: str, ranking: List[Dict[str, Any]]) -> Optional[Dict[str, Any]]:
        found = self._rules.find(text)
        if found is not None:
            return {"name": found, "confidence": 1.0}
        candidates = [entry for entry in ranking if entry["name"].startswith(EMERGENCY)]
        share = sum(entry["confidence"] for entry in candidates)
        if share < self._threshold:
            return None
        return {"name": candidates[0]["name"], "confidence": min(1.0, share)}
