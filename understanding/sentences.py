"""Splits a message into its sentences, and sentences into the questions they join."""

import re
from functools import lru_cache
from typing import Iterable, Iterator, List

import spacy

from understanding.clauses import wanted_part

# A question or a wish begins with one of these; after "and" or a comma they begin another one.
_START = (
    r"(?:(?:after|in|on|for|at|with|from|to|since|by) )?"
    r"(?:how|what|whats|what's|when|where|who|whose|why|which|is|are|was|were|do|does|did|can|could"
    r"|will|would|should|must|may|has|have|any|i want|i need|i'd like|i'd rather|i would like"
    r"|tell me|give me|explain|describe|please|call me|you can reach"
    r"|cuánto|cuanto|cómo|como|qué|que|cuál|cual|cuándo|cuando|dónde|donde|quién|quien|por qué"
    r"|se puede|puede|pueden|hay|es|tiene|tienen|quiero|quisiera)"
)
_JOINT = re.compile(
    r"\s*[,;&]?\s+"
    r"(?:and also|and then|and|also|plus|but|besides|oh and|&|y también|y|además|pero)"
    r"\s+(?=" + _START + r"\b)|\s*[,;]\s+(?=" + _START + r"\b)"
    r"|(?<=[\u4e00-\u9fff])[,;、]\s*(?=[\u4e00-\u9fff])"
)
_ASKS = re.compile(
    r"\?\s*$|^\W*(?:and |so |but |ok |okay |um |uh |hi |hello |also |y |pero |then )*"
    + _START
    + r"\b"
    r"|\b(?:want|like|need|wanted|love|lack) to (?:know|ask|understand|hear|see)\b"
    r"|\bwonder|\btell me\b|\bquestion\b|\bcurious\b|quiero saber|quisiera saber|me gustaría saber"
    r"|吗|呢|多少|怎么|什么|请问|想问|想知道|几|哪|能不能|会不会|是不是|可以|有没有|谁"
)
_FEWEST_LETTERS = 4
# Chinese has no blanks, without which the tokenizer doesn't see where a sentence ends.
_CHINESE_END = re.compile(r"(?<=[.?!。？！])(?=[\u4e00-\u9fff])")


class SentenceReader:
    """spaCy's rule-based sentence splitter: no trained model is needed."""

    def __init__(self) -> None:
        self._language = spacy.blank("en")
        self._language.add_pipe("sentencizer", config={"punct_chars": list(".?!。？！\n")})

    def split(self, text: str) -> List[str]:
        """Return the sentences of `text`; a sentence that joins two questions gives two."""
        return self._cut(self._sentences(text))

    def asked(self, text: str) -> List[str]:
        """Return the sentences of `text` as `split` does, without what is ruled out in them."""
        return self._cut(map(wanted_part, self._sentences(text)))

    def _sentences(self, text: str) -> Iterator[str]:
        return (found.text for found in self._language(_CHINESE_END.sub(" ", text)).sents)

    @staticmethod
    def _cut(sentences: Iterable[str]) -> List[str]:
        parts = [part for sentence in sentences for part in _questions_in(sentence)]
        return [part for part in (part.strip(" ,;") for part in parts) if _has_words(part)]


def _questions_in(sentence: str) -> List[str]:
    """Cut a sentence where one question follows another; "since he fell, how is he" stays whole."""
    clauses: List[str] = []
    start = 0
    for joint in _JOINT.finditer(sentence):
        if asks(sentence[start : joint.start()]) and asks(sentence[joint.end() :]):
            clauses.append(sentence[start : joint.start()])
            start = joint.end()
    return [*clauses, sentence[start:]]


def _has_words(text: str) -> bool:
    letters = sum(letter.isalnum() for letter in text)
    return letters >= _FEWEST_LETTERS or bool(re.search(r"[\u4e00-\u9fff]{2}", text))


def asks(sentence: str) -> bool:
    """Say whether a sentence (lower case) asks something, with or without a question mark."""
    return bool(_ASKS.search(sentence))


@lru_cache(maxsize=1)
def sentence_reader() -> SentenceReader:
    """Return the one reader of this process."""
    return SentenceReader()
