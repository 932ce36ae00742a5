"""Which of the numbered choices a message means: "2", "the second one", "第二个", or its title.

Only a whole message is a choice: "2 months" and "one of my children" are somebody's answer.
"""

import re
from typing import Dict, Optional, Sequence

from consultations.fields.text import fold

# As many as any reply has; more would be no list to choose from.
_NUMBERS = (
    "one|uno|una|一", "two|dos|二", "three|tres|三", "four|cuatro|四", "five|cinco|五",
    "six|seis|六", "seven|siete|七", "eight|ocho|八", "nine|nueve|九", "ten|diez|十",
    "eleven|once|十一", "twelve|doce|十二",
)  # fmt: skip
_PLACES = (
    "first|1st|primer[oa]?|1[oaº]", "second|2nd|segund[oa]|2[oaº]",
    "third|3rd|tercer[oa]?|3[oaº]", "fourth|4th|cuart[oa]|4[oaº]", "fifth|5th|quint[oa]|5[oaº]",
    "sixth|6th|sext[oa]|6[oaº]", "seventh|7th|septim[oa]|7[oaº]", "eighth|8th|octav[oa]|8[oaº]",
    "ninth|9th|noven[oa]|9[oaº]", "tenth|10th|decim[oa]|10[oaº]",
    "eleventh|11th|undecim[oa]|11[oaº]", "twelfth|12th|duodecim[oa]|12[oaº]",
)  # fmt: skip
_LAST = "last|ultim[oa]|最后(?:一)?"

_DIGITS = r"[1-9]\d?"
_NUMBER = rf"(?P<number>{_DIGITS}|{'|'.join(_NUMBERS)})"
_PLACE = rf"(?P<place>{'|'.join(_PLACES)}|{_LAST})"
_POLITE_BEFORE = r"(?:(?:please|por favor|ok|okay|yes|si|请)[ ,]*)?"
_POLITE_AFTER = r"(?:[ ,]*(?:please|thanks|thank you|por favor|gracias|吧|谢谢))?"
_WANT = (
    r"(?:(?:i(?:'d| would) like|i(?:'ll| will)? (?:take|choose|pick|want)|choose|pick|take|select"
    r"|my (?:choice|answer) is|(?:yo )?(?:quiero|elijo|escojo|prefiero)|我?(?:要|选择|选))[ :]*)?"
)
_FORMS = tuple(
    re.compile(f"{_POLITE_BEFORE}{_WANT}{form}{_POLITE_AFTER}")
    for form in (
        # "2", "number 2", "option two", "la opción 2", "选项2", "2号"
        rf"(?:the )?(?:el |la )?(?:(?:number|option|choice|answer|numero|opcion|respuesta|选项) ?)?"
        rf"{_NUMBER}(?:号|项)?",
        # Not "no one": the short forms go with digits.
        rf"(?:el|la|no\.?|nr\.?|num\.?|n\.?[oº]\.?|nº|#) ?(?P<number>{_DIGITS})",
        # "the second one", "la segunda opción", "2nd"
        rf"(?:the |el |la )?{_PLACE}(?: (?:one|option|choice|answer|opcion|respuesta|numero))?",
        # "第二个"
        rf"第{_NUMBER}(?:个|项|条|种)?",
        r"(?P<place>最后一?)(?:个|项|条|种)",
    )
)
_AROUND = " \t.。,，;:、!！?？¡¿()（）[]【】\"'“”*_\ufe0f\u20e3"
_NUMBERED_TITLE = re.compile(rf"({_DIGITS}) ?[.)、:：-]? ?(.+)")


def chosen(text: str, titles: Sequence[str]) -> Optional[int]:
    """Return the index of the choice that a message means; None when it says something else.

    Args:
        text: the whole message.
        titles: those of the choices, in the order in which they were numbered from 1.
    """
    # The square of a keycap ("2️⃣") is an accent to Unicode.
    message = fold(text).strip(_AROUND)
    folded = [fold(title).strip(_AROUND) for title in titles]
    if not message or not folded:
        return None
    if message in folded:
        return folded.index(message)
    copied = _NUMBERED_TITLE.fullmatch(message)
    if copied and _is_at(folded, int(copied[1]) - 1, copied[2].strip(_AROUND)):
        return int(copied[1]) - 1
    for form in _FORMS:
        match = form.fullmatch(message)
        if match:
            index = _index(match.groupdict(), len(folded))
            return index if 0 <= index < len(folded) else None
    return None


def _is_at(titles: Sequence[str], index: int, title: str) -> bool:
    return index < len(titles) and titles[index] == title


def _index(found: Dict[str, Optional[str]], count: int) -> int:
    number, place = found.get("number"), found.get("place")
    if number:
        return int(number) - 1 if number.isdecimal() else _of(_NUMBERS, number)
    assert place is not None
    return count - 1 if re.fullmatch(_LAST, place) else _of(_PLACES, place)


def _of(words: Sequence[str], word: str) -> int:
    return next(index for index, same in enumerate(words) if re.fullmatch(same, word))
