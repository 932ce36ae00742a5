"""Reads a short follow-up together with the topic that was just talked about."""

import re
from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

import settings
from components.clean_text import clean_text
from components.made_from_config import MadeFromConfig
from components.parts import parts_of
from knowledge.catalogue import load_catalogue

# Chinese has no blanks between words; a character is about half a word.
_WORD = re.compile(r"[\u4e00-\u9fff]{1,2}|[^\W_]+")


# After these kinds of reply the kind matters more than the topic: whoever asked for a decision
# presses for it, and whoever is in an emergency is still in it.
_KINDS = {
    "advice": "a decision on one person",
    "emergency": "an emergency",
    "adverse_event": "a side effect that happened",
}


def latest_outcome(tracker: DialogueStateTracker) -> Dict[str, Any]:
    """Return the outcome of the bot's latest turn; empty at the start."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            outcome = event.data.get("custom")
            return outcome if isinstance(outcome, dict) else {}
    return {}


def in_context(label: str, text: str) -> str:
    """Return a follow-up as the examples in data/nlu/en/follow_ups.yml write it."""
    return f"{label.lower()}: {text}"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FollowUp(MadeFromConfig):
    """Sets a second reading of short messages: after what the bot just replied to.

    "and for adults?" means one thing after the trials and another one after the approval. The
    classifier weighs both readings, the message alone and the message in context. It has no part in
    training, and is registered as a classifier therefore.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"most_words": 8}

    def __init__(self, config: Dict[str, Any]) -> None:
        self._most_words = int(config["most_words"])
        self._topics = load_catalogue(settings.DOCUMENTS).topics

    def process(
        self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None
    ) -> List[Message]:
        # A form's entries follow up on its questions, not on a topic.
        follows = tracker is not None and tracker.active_loop_name is None
        label = self._label(latest_outcome(tracker)) if tracker and follows else None
        if label is not None:
            for message in messages:
                text = clean_text(message)
                if 0 < len(_WORD.findall(text)) <= self._most_words:
                    parts_of(message).in_context = in_context(label, text)
        return messages

    def _label(self, outcome: Dict[str, Any]) -> Optional[str]:
        topic = self._topics.get(outcome.get("topic") or "")
        return _KINDS.get(outcome.get("kind") or "", topic.label if topic else None)
