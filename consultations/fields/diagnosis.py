"""Whether SMA is diagnosed."""

import re

from consultations.fields.errors import InvalidError
from consultations.fields.text import fold, has_any, is_question
from consultations.fields.unknown import says_unknown

_LONGEST_TEXT = 300

# Looked for in this order: "not confirmed yet" is neither a no nor a yes.
_DIAGNOSES = (
    (
        "suspected",
        r"suspect\w*|suspicion|maybe|perhaps|possibl[ey]|probabl[ey]|likely"
        r"|(?:not|isn't|hasn't been) (?:yet )?confirmed|unconfirmed"
        r"|(?:waiting|awaiting|wait)|pending|being (?:tested|investigated)|thinks? so"
        r"|sospech\w*|quizas?|tal vez|posible(?:mente)?|probable(?:mente)?|pendientes?"
        r"|esperando|en estudio"
        r"|(?:no|sin) (?:esta )?confirmad[oa]",
        r"怀疑|懷疑|疑似|可能|^等|在等|等待|检查中|未确认|待确认",
    ),
    (
        "no",
        r"no|nope|nah|not|none|never|hasn'?t|haven'?t|isn'?t|wasn'?t|undiagnosed|n"
        r"|todavia|aun no|nunca|sin",
        r"没|沒|否|不是|未|无",
    ),
    (
        "yes",
        r"yes|yeah|yep|yup|y|sure|correct|diagnosed|diagnosis|confirmed|positive"
        r"|(?:has|have) (?:it|sma|5q)"
        r"|si|claro|diagnosticad[oa]s?|confirmad[oa]s?|positiv[oa]",
        r"^是|^有|^(?:对|對)(?!不)|确诊|確診|已",
    ),
)  # fmt: skip
# In a longer text "no" and "not" are about anything.
_SHORT_ANSWER_WORDS = 6
_ABOUT_DIAGNOSIS = (
    r"diagnos\w*|confirm\w*|genetic\w*|tests?|results?|sma|ame|5q|know|sure|suspect\w*"
)
_STARTS_WITH_YES = re.compile(
    r"(?:yes|yeah|yep|yup|si)\b(?! no\b)|是(?!否|不)|(?:已经?)?确诊|(?:对|對)(?!不)"
)


def parse_diagnosis(text: str) -> str:
    """Return "yes", "no" or "suspected", or "unknown" for people who say that they don't know.

    Raises:
        InvalidError: `diagnosis_invalid`.
    """
    folded = fold(text)
    is_about_it = len(folded.split()) <= _SHORT_ANSWER_WORDS or has_any(folded, _ABOUT_DIAGNOSIS)
    if len(folded) > _LONGEST_TEXT or is_question(folded) or not is_about_it:
        raise InvalidError("diagnosis_invalid")
    if _STARTS_WITH_YES.match(folded):
        return "yes"
    for diagnosis, words, chinese in _DIAGNOSES:
        if diagnosis == "no" and says_unknown(folded):
            return "unknown"
        if has_any(folded, words) or re.search(chinese, folded):
            return diagnosis
    raise InvalidError("diagnosis_invalid")
