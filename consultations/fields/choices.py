"""Answers out of a few: whom the consultation is for, and whether SMA is diagnosed."""

import re

from consultations.fields.errors import InvalidError
from consultations.fields.text import fold, has_any

_LONGEST_TEXT = 300

_OTHER = (
    r"other|others|someone(?: else)?|somebody(?: else)?|else|nephews?|nieces?|brothers?|sisters?"
    r"|siblings?|husband|wife|spouse|partner|girlfriend|boyfriend|friends?|friend's|mother|mom|mum"
    r"|father|dad|parents?|cousins?|uncle|aunt|grand ?(?:son|daughter|child|kid|mother|father)s?"
    r"|neighbou?rs?|(?:a|my) patient|student|relatives?"
    r"|otr[oa]s?|alguien|sobrin[oa]s?|herman[oa]s?|espos[oa]|marido|mujer|pareja|novi[oa]|amig[oa]s?"
    r"|madre|mama|padre|papa|prim[oa]s?|ti[oa]|niet[oa]s?|abuel[oa]|vecin[oa]|familiar"
)
_OTHER_ZH = (
    r"别人|其他|其它|他人|侄|外甥|兄弟|哥哥|弟弟|姐|妹|丈夫|老公|妻子|老婆|朋友|妈妈|母亲|爸爸|父亲"
    r"|表|堂|叔|舅|姑|姨|孙|亲戚|别的人|另"
)
_CHILD = (
    r"child(?:ren)?|child's|kids?|sons?|daughters?|baby|babies|toddler|infant|newborn|boys?|girls?"
    r"|twins?|hij[oa]s?|nin[oa]s?|bebes?|nen[ea]s?|mellizos|gemelos|hijit[oa]"
)
_CHILD_ZH = r"孩|儿子|女儿|兒子|女兒|宝宝|宝贝|寶寶|婴儿|嬰兒|小朋友|闺女|双胞胎"
_SELF = (
    r"myself|self|me|mine|i|i'm|for my own|yo|soy|para mi(?! \w)|mi mism[oa]|"
    r"yo mism[oa]|conmigo"
)
_CLEARLY_SELF = r"myself|self|for me|me and|and me|para mi(?! \w)|mi mism[oa]|yo mism[oa]"
_SELF_ZH = r"自己|本人|^我$|[给为替是]我$|我是患者|我是病人"
_NOT_SELF = re.compile(
    r"\b(?:not|isn't|no)(?: es)? (?:for |para )?(?:me|myself|mi(?! \w)|yo)\b"
    r"|不是(?:我自己|我|本人|自己)"
)


def parse_for_whom(text: str) -> str:
    """Return "self", "child" (the visitor's own) or "other".

    Raises:
        InvalidError: `for_whom_invalid` (not understood, or both oneself and one's child).
    """
    folded = _NOT_SELF.sub(" ", _short(text, "for_whom_invalid"))
    if has_any(folded, _OTHER) or re.search(_OTHER_ZH, folded):
        return "other"
    if has_any(folded, _CHILD) or re.search(_CHILD_ZH, folded):
        if has_any(folded, _CLEARLY_SELF):
            raise InvalidError("for_whom_invalid")
        return "child"
    if has_any(folded, _SELF) or re.search(_SELF_ZH, folded):
        return "self"
    raise InvalidError("for_whom_invalid")


# Looked for in this order: "not confirmed yet" is neither a no nor a yes.
_DIAGNOSES = (
    (
        "suspected",
        r"suspect\w*|suspicion|maybe|perhaps|possibl[ey]|probabl[ey]|likely"
        r"|(?:not|isn't|hasn't been) (?:yet )?confirmed|unconfirmed"
        r"|(?:waiting|awaiting|wait)|pending|being (?:tested|investigated)"
        r"|sospech\w*|quizas?|tal vez|posible(?:mente)?|probable(?:mente)?|pendientes?|esperando"
        r"|(?:no|sin) (?:esta )?confirmad[oa]",
        r"怀疑|懷疑|疑似|可能|等结果|等待|检查中|未确认|待确认",
    ),
    (
        "unknown",
        r"unknown|not sure|unsure|no idea|idk|(?:don'?t|do not) (?:yet )?know|no (?:lo )?se|ni idea"
        r"|no estoy segur[oa]|desconocid[oa]",
        r"不知道|不清楚|不确定|不確定|未知",
    ),
    (
        "no",
        r"no|nope|not|none|never|hasn'?t|haven'?t|isn'?t|wasn'?t|undiagnosed|n"
        r"|todavia|aun no|nunca|sin",
        r"没|沒|否|不是|未|无",
    ),
    (
        "yes",
        r"yes|yeah|yep|yup|y|sure|correct|diagnosed|diagnosis|confirmed|positive|has|have"
        r"|si|claro|diagnosticad[oa]s?|confirmad[oa]s?|positiv[oa]",
        r"是|有|对|對|确诊|確診|已",
    ),
)  # fmt: skip
_STARTS_WITH_YES = re.compile(
    r"(?:yes|yeah|yep|yup|si)\b(?! no\b)|是(?!否|不)|(?:已经?)?确诊|對|对"
)


def parse_diagnosis(text: str) -> str:
    """Return "yes", "no" or "suspected", or "unknown" for people who say that they don't know.

    Raises:
        InvalidError: `diagnosis_invalid`.
    """
    folded = _short(text, "diagnosis_invalid")
    if _STARTS_WITH_YES.match(folded):
        return "yes"
    for diagnosis, words, chinese in _DIAGNOSES:
        if has_any(folded, words) or re.search(chinese, folded):
            return diagnosis
    raise InvalidError("diagnosis_invalid")


def _short(text: str, code: str) -> str:
    folded = fold(text)
    if len(folded) > _LONGEST_TEXT:
        raise InvalidError(code)
    return folded
