"""Patterns that speak for an emergency by themselves, whatever the classifier thinks."""

from typing import Dict, List, Optional

import spacy
from spacy.matcher import Matcher

# What each intent's patterns mean is in its name. Tokens are lower case: the text is normalised.
PATTERNS: Dict[str, List[List[Dict[str, object]]]] = {
    "emergency_self_harm": [
        [
            {"LOWER": {"IN": ["kill", "killing", "hurt", "hurting", "hang", "harm", "harming"]}},
            {"LOWER": {"IN": ["myself", "themself", "themselves"]}},
        ],
        [
            {"LOWER": {"IN": ["end", "ending", "take", "taking"]}},
            {"LOWER": "my"},
            {"LOWER": {"IN": ["life", "own"]}},
        ],
        [
            {"LOWER": {"IN": ["want", "wanna", "wants", "wish"]}},
            {"LOWER": {"IN": ["to", "i"]}},
            {"LOWER": {"IN": ["die", "was", "were"]}},
            {"LOWER": "dead", "OP": "?"},
        ],
        [{"LOWER": {"IN": ["suicidal"]}}],
        [{"LOWER": {"IN": ["commit", "committing"]}}, {"LOWER": "suicide"}],
    ],
    "emergency_breathing": [
        [
            {"LOWER": {"IN": ["he", "she", "i", "baby", "child", "son", "daughter"]}},
            {"LOWER": {"IN": ["ca", "can", "cant", "cannot"]}},
            {"LOWER": {"IN": ["n't", "not"]}, "OP": "?"},
            {"LOWER": "breathe"},
        ],
        [
            {"LOWER": {"IN": ["is", "s", "'s"]}, "OP": "?"},
            {"LOWER": "not"},
            {"LOWER": "breathing"},
            {"LOWER": {"NOT_IN": ["well", "exercise", "exercises", "test"]}, "OP": "?"},
        ],
        [
            {"LOWER": {"IN": ["turned", "turning", "going", "gone", "went"]}},
            {"LOWER": {"IN": ["blue", "grey", "gray", "purple"]}},
        ],
    ],
}


class EmergencyRules:
    """Matches the patterns with spaCy's matcher and its blank English tokenizer."""

    def __init__(self) -> None:
        self._tokenizer = spacy.blank("en")
        self._matcher = Matcher(self._tokenizer.vocab)
        for intent, patterns in PATTERNS.items():
            self._matcher.add(intent, patterns)

    def find(self, text: str) -> Optional[str]:
        """Return the intent of the first emergency that a pattern finds in `text`, or None."""
        document = self._tokenizer.make_doc(text)
        for match, _, _ in self._matcher(document):
            return str(self._tokenizer.vocab.strings[match])
        return None
