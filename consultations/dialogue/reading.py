"""Finds the fields of a request in what a visitor writes, one or several at once, in any order."""

import re
from dataclasses import dataclass, field
from typing import Callable, Dict, List, Optional

import phonenumbers

from consultations import fields
from consultations.dialogue.commands import command_of
from consultations.dialogue.steps import BY_NAME
from consultations.fields import InvalidError
from consultations.fields.text import clean_line, fold

_EMAIL = re.compile(r"\S+@\S+\.\S+")
# "2.5 years" and "Mr. Li" stay whole: a full stop ends a clause only before a blank and a letter.
_CLAUSE = re.compile(r"\s*[,;\n，；。]\s*|(?<=\w{3})[.!]\s+|\s+(?:and|y|but|pero)\s+(?=\w)")
_NAME = re.compile(
    r"(?:\b(?:my|the|her|his|contact) name(?: is|'s)|\bi(?:'m| am) called|\bname:|\bme llamo"
    r"|\bmi nombre es|我叫|我的名字(?:是|叫)|姓名[:：是])\s*(?:actually )?"
    r"(?!wrong|incorrect|not\b|missp)(?P<name>[^\W\d_][^,;:!?，。；\n@]{0,60}?)"
    r"(?=\s*(?:$|[,;:!?，。；\n]|\.\s|\.$|\s(?:and|y|from|but|not)\s))",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(
    r"\bfor (?:me\b|myself|(?:my|our|a|an|his|her) (?:\w+ ){0,2}?\w+)"
    r"|\bpara (?:mi\b|mí|nuestr[oa]|un[a]?)(?: \w+)?"
    r"|\bi(?:'m| am) (?:the|a) patient"
    r"|\bmy (?:son|daughter|child|baby|nephew|niece|husband|wife|brother|sister"
    r"|grandson|granddaughter|mother|father|friend)\b"
    r"|\bmi (?:hij[oa]|sobrin[oa]|espos[oa]|herman[oa]|niet[oa])\b"
    r"|[给为替]我?的?(?:自己|儿子|女儿|孩子|宝宝|侄\w|外甥\w?"
    r"|丈夫|妻子|老公|老婆|哥哥|弟弟|姐姐|妹妹|孙\w)"
    r"|我(?:儿子|女儿|孩子|家孩子|家宝宝)",
    re.IGNORECASE,
)  # fmt: skip
_AGE_UNIT = re.compile(
    r"\d\s*(?:[- ]?(?:years?|yrs?|months?|mths?|weeks?|days?)\b|y/?o\b"
    r"|(?:anos?|meses|mes|semanas?)\b"
    r"|个半?月|月龄|岁|周岁)|\b(?:years?|months?|weeks?) old\b|\bnewborn\b|recien nacid|新生儿"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a|half a) "
    r"(?:and a half )?(?:years?|months?|weeks?)\b|[一二两三四五六七八九十]+(?:个月|岁)"
)
_AGE_SENTENCE = re.compile(
    r"(?:and |but )?(?:he|she|they|i|it|who|the (?:child|patient|baby)|my \w+|our \w+)"
    r"(?:'s| is| are|'m| am) (?:only |now |just |almost |nearly |about |aged? )*"
    r"(?:\d{1,3}|[a-z]+teen|[a-z]+ty|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|aged? \d{1,3}|(?:tiene|tengo|cumplio) \d{1,3}"
)  # fmt: skip
_NOT_AN_AGE = re.compile(
    r"\bago\b|\bsince\b|\bevery\b|\bhace\b|\bdesde\b|\bcada\b"
    r"|\bfor (?:\d|a\b|the last|years|months)|\bdiagnosed\b|\bin \d+ (?:weeks?|months?)\b|\bdose|以前|之前|每"
)
_TYPE = re.compile(
    r"\b(?:types?|tipo|typ)\b|\b(?:sma|ame)[ -]?(?:[0-4]|i{1,3}|iv)\b|[0-4一二三四]型"
)
_DIAGNOSIS = re.compile(
    r"\bdiagnos(?:ed|is)\b|\bdiagnostic|\bconfirmed\b|\bsuspect|\bsospech|确诊|诊断|怀疑|疑似"
)
_PLACE = re.compile(
    r"(?:\b(?:live|lives|living|based|staying|located) (?:in|near)"
    r"|\b(?:i'm|i am|we're|we are|coming|come|calling|writing) (?:in|from)|\bvivimos en|\bvivo en|\bvive en|\bsoy de|\bsomos de|住在|来自|我们在|我在)\s*"
    r"(?P<place>[^\W\d_][^;!?，。；\n@]{0,58}?)"
    r"(?=\s*(?:$|[;!?，。；\n]|,\s(?!\w+\s*(?:$|[,.]))|\.\s|\.$|\s(?:and|but|y)\s))",
    re.IGNORECASE,
)  # fmt: skip
_LANGUAGE = re.compile(
    r"(?:\b(?:i|we) (?:only )?speak|\b(?:answer|reply|write|call|contact|speak)\b.{0,25}? in|\bin"
    r"|\bhabl(?:o|amos)|\ben|说|讲|用)\s*"
    r"(?P<language>english|spanish|chinese|mandarin|cantonese|french|german|italian|portuguese"
    r"|russian|arabic|hindi|urdu|turkish|polish|ukrainian|vietnamese|thai|japanese|korean|persian"
    r"|farsi|hebrew|dutch|swahili|indonesian|malay"
    r"|ingl[eé]s|espa[nñ]ol|chino|franc[eé]s|alem[aá]n|portugu[eé]s|英文|英语|中文|普通话|汉语|西班牙语|法语|俄语|日语)",
    re.IGNORECASE,
)  # fmt: skip
_MOST_WORDS_IN_NAME = 6
_LEAD = re.compile(
    r"^\s*(?:(?:no|wait|oh|oops|sorry|actually|i mean|correction|espera|perdón|perdon"
    r"|不对|等等|等一下)"
    r"[\s,.!，。]+)+",
    re.IGNORECASE,
)
# Questions that "yes", "no" or "not sure" answers.
_BY_YES_OR_NO = ("diagnosis", "sma_type", "for_whom")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass
class Reading:
    """What was found: values by field, normalised; `error` why the step asked isn't answered."""

    values: Dict[str, str] = field(default_factory=dict)
    error: Optional[str] = None


def read(text: str, step: str, asks: bool = False) -> Reading:
    """Return the fields found in `text`, an entry at the question `step`.

    Args:
        text: as typed.
        step: the question the visitor was asked (a name of `steps.STEPS`).
        asks: the message asks something itself, so that only what can't be anything else is taken.
    """
    if step == "question" and not asks:
        return _question(text)
    text = _LEAD.sub("", text) or text
    found = _anywhere(text)
    if asks:
        sure = ("email", "phone", "contact_name")
        return Reading({name: value for name, value in found.items() if name in sure})
    wanted = BY_NAME[step].fields if step in BY_NAME else ()
    reading = Reading(found)
    if any(name in found for name in wanted) or step not in _ANSWERS:
        return reading
    # Of a message that says other things, only what is left over can be the answer.
    parts = [text] if not found else [part for part in clauses(text) if not _anywhere(part)]
    answers = [part for part in parts if step in _BY_YES_OR_NO or command_of(part) is None]
    try:
        reading.values.update(_ANSWERS[step](answers, bool(found)))
    except InvalidError as error:
        # Nothing left over: the question is asked again, without a reproach.
        reading.error = error.code if answers or not found else None
    return reading


def _anywhere(text: str) -> Dict[str, str]:
    """Return what can be told apart without knowing the question."""
    found: Dict[str, str] = {}
    for match in _EMAIL.findall(text):
        _try(found, "email", fields.parse_email, match)
    for match in phonenumbers.PhoneNumberMatcher(text, None):
        _try(found, "phone", fields.parse_phone, match.raw_string)
    name = _NAME.search(text)
    if name:
        _try(found, "contact_name", fields.parse_name, name["name"])
    place = _PLACE.search(text)
    if place:
        _try(found, "place", fields.parse_place, place["place"])
    language = _LANGUAGE.search(text)
    if language:
        _try(found, "language", fields.parse_language, language["language"].capitalize())
    for clause in clauses(text):
        folded = fold(clause)
        for_whom = _FOR_WHOM.search(folded)
        if for_whom:
            _try(found, "for_whom", fields.parse_for_whom, for_whom.group())
        is_age = _AGE_UNIT.search(folded) or _AGE_SENTENCE.match(folded)
        if is_age and not _NOT_AN_AGE.search(folded):
            _try(found, "patient_age", _age, clause)
        if _TYPE.search(folded):
            _try(found, "sma_type", fields.parse_sma_type, clause)
        if _DIAGNOSIS.search(folded):
            _try(found, "diagnosis", fields.parse_diagnosis, clause)
    if found.get("sma_type", "unknown") != "unknown":
        found.setdefault("diagnosis", "yes")
    return found


def clauses(text: str) -> List[str]:
    """Return the parts of `text` between commas, full stops and "and"."""
    return [part for part in (part.strip() for part in _CLAUSE.split(text)) if part]


def _try(found: Dict[str, str], name: str, parse: Callable[[str], str], text: str) -> None:
    try:
        found[name] = parse(text)
    except InvalidError:
        return  # it only looked like one; if it was asked for, the step's own reading says why


def _age(text: str) -> str:
    return fields.format_age(fields.parse_age(text))


def _first(texts: List[str], parse: Callable[[str], str]) -> str:
    """Return the first of `texts` that `parse` takes; raise its error for the first otherwise."""
    error: Optional[InvalidError] = None
    for text in texts or [""]:
        try:
            return parse(text)
        except InvalidError as problem:
            error = error or problem
    assert error is not None
    raise error


def _name_answer(parts: List[str], beside: bool) -> Dict[str, str]:
    """Return the name; beside other things ("write to family@...") only what is written as one."""
    texts = [clause for part in parts for clause in clauses(part) if _LETTERS.search(clause)]
    if beside:
        texts = [text for text in texts if all(map(_is_capitalised, text.split()))]
    name = fields.parse_name(texts[0] if texts else "".join(parts))
    if len(name.split()) > _MOST_WORDS_IN_NAME:
        raise InvalidError("name_invalid")
    return {"contact_name": name}


def _is_capitalised(word: str) -> bool:
    return not word[0].islower()


def _contact_answer(parts: List[str], _: bool) -> Dict[str, str]:
    text = " ".join(parts)
    if "@" in text:
        return {"email": fields.parse_email(text)}
    if any(character.isdecimal() for character in text):
        return {"phone": fields.parse_phone(text)}
    raise InvalidError("contact_missing")


def _any_part(name: str, parse: Callable[[str], str]) -> Callable[..., Dict[str, str]]:
    """Return a reader that takes the whole text or the first clause that `parse` understands."""

    def answer(parts: List[str], _: bool) -> Dict[str, str]:
        return {name: _first([*parts, *(c for part in parts for c in clauses(part))], parse)}

    return answer


def _all_parts(name: str, parse: Callable[[str], str]) -> Callable[..., Dict[str, str]]:
    """Return a reader for fields that take any words."""

    def answer(parts: List[str], _: bool) -> Dict[str, str]:
        return {name: parse(", ".join(parts))}

    return answer


def _question(text: str) -> Reading:
    try:
        return Reading({"question": fields.parse_question(text)})
    except InvalidError as error:
        return Reading(error=error.code)


def _place(text: str) -> str:
    plain = re.sub(
        r"^(?:i(?:'m| am)|we(?:'re| are)|in|from|it'?s|en|de|在)\s+",
        "",
        clean_line(text),
        flags=re.IGNORECASE,
    )
    return fields.parse_place(plain)


_ANSWERS: Dict[str, Callable[[List[str], bool], Dict[str, str]]] = {
    "contact_name": _name_answer,
    "contact": _contact_answer,
    "for_whom": _any_part("for_whom", fields.parse_for_whom),
    "patient_age": _any_part("patient_age", _age),
    "diagnosis": _any_part("diagnosis", fields.parse_diagnosis),
    "sma_type": _any_part("sma_type", fields.parse_sma_type),
    "place": _all_parts("place", _place),
    "language": _all_parts("language", fields.parse_language),
}
