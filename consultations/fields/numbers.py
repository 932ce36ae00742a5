"""Numbers in words, in English, Spanish and Chinese, turned into digits."""

import re
from typing import Dict


def _numbered(words: str, first: int = 0, step: int = 1) -> Dict[str, int]:
    return {word: first + step * i for i, word in enumerate(words.split())}


_WORDS = {
    **_numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen"
    ),
    **_numbered(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
        " dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres"
        " veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
    ),
}
_TENS = {
    **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    **_numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10),
}
_UNITS = "|".join(word for word, number in _WORDS.items() if 0 < number < 10)
_WORD = re.compile(rf"\b(?:({'|'.join(_TENS)})(?:(?:-| | y )({_UNITS}))?|({'|'.join(_WORDS)}))\b")

_CHINESE = {character: i for i, character in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2}
_CHINESE_NUMBER = re.compile(r"([一二两兩三四五六七八九])?(十)?([零一二两兩三四五六七八九])?")


def _word_value(match: "re.Match[str]") -> str:
    tens, unit, word = match.groups()
    return str(_TENS[tens] + _WORDS.get(unit, 0) if tens else _WORDS[word])


def _chinese_value(match: "re.Match[str]") -> str:
    first, ten, last = match.groups()
    if not ten:
        return str(_CHINESE[first or last]) if first is None or last is None else match.group()
    return str((_CHINESE[first] if first else 1) * 10 + (_CHINESE[last] if last else 0))


def replace_number_words(text: str) -> str:
    """Return folded `text` with numbers below 100 in words as digits ("thirty-five" -> "35")."""
    text = _WORD.sub(_word_value, text)
    return _CHINESE_NUMBER.sub(lambda match: _chinese_value(match) if match[0] else "", text)
