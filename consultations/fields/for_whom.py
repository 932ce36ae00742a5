"""Whom the consultation is for."""

import re

from consultations.fields.errors import InvalidError
from consultations.fields.text import fold, has_any, is_question

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
    r"别人|其他|其它|他人|侄|外甥|兄|哥|弟|姐|妹|丈夫|老公|妻子|老婆|朋友|妈妈|母亲|爸爸|父亲"
    r"|叔|舅|姑|姨|孙子|孙女|外孙|亲戚|另一"
)
_CHILD = (
    r"child(?:ren)?|child's|kids?|sons?|daughters?|baby|babies|toddler|infant|newborn|boys?|girls?"
    r"|twins?|(?:my|our) \w+[ -](?:years?|months?|weeks?|days?)[ -]old"
    r"|hij[oa]s?|nin[oa]s?|bebes?|nen[ea]s?|mellizos|gemelos|hijit[oa]"
)
_CHILD_ZH = r"孩|儿子|女儿|兒子|女兒|宝宝|宝贝|寶寶|婴儿|嬰兒|小朋友|闺女|双胞胎"
_CLEARLY_SELF = (
    r"myself|self|for me|me and|and me|para mi(?! \w)|mi mism[oa]|yo mism[oa]"
    r"|(?:i am|i'm|im) (?:the |a )?patient|i have sma"
    r"|soy (?:yo|(?:el|la) paciente)|tengo (?:ame|sma)"
)
# "I", "me" and "yo" are in many sentences; alone they are an answer.
_SELF_ALONE = re.compile(r"(?:(?:just|only|it's|its|it is|solo|es para) )?(?:me|i|mine|yo)[.! ]*")
_SELF_ZH = r"自己|本人|^我$|[给为替是]我$|我是患者|我是病人"
# "I'm his mother": what a parent answers.
_PARENT = re.compile(
    r"(?:i'm|i am|im|soy) (?:(?:his|her|their|the|a|su|la|el) )?"
    r"(?:mother|mom|mum|father|dad|parent|madre|padre|mama|papa)\b"
    r"|我是(?:他|她|孩子)?的?(?:妈|母亲|爸|父亲|家长)"
)
_NOT_SELF = re.compile(
    r"\b(?:not|isn't|no)(?: es)? (?:for |para )?(?:me|myself|mi(?! \w)|yo)\b"
    r"|不是(?:我自己|我|本人|自己)"
)


def parse_for_whom(text: str) -> str:
    """Return "self", "child" (the visitor's own) or "other".

    Raises:
        InvalidError: `for_whom_invalid` (not understood, or both oneself and one's child).
    """
    folded = _NOT_SELF.sub(" ", fold(text))
    if len(folded) > _LONGEST_TEXT or is_question(folded):
        raise InvalidError("for_whom_invalid")
    if _PARENT.match(folded):
        return "child"
    if has_any(folded, _OTHER) or re.search(_OTHER_ZH, folded):
        return "other"
    if has_any(folded, _CHILD) or re.search(_CHILD_ZH, folded):
        if has_any(folded, _CLEARLY_SELF):
            raise InvalidError("for_whom_invalid")
        return "child"
    is_self = has_any(folded, _CLEARLY_SELF) or re.search(_SELF_ZH, folded)
    if is_self or _SELF_ALONE.fullmatch(folded):
        return "self"
    raise InvalidError("for_whom_invalid")
