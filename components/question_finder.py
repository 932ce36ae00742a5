"""Finds what a message asks: in a long story, or two questions at once."""

from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Sequence

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from components.clean_text import clean_text
from components.linear_intent_classifier import SENTENCE_RANKINGS, LinearIntentClassifier
from components.sentence_splitter import SENTENCES, asks

QUESTIONS = "questions"
SHORTENED = "shortened"

# Said beside a question, these are politeness or mood, and not what the message is about.
SMALL_TALK = {
    "greet", "goodbye", "thank", "acknowledge", "affirm", "deny", "compliment", "insult",
    "express_feeling", "nonsense", "ask_joke", "ask_more", "tell_background", "ask_source",
    "ask_about_bot", "ask_capabilities",
}  # fmt: skip
# What these mean depends on the whole story, not on its last sentence.
NEEDS_THE_STORY = ("seek_advice_", "report_side_effect")
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Reading:
    """What one sentence, or the whole message, most probably means."""

    intent: str
    confidence: float
    asks: bool = True


def find_questions(
    whole: Reading, sentences: Sequence[Reading], part: float, statement: float, story: float
) -> List[Reading]:
    """Return what a message asks, in its own order; always at least one reading.

    Args:
        whole: the message read as a whole.
        sentences: its sentences, one by one; none when it has only one.
        part: confidence from which a sentence that asks counts as a question of its own.
        statement: confidence from which one that doesn't ask in form does ("the price, please").
        story: confidence from which advice that the whole asks for, or a side effect that it
            reports, is believed against its sentences.
    """
    asked = [
        s
        for s in sentences
        if s.intent not in SMALL_TALK and s.confidence >= (part if s.asks else statement)
    ]
    distinct = list({reading.intent: reading for reading in asked}.values())
    if not distinct:
        return [whole]
    if whole.intent.startswith(NEEDS_THE_STORY) and whole.confidence >= story:
        return [whole]
    if len(distinct) == 1:
        only = distinct[0]
        return [only if only.confidence >= whole.confidence or len(sentences) > 2 else whole]
    return distinct[-MOST_QUESTIONS:]


def last_question(sentences: Sequence[Reading], part: float) -> Optional[Reading]:
    """Return the last sentence that asks something, with at least the confidence `part`."""
    asked = [s for s in sentences if s.asks and s.intent not in SMALL_TALK and s.confidence >= part]
    return asked[-1] if asked else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class QuestionFinder(GraphComponent, IntentClassifier):
    """Replaces the intent of a message of several sentences by that of the question in it.

    Two or three questions are listed in the output as `questions`; the first is the intent.
    Of a message longer than `long` characters only the last question counts, and the output says so
    as `shortened`.
    The thresholds and the data they were chosen on are in evaluation/calibration.md.
    """

    @classmethod
    def required_components(cls) -> List[type]:
        return [LinearIntentClassifier]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"part": 0.4, "statement": 0.8, "story": 0.5, "long": 1000}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._part = float(config["part"])
        self._statement = float(config["statement"])
        self._story = float(config["story"])
        self._long = int(config["long"])

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "QuestionFinder":
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY)
            rankings = message.get(SENTENCE_RANKINGS)
            if not ranking or not rankings:
                continue
            whole = Reading(ranking[0]["name"], ranking[0]["confidence"])
            sentences = [
                Reading(best["name"], best["confidence"], asks(sentence))
                for sentence, (best, *_) in zip(message.get(SENTENCES), rankings, strict=True)
            ]
            is_long = len(clean_text(message)) > self._long
            last = last_question(sentences, self._part) if is_long else None
            if last:
                found = [last]
                message.set(SHORTENED, True, add_to_output=True)
            else:
                found = find_questions(whole, sentences, self._part, self._statement, self._story)
            first = {"name": found[0].intent, "confidence": found[0].confidence}
            others = [entry for entry in ranking if entry["name"] != first["name"]]
            message.set(INTENT, first, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [first, *others], add_to_output=True)
            if len(found) > 1:
                names = [{"name": r.intent, "confidence": r.confidence} for r in found]
                message.set(QUESTIONS, names, add_to_output=True)
        return messages
