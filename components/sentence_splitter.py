"""Sets the sentences of a message, or the clauses of its only one."""

from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from components.clean_text import clean_text
from components.made_from_config import MadeFromConfig
from components.parts import parts_of
from understanding.clauses import joined_clauses
from understanding.sentences import sentence_reader


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SentenceSplitter(MadeFromConfig):
    """Sets the sentences of messages that have more than one, the clauses of those that have one.

    Where a sentence rules something out ("not how it works, how it is given"), the rest of it is
    set as the sentence, also when it is the only one. Examples have one meaning as a whole, so that
    it has no part in training: registered as a classifier, it retrains nothing when it changes.
    """

    def __init__(self, config: Dict[str, Any]) -> None:
        self._reader = sentence_reader()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = clean_text(message)
            sentences = self._reader.asked(text)
            if len(sentences) > 1 or (sentences and sentences != self._reader.split(text)):
                parts_of(message).sentences = sentences
            elif sentences:
                parts_of(message).clauses = joined_clauses(text)
        return messages
