"""Finds the phrases that speak for an emergency by themselves (emergency_phrases.yml)."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional

import spacy
from spacy.language import Language
from spacy.matcher import Matcher

from knowledge.yaml_file import load_yaml
from understanding.sentences import sentence_reader

PHRASES = Path(__file__).parent / "emergency_phrases.yml"
ANYTHING = "*"
UNLESS, ALONE = "unless", "alone"
_SIGNS_AROUND = " .,!。，！"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Self-harm is meant whatever else the sentence says: "if it goes on like this I'll kill myself".
ALWAYS = {"emergency_self_harm"}
_UP_TO_THREE_WORDS: List[Dict[str, Any]] = [{"OP": "?"}] * 3


class EmergencyRules:
    """Matches phrases with spaCy's matcher: words, or signs in Chinese. No trained model."""

    def __init__(self) -> None:
        content = load_yaml(PHRASES)
        self._reader = sentence_reader()
        self._alone = {text: name for name, texts in content[ALONE].items() for text in texts}
        # Chinese is cut into signs, and anything else into words, by tokenizers without a model.
        self._tokenizers = (spacy.blank("en"), spacy.blank("zh"))
        phrases = {**content["phrases"], UNLESS: content[UNLESS]}
        self._matchers = tuple(
            self._build(tokenizer, phrases, chinese)
            for tokenizer, chinese in zip(self._tokenizers, (False, True), strict=True)
        )

    @staticmethod
    def _build(tokenizer: Language, phrases: Dict[str, List[str]], chinese: bool) -> Matcher:
        matcher = Matcher(tokenizer.vocab)
        for name, texts in phrases.items():
            for text in texts:
                # Read sign by sign, "ever" would be found in "fever".
                if bool(_CHINESE.search(text)) is not chinese:
                    continue
                pattern: List[Dict[str, Any]] = []
                for part in text.split(ANYTHING):
                    if pattern:
                        pattern += _UP_TO_THREE_WORDS
                    pattern += [
                        {"LOWER": token.lower_} for token in tokenizer.make_doc(part.strip())
                    ]
                matcher.add(name, [pattern])
        return matcher

    def find(self, text: str) -> Optional[str]:
        """Return the intent of an emergency that a phrase finds in `text` (clean), or None."""
        alone = self._alone.get(text.strip(_SIGNS_AROUND))
        if alone:
            return str(alone)
        for sentence in self._reader.split(text) or [text]:
            found = self._names(sentence)
            for name in sorted(found - {UNLESS}):
                if UNLESS not in found or name in ALWAYS:
                    return name
        return None

    def _names(self, sentence: str) -> set[str]:
        return {
            tokenizer.vocab.strings[match]
            for tokenizer, matcher in zip(self._tokenizers, self._matchers, strict=True)
            for match, _, _ in matcher(tokenizer.make_doc(sentence))
        }


@lru_cache(maxsize=1)
def emergency_rules() -> EmergencyRules:
    """Return the one set of rules of this process."""
    return EmergencyRules()
