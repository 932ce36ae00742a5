"""Reads an entry: the answer to the question asked, and other fields beside it, in any order."""

import contextlib
import re
from dataclasses import dataclass, field
from typing import Callable, Dict, List, Mapping, Optional, Set

from consultations import fields
from consultations.dialogue.commands import command_of
from consultations.dialogue.mentions import (
    NEGATED,
    clauses,
    mentions,
    parse_age_text,
    without_contacts,
)
from consultations.dialogue.steps import BY_NAME
from consultations.fields import InvalidError
from consultations.fields.free_text import QUESTION_LENGTH, SHORT_LENGTH
from consultations.fields.text import ascii_digits, clean_line, clean_lines

__all__ = ["Reading", "clauses", "read"]

_MOST_WORDS_IN_NAME = 6
_MOST_DIGITS_IN_NAME = 2
_LONGEST_READ = QUESTION_LENGTH  # of longer texts only the beginning
_GREETING = re.compile(
    r"^\s*(?:hi there|hi|hello|hey|good (?:morning|evening|afternoon)|hola|buen[oa]s (?:d[ií]as"
    r"|tardes"
    r"|noches)|你好|您好)(?:[\s,.!，。]+|(?=soy))",
    re.IGNORECASE,
)
# "No hablo inglés" means something else without its "no".
_LEADING_NO = (
    r"no(?=\s*[,.!，。]|\s+(?:wait|sorry|actually|he|she|it|my|the|espera|perd[oó]n|mi|el)\b)"
)
_LEAD = re.compile(
    rf"^\s*(?:(?:{_LEADING_NO}|wait|oh|oops|sorry|actually|i mean|correction|yes but|espera"
    r"|perd[oó]n|en realidad|不对|不是|等等|等一下|对不起|抱歉)[\s,.!，。]+)+",
    re.IGNORECASE,
)
_WAIT = re.compile(r"wait|actually|i mean|correction|espera|en realidad|等|抱歉", re.IGNORECASE)
# Questions that "yes", "no" or "not sure" answers.
_BY_YES_OR_NO = ("diagnosis", "sma_type", "for_whom")
# Words that are in no name, country or language, but in sentences about something else.
_IN_SENTENCES = re.compile(
    r"(?<![\w'])(?:i|i'm|i'd|i've|my|me|we|you|your|he|he's|she|she's|they|it|is|are|was|have|has"
    r"|had"
    r"|need|want|would|could|can|with|for|this|that|what|how|why|please|help|not|don't|write|call"
    r"|reach|email|e-mail|mail|phone|number|tel|mobile|whatsapp|age|years?|months?|old|name|type"
    r"|sma"
    r"|wrong|change|mistake|use|something|different|another|same|send|try|contact|reply|answer"
    r"|instead"
    r"|consultation|treatment|spinraza|nusinersen|mother|father|parent"
    r"|quiero|necesito|puedo|tengo|tiene|est[aá]|para|correo|tel[eé]fono|nombre|edad|a[nñ]os|meses"
    r"|consulta|mam[aá]|pap[aá]|madre|padre)(?!\w)"
    r"|的|了|吗|呢|什么|怎么|我们|孩子|妈妈|爸爸|请问|想要|需要|咨询|邮箱|电话|治疗",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^(?:(?:the|her|his|el|su) (?:name|nombre) (?:is|es)|i am|i'm|this is|it'?s|it is|call me"
    r"|soy|我是"
    r"|名字[是叫]?)\s*",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(
    r"^(?:(?:i(?:'m| am)|we(?:'re| are)|in|from|it'?s|en|de|soy|somos)\s+)+|^我?们?(?:住"
    r"|来自)?在?\s*",
    re.IGNORECASE,
)
_OF_CONTACTS = re.compile(
    r"\b(?:e-?mail|mail|write|call|reach|phone|number|tel|whatsapp|correo|tel[eé]fono|llam\w+"
    r"|escrib\w+)\b|邮箱|电话|联系|\w's\b",
    re.IGNORECASE,
)
_IS_LABEL = re.compile(
    r"(?:(?:my|the|mi|el|la|new|right|correct|real|e-?mail|mail|phone|mobile|number|address|correo"
    r"|tel[eé]fono|n[uú]mero|is|it'?s|it|should|be|es|use|please|instead|actually|not|sorry|no|wait"
    r"|我的|邮箱|电话|手机|号码|是)[\s:.!]*)+",
    re.IGNORECASE,
)
_LONGEST_CORRECTION = 150
_AN_ADDRESS = re.compile(r"\S@\S")
# "I'm the patient's mother": the mother says it, of her child.
_OF_PATIENT = re.compile(
    r"\b(?:the|my|our) (?:patient|child|kid|son|daughter)['’]s (?=(?:mother|mom|mum|father|dad"
    r"|parent)\b)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d+(?:\W+(?:[a-z]{1,2}\W+)?\d+)*\W*")  # "2 or 3"
_NOT_A_NUMBER = re.compile(r"\s*(?:not|no)\b[\s,]*\d", re.IGNORECASE)
_AFTER = re.compile(
    r"[ ,]*\b(?:please|por favor|thanks|thank you|gracias|谢谢)[.! ]*$", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS_OF_A_PHONE = 7


@dataclass
class Reading:
    """What was found.

    Attributes:
        values: by field, normalised.
        error: why the step asked isn't answered.
        rest: what the values leave over of the text.
    """

    values: Dict[str, str] = field(default_factory=dict)
    error: Optional[str] = None
    rest: str = ""


def read(text: str, step: str, asks: bool = False) -> Reading:
    """Return the fields found in `text`, an entry at the question `step`.

    Args:
        text: as typed.
        step: the question the visitor was asked (a name of `steps.STEPS`).
        asks: the message asks something itself, so that only what can't be anything else is taken.
    """
    if step == "question" and not asks:
        return _question(text)
    text = clean_lines(text[: 4 * _LONGEST_READ])[:_LONGEST_READ]
    if asks:
        sure = ("email", "phone", "contact_name")
        found = mentions(text)
        return Reading({name: value for name, value in found.items() if name in sure})
    text = _without_lead(text, step)
    found = mentions(text)
    left_over = _left_over(text, found)
    reading = Reading(found, rest=" ".join(left_over))
    if step == "contact":
        _add_contacts(reading, text)
    elif step in _ANSWERS and not any(name in found for name in BY_NAME[step].fields):
        _add_answer(reading, step, text, left_over)
    return reading


def _without_lead(text: str, step: str) -> str:
    """Return `text` without "no wait, "; where "no" may be the answer, it stays alone."""
    text = _GREETING.sub("", text) or text
    lead = _LEAD.match(text)
    if not lead or (step in _BY_YES_OR_NO and not _WAIT.search(lead.group())):
        return text
    return text[lead.end() :] or text


def _left_over(text: str, found: Mapping[str, str]) -> List[str]:
    """Return the clauses that name no field."""
    return [
        clause
        for clause in clauses(without_contacts(text))
        if _LETTER.search(clause) and not mentions(clause) and clause not in found.get("place", "")
    ]


def _add_answer(reading: Reading, step: str, text: str, left_over: List[str]) -> None:
    """Read the answer in the whole text; of one that says other things, in what is left over."""
    beside = bool(reading.values)
    parts = left_over if beside else [text]
    answers = [part for part in parts if step in _BY_YES_OR_NO or command_of(part) is None]
    if beside:
        is_answer = _IS_BESIDE.get(step, _is_not_about_contacts)
        answers = [part for part in answers if is_answer(part)]
        answers = answers[:1] if step == "contact_name" else answers
    elif step in ("place", "language") and _AN_ADDRESS.search(text):
        reading.error = "email_invalid"
        return
    try:
        reading.values.update(_ANSWERS[step](answers))
    except InvalidError as error:
        # Nothing left over: the question is asked again, without a reproach.
        reading.error = None if beside else error.code


def _could_be_one(text: str) -> bool:
    """Say whether words beside other things can be a name, place or language."""
    words = text.split()
    return len(words) <= _MOST_WORDS_IN_NAME and not _IN_SENTENCES.search(text)


def _could_be_name(text: str) -> bool:
    return _could_be_one(_BEFORE_NAME.sub("", text))


def _is_not_about_contacts(text: str) -> bool:
    """Say whether words aren't what stands before an e-mail address or a phone number."""
    return not _OF_CONTACTS.search(text)


def _parsed(texts: List[str], parse: Callable[[str], str]) -> Set[str]:
    """Return the values that `parse` finds in the texts."""
    found = set()
    for text in texts:
        with contextlib.suppress(InvalidError):
            found.add(parse(text))
    return found


def _name_answer(parts: List[str]) -> Dict[str, str]:
    """Return the name: "Van der Berg, Anna" is one, of "Ana, thanks a lot" it is the first part."""
    text = ", ".join(parts)
    names = [clause for clause in clauses(text) if command_of(clause) is None]
    if not all(map(_could_be_one, names)) or len(names) < len(clauses(text)):
        names = [name for name in names if _could_be_name(name)] or names
        text = names[0] if names else text
    stripped = _BEFORE_NAME.sub("", clean_line(text))
    name = fields.parse_name(stripped or text)
    digits = sum(character.isdecimal() for character in name)
    if not _could_be_one(name) or digits > _MOST_DIGITS_IN_NAME or "@" in name:
        raise InvalidError("name_invalid")
    return {"contact_name": name}


def _add_contacts(reading: Reading, text: str) -> None:
    """Add an e-mail address or a phone number, and say what is wrong with what looks like one."""
    rest = ascii_digits(text)
    if "email" not in reading.values and "@" in rest:
        _try_contact(reading, "email", fields.parse_email, rest)
    without = without_contacts(text)
    if "phone" not in reading.values and _count_digits(without) >= _DIGITS_OF_A_PHONE:
        _try_contact(reading, "phone", fields.parse_phone, without)
    if reading.error is None and not any(name in reading.values for name in ("email", "phone")):
        is_number = _count_digits(rest) > 0
        if is_number or not reading.values:
            reading.error = "phone_invalid" if is_number else "contact_missing"


def _try_contact(reading: Reading, name: str, parse: Callable[[str], str], text: str) -> None:
    try:
        reading.values[name] = parse(text)
    except InvalidError as error:
        reading.error = reading.error or error.code


def _count_digits(text: str) -> int:
    return sum(character.isdecimal() for character in text)


def _any_part(name: str, parse: Callable[[str], str]) -> Callable[[List[str]], Dict[str, str]]:
    """Return a reader that takes what `parse` understands: the whole text, or of it one value."""

    def answer(parts: List[str]) -> Dict[str, str]:
        whole = ", ".join(parts)
        try:
            return {name: parse(whole)}
        except InvalidError:
            found = _parsed(clauses(whole), parse)
            if len(found) != 1:
                raise
            return {name: found.pop()}

    return answer


def _all_parts(name: str, parse: Callable[[str], str]) -> Callable[[List[str]], Dict[str, str]]:
    """Return a reader for fields that take any words."""

    def answer(parts: List[str]) -> Dict[str, str]:
        return {name: parse(", ".join(parts))}

    return answer


def _question(text: str) -> Reading:
    """Return the text as the question, unless all that it does is correct another field."""
    plain = _LEAD.sub("", text)
    found = mentions(plain) if len(text) <= _LONGEST_CORRECTION and "?" not in text else {}
    is_sure = any(name in found for name in ("email", "phone", "contact_name"))
    is_all = all(_IS_LABEL.fullmatch(part) for part in _left_over(plain, found))
    if found and is_all and (is_sure or plain != text):
        return Reading(found)
    try:
        question = fields.parse_question(text)
    except InvalidError as error:
        return Reading(error=error.code)
    return Reading({"question": question} if question else {})


def _for_whom(text: str) -> str:
    return fields.parse_for_whom(_OF_PATIENT.sub("the ", text))


def _diagnosis(text: str) -> str:
    if _NOT_A_NUMBER.match(text):
        raise InvalidError("diagnosis_invalid")  # "not 24, 25" corrects the age
    return fields.parse_diagnosis(text)


def _place(text: str) -> str:
    line = clean_line(text)
    return _words(_BEFORE_PLACE.sub("", line) or line, "place", fields.parse_place)


def _language(text: str) -> str:
    if NEGATED.search(text):
        raise InvalidError("language_missing")
    return _words(text, "language", fields.parse_language)


def _words(text: str, name: str, parse: Callable[[str], str]) -> str:
    """Return a place or language, unless it is a sentence about something else."""
    text = _AFTER.sub("", text) or text
    is_other = _IN_SENTENCES.search(text) or not _LETTER.search(text) or _NUMBERS.fullmatch(text)
    if is_other and len(text) <= SHORT_LENGTH:
        raise InvalidError(f"{name}_missing")
    return parse(text)


_ANSWERS: Dict[str, Callable[[List[str]], Dict[str, str]]] = {
    "contact_name": _name_answer,
    "for_whom": _any_part("for_whom", _for_whom),
    "patient_age": _any_part("patient_age", parse_age_text),
    "diagnosis": _any_part("diagnosis", _diagnosis),
    "sma_type": _any_part("sma_type", fields.parse_sma_type),
    "place": _all_parts("place", _place),
    "language": _all_parts("language", _language),
}
# What the words left over of a message must look like to be the answer.
_IS_BESIDE = {"contact_name": _could_be_name, "place": _could_be_one, "language": _could_be_one}
