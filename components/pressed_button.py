"""Gives a pressed button the intent it stands for, whatever its words were taken for."""

from typing import List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from components.made_from_config import MadeFromConfig
from components.question_finder import ASKS, QUESTIONS, QuestionFinder
from knowledge.payload import ASK, PRESSED


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PressedButton(MadeFromConfig, IntentClassifier):
    """Has the last word on messages that are no words: it stands at the end of the pipeline."""

    @classmethod
    def required_components(cls) -> List[type]:
        return [QuestionFinder]

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            name = (message.get("metadata") or {}).get(PRESSED)
            if not name:
                continue
            meant = {"name": name, "confidence": 1.0}
            ranking = message.get(INTENT_RANKING_KEY) or []
            others = [entry for entry in ranking if entry["name"] != name]
            message.set(INTENT, meant, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [meant, *others], add_to_output=True)
            message.set(QUESTIONS, [], add_to_output=True)
            message.set(ASKS, name.startswith(ASK), add_to_output=True)
        return messages
