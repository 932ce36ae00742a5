"""Finds what can be told apart in any text, whatever was asked: an e-mail address, an age, ...

Only what is sure is taken; of two different values of a field, neither. What isn't found is asked.
"""

import re
from typing import Callable, Dict, List, Optional, Set

import phonenumbers

from consultations import fields
from consultations.fields import InvalidError
from consultations.fields.text import ascii_digits, fold

_EMAIL = re.compile(r"[^\s<>(),;:\"，。；：、！？]+@[^\s<>(),;:\"，。；：、！？]+")
_PHONE_WITH_00 = re.compile(r"(?<![\d+])00[1-9][\d\s().\-/]{6,20}\d")
# "2.5 years" and "Mr. Li" stay whole: a full stop ends a clause only before a blank and a letter.
_CLAUSE = re.compile(
    r"\s*[,;\n，；。]\s*|(?<=\w{3})[.!?]\s+|\s+(?:and|y|but|pero)\s+(?=\w)"
    r"(?!(?:a )?half\b|medi[oa]\b|\w+ (?:months?|weeks?|days?|mes(?:es)?|semanas?|d[ií]as?)\b)"
)

_NAME = re.compile(
    r"(?:\b(?:my|the|contact|the contact'?s) name(?: is|'s)|\bi(?:'m| am) called|\bname:|\bme llamo"
    r"|\bmi nombre es|\bel nombre es|\bnombre:|我叫|我的名字(?:是|叫)|名字是|姓名[:：是])"
    r"(?:(?<=[a-z])\s+|(?<![a-z])\s*)(?:actually )?(?!(?:is )?(?:wrong|incorrect|not\b|mis|spel"
    r"|mal\b|equiv))"
    r"(?P<name>[^\W\d_][^,;:!?，。；\n@]{0,60}?)"
    r"(?=\s*(?:$|[,;:!?，。；\n]|\.\s|\.$|\s(?:and|y|from|but|not|pero)\s))",
    re.IGNORECASE,
)

_RELATIVES = (
    r"(?:son|daughter|child|kid|baby|boy|girl|nephew|niece|husband|wife|brother|sister|grandson"
    r"|granddaughter|grandchild|mother|father|friend|cousin)"
)
_FAMILIARES = r"(?:hij[oa]|bebe|nin[oa]|sobrin[oa]|espos[oa]|herman[oa]|niet[oa]|prim[oa])"
_FAMILY_ZH = (
    r"(?:儿子|女儿|孩子|宝宝|侄[子女]|外甥女?|丈夫|妻子|老公|老婆|哥哥|弟弟|姐姐|妹妹|孙[子女])"
)
_FOR_WHOM = re.compile(
    r"\bfor (?:me\b(?! to\b)|myself|(?:my|our|a|an|his|her) (?:[\w'-]+ ){0,2}?[\w-]+(?!'s))"
    r"|\bpara (?:mi mism[oa]|mi\b|nuestr[oa]|una?\b)(?: \w+)?"
    r"|\bi(?:'m| am) the patient\b(?!'s)|\bsoy (?:el|la) paciente"
    # "my husband's phone" and "my wife will call" say nothing about the patient.
    rf"|\b(?:my|our) (?:[\w-]+ ){{0,2}}{_RELATIVES}(?= (?:\w+ )?(?:is|was|has|had|with|who|aged"
    rf"|needs)\b"
    r"|$)"
    rf"|\b(?:mi|nuestr[oa]) {_FAMILIARES}(?= (?:\w+ )?(?:es|fue|esta|tiene|con|de|necesita)\b|$)"
    rf"|[给为替](?:我?自己|我?的?{_FAMILY_ZH})|我(?:家|的)?{_FAMILY_ZH}(?!的)"
)
_WITH_ME = re.compile(r"\bfor (?:me|myself) and |\band (?:for )?(?:me|myself)\b|\bpara mi y ")

_NUMBER = (
    r"(?:\d{1,3}(?:[.,]\d)?|[a-z]+teen|[a-z]+ty|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|a|half an?|un|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)"
    r"(?: and a half| y medi[oa])?"
)
_UNIT = (
    r"(?:years?|yrs?|months?|mths?|mos?|weeks?|wks?|days?|y/?o|anos?|anitos?|mes(?:es)?|semanas?"
    r"|dias?)"
)
_ABOUT = r"(?:only |now |just |almost |nearly |about |aged? |already |ya |casi )*"
_OF_FIRST_PERSON = r"(?:i(?:'m| am)|(?:yo )?tengo|我(?:今年)?)"
_SUBJECT = (
    r"(?:(?:and |but |y |pero |who )?(?:he|she|they|it|who|the (?:child|patient|baby|boy|girl)"
    r"|(?:my|our) \w+(?: \w+){0,2}?)(?:'s| is| are)|(?:and |y )?(?:el |ella |mi \w+ )?(?:tiene"
    r"|cumplio)"
    rf"|{_OF_FIRST_PERSON})"
)
_AGE = re.compile(
    rf"(?:^| )(?:{_NUMBER}[- ]?{_UNIT}(?: (?:and )?{_NUMBER} {_UNIT})?|\d+[ymd])[- ]old\b"
    rf"|^(?:about |only |almost )?{_NUMBER} ?-?{_UNIT}(?: (?:and |y )?{_NUMBER} {_UNIT}"
    rf"| and a half)?"
    r"(?: now| de edad)?[.!]?$"
    rf"|\b{_NUMBER} ?{_UNIT} (?:of age|de edad)\b|\d+ ?y/?o\b|\bnew-?born\b|\brecien nacid"
    rf"|(?:^|\b){_SUBJECT} {_ABOUT}{_NUMBER}(?:[- ]{_UNIT}.*)?(?: now| ya)?[.!]?$"
    rf"|^(?:and )?(?:the |my |his |her |la )?(?:aged?|edad)(?::| is| es)? (?:is )?{_NUMBER}"
    rf"|\b{_FAMILIARES} de {_NUMBER} {_UNIT}"
    r"|\d+ ?(?:周?岁|个半?月大|月龄)|[一二两三四五六七八九十]+(?:周?岁|个半?月大)|新生儿"
    r"|^(?:他|她|孩子|宝宝|才|今年)*(?:\d+|[一二两三四五六七八九十]+) ?个半?月$"
    r"|(?:^| )half a year$"
)
_NOT_AN_AGE = re.compile(
    r"\bago\b|\bsince\b|\bevery\b|\bhace\b|\bdesde\b|\bcada\b|\bfor (?:\d|a\b|the last|years"
    r"|months)"
    r"|\bwhen\b|\buntil\b|\bafter\b|\bbefore\b|\bcuando\b|\bwas \d|\bwait|\bespera"
    r"|\bdiagnosed\b|\bin \d+ (?:weeks?|months?)\b|\bdose|\bor\b|以前|之前|每|的时候|时确诊"
)
_NOT_5 = re.compile(r"\s+(?:and not|not|instead of|y no|no)\s+\d+\b[^\d]*$", re.IGNORECASE)
_IS_FIRST_PERSON = re.compile(rf"(?:and |but |y |pero )?{_OF_FIRST_PERSON}\b")

_TYPE = re.compile(
    r"\b(?:types?|tipo|typ)\b|\b(?:sma|ame)[ -]?(?:[0-4]|i{1,3}|iv)\b|[0-4一二三四]型"
)
_NOT_A_TYPE = re.compile(r"\bnot\b|n't\b|\bno es\b|\bdiabet|\bblood\b|\bsangre\b|不是|糖尿|血型")
_NUMBER_OF_TYPE = re.compile(
    r"\b(?:(?:sma|ame),? )?(?:types?|tipo|sma|ame)[ -]?(?:[0-4]|i{1,3}|iv|\w+)[abc]?\b|[0-4]型"
)
_DIAGNOSIS = re.compile(
    r"\bdiagnos(?:ed|is)\b|\bdiagnostic|\bconfirmed (?:by|with|sma|5q|gen)|\bconfirmed$"
    r"|\bsuspect(?:s|ed)?\b|\bsospech|确诊|诊断|怀疑|疑似"
)

_PLACE_ENDS = (  # "Porto, Portugal" goes on after its comma
    r"(?=\s*(?:$|[;!?，。；\n]|,\s(?!\w+\s*(?:$|[,.;]|\s(?:and|but|y|pero)\s))|\.\s|\.$"
    r"|\s(?:and|but|y|pero)\s))"
)
_PLACE_NAME = rf"\s*(?P<place>[^\W\d_][^;!?，。；\n@]{{0,58}}?){_PLACE_ENDS}"
_LIVES = re.compile(
    r"(?:\b(?:live|lives|living|based|staying|located) (?:in|near)|\bvivimos en|\bvivo en|\bvive en"
    rf"|\bresid\w+ en|\b(?:place|city|country|lugar|ciudad|pa[ií]s)(?::| is\b| es\b)|我?们?住在"
    rf"|我?们?来自){_PLACE_NAME}",
    re.IGNORECASE,
)
# "I'm in pain" is no place: here only with a capital letter.
_IS_FROM = re.compile(
    r"(?:\b(?:i'm|i am|we're|we are|coming|come|calling|writing) (?:in|from)|\bsoy de|\bsomos de"
    rf"|\bestamos en){_PLACE_NAME}",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(r"(?:a|an|my|our|fear|pain|hope|un|una|mi)\b", re.IGNORECASE)

_LANGUAGES = (
    r"english|spanish|chinese|mandarin|cantonese|french|german|italian|portuguese|russian|arabic"
    r"|hindi|urdu|bengali|turkish|polish|ukrainian|romanian|vietnamese|thai|japanese|korean|persian"
    r"|farsi|hebrew|dutch|swahili|indonesian|malay|greek|ingl[eé]s|espa[nñ]ol|castellano|chino"
    r"|franc[eé]s|alem[aá]n|portugu[eé]s|italiano|árabe|ruso"
    r"|英文|英语|中文|普通话|汉语|粤语|西班牙语|法语|德语|俄语|日语|韩语"
)
_LANGUAGE = re.compile(
    r"(?P<before>[^,.;，。；\n]{0,25}?)(?:\bspeak(?:s|ing)?|\b(?:language|idioma)(?::| is| es)"
    r"|\bin|\bhabl(?:o|amos|a)|\ben"
    rf"|会?说|会?讲|用)\s*(?P<language>{_LANGUAGES})(?![a-zà-ÿ])",
    re.IGNORECASE,
)
NEGATED = re.compile(r"\b(?:not?|never|can'?t|cannot|\w+n'?t|tampoco)\b|不", re.IGNORECASE)


def mentions(text: str) -> Dict[str, str]:
    """Return the fields that `text` names for sure, normalised."""
    plain = ascii_digits(text)
    finds = _Finds()
    for match in _EMAIL.findall(text):
        finds.add("email", fields.parse_email, match)
    for number in _phone_numbers(plain):
        finds.add("phone", fields.parse_phone, number)
    name = _NAME.search(text)
    if name:
        finds.add("contact_name", fields.parse_name, name["name"])
    place = _place_named(text)
    if place:
        finds.add("place", fields.parse_place, place)
    language = _LANGUAGE.search(text)
    if language and not NEGATED.search(language["before"]):
        finds.add("language", fields.parse_language, language["language"].capitalize())
    parts = [(clause, fold(clause)) for clause in map(_without_the_old, clauses(text))]
    for clause, folded in parts:
        for_whom = _FOR_WHOM.search(folded)
        if for_whom:
            finds.add("for_whom", fields.parse_for_whom, for_whom.group())
        if _TYPE.search(folded) and not _NOT_A_TYPE.search(folded):
            finds.add("sma_type", fields.parse_sma_type, clause)
        if _DIAGNOSIS.search(folded):
            finds.add("diagnosis", fields.parse_diagnosis, clause)
    if _WITH_ME.search(fold(text)):
        finds.drop("for_whom")
    _add_age(finds, parts)
    return finds.values


def clauses(text: str) -> List[str]:
    """Return the parts of `text` between commas, full stops and "and"."""
    return [part for part in (part.strip() for part in _CLAUSE.split(text)) if part]


def without_contacts(text: str) -> str:
    """Return `text` with a comma in place of each e-mail address and each whole phone number."""
    text = ascii_digits(_EMAIL.sub(" , ", text))
    for number in _phone_numbers(text):
        text = text.replace(number, " , ")
    return text


class _Finds:
    """Values by field; a field with two different ones is left out."""

    def __init__(self) -> None:
        self.values: Dict[str, str] = {}
        self._unclear: Set[str] = set()

    def add(self, name: str, parse: Callable[[str], str], text: str) -> None:
        try:
            value = parse(text)
        except InvalidError:
            return  # it only looked like one; if it was asked for, the answer's reader says why
        if self.values.get(name, value) != value:
            self.drop(name)
        elif name not in self._unclear:
            self.values[name] = value

    def drop(self, name: str) -> None:
        self._unclear.add(name)
        self.values.pop(name, None)


def _phone_numbers(text: str) -> List[str]:
    found = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(text, None)]
    return [*found, *_PHONE_WITH_00.findall(text)]


def _without_the_old(clause: str) -> str:
    """Return "he is 6" of "he is 6 not 5"."""
    return _NOT_5.sub("", clause)


def _place_named(text: str) -> Optional[str]:
    lives = _LIVES.search(text)
    if lives and not _NO_PLACE.match(lives["place"]):
        return lives["place"]
    is_from = _IS_FROM.search(text)
    return is_from["place"] if is_from and not is_from["place"][0].islower() else None


def _add_age(finds: _Finds, parts: List["tuple[str, str]"]) -> None:
    """Add the patient's age; the age of a contact who isn't the patient is not that."""
    is_of_another = finds.values.get("for_whom", "self") != "self"
    ages = [
        (clause, folded)
        for clause, folded in parts
        if _AGE.search(folded) and not _NOT_AN_AGE.search(folded)
    ]
    others = [part for part in ages if not _IS_FIRST_PERSON.match(part[1])]
    for clause, folded in others if others or is_of_another else ages:
        # "mi hijo de 8 meses tiene AME tipo 1" holds another number.
        other_number = _NUMBER_OF_TYPE.search(folded)
        age = clause if other_number is None else folded.replace(other_number.group(), "")
        finds.add("patient_age", parse_age_text, age)


def parse_age_text(text: str) -> str:
    """Return an age as the draft keeps it ("8 months")."""
    return fields.format_age(fields.parse_age(text))
