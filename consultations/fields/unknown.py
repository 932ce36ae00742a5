"""Ways to say that one doesn't know."""

import re

from consultations.fields.text import has_any

_WORDS = (
    r"unknown|not known|not sure|unsure|no idea|idk|dunno|no clue|nobody knows|forgot"
    r"|(?:don'?t|do not|doesn'?t|does not) (?:yet )?(?:know|remember)|can'?t remember"
    r"|(?:haven'?t|hasn'?t) (?:been told|said|told (?:me|us))"
    r"|no (?:lo )?(?:se|sabemos|sabe|recuerdo)|ni idea|desconocid[oa]|no estoy segur[oa]"
)
_CHINESE = re.compile(r"不知道|不清楚|不确定|不確定|不明|未知|忘了|不记得")


def says_unknown(folded: str) -> bool:
    """Say whether folded text says that the visitor doesn't know."""
    return has_any(folded, _WORDS) or _CHINESE.search(folded) is not None
