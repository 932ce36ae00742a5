"""Sets what a message asks: in a long story, or two questions at once."""

from dataclasses import asdict, fields
from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from components.clean_text import clean_text
from components.linear_intent_classifier import LinearIntentClassifier
from components.made_from_config import MadeFromConfig
from components.parts import parts_of
from components.sentence_splitter import SentenceSplitter
from understanding.questions import (
    Thresholds,
    find_questions,
    joined_questions,
    last_question,
    read,
    with_advice_sought,
)
from understanding.sentences import asks

QUESTIONS = "questions"
SHORTENED = "shortened"
ASKS = "asks"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionFinder(MadeFromConfig, IntentClassifier):
    """Sets what a message asks: of several sentences, the question in them.

    Two or three questions are listed in the output as `questions`; the first is the intent.
    Whether the message has the form of a question is in the output as `asks`.
    Of a message longer than `long` characters only the last question counts, and the output says so
    as `shortened`.
    The thresholds and the data they were chosen on are in evaluation/calibration.md.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [SentenceSplitter, LinearIntentClassifier]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {**asdict(Thresholds()), "long": 1000}

    def __init__(self, config: Dict[str, Any]) -> None:
        names = [field.name for field in fields(Thresholds)]
        self._thresholds = Thresholds(**{name: float(config[name]) for name in names})
        self._long = int(config["long"])

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY)
            if not ranking:
                continue
            parts = parts_of(message)
            whole = read(ranking, self._thresholds)
            sentences = [
                read(of_sentence, self._thresholds, asks(sentence))
                for sentence, of_sentence in zip(
                    parts.sentences, parts.sentence_rankings, strict=True
                )
            ]
            text = clean_text(message)
            message.set(ASKS, any(map(asks, parts.sentences or [text])), add_to_output=True)
            is_long = len(text) > self._long
            last = last_question(sentences, self._thresholds.part) if is_long else None
            if last:
                found = [last]
                message.set(SHORTENED, True, add_to_output=True)
            else:
                # Where all but one sentence was ruled out ("not how, but when"), that one counts.
                whole = sentences[0] if len(sentences) == 1 else whole
                found = joined_questions(
                    ranking, parts.clause_rankings, self._thresholds
                ) or find_questions(whole, sentences, self._thresholds)
            found = with_advice_sought(found, ranking, self._thresholds)
            first = {"name": found[0].intent, "confidence": found[0].confidence}
            others = [entry for entry in ranking if entry["name"] != first["name"]]
            message.set(INTENT, first, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [first, *others], add_to_output=True)
            if len(found) > 1:
                names = [{"name": r.intent, "confidence": r.confidence} for r in found]
                message.set(QUESTIONS, names, add_to_output=True)
        return messages
