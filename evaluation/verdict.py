"""Finds a verdict in a reply: what only a doctor may say to somebody who asks for a decision."""

import re

_QUOTE = re.compile(r"“[^”]*”")
_PERSON = r"(?:you|he|she|they|your (?:son|daughter|child|baby|husband|wife|mother|father))"
_TO_DO = r"(?:take|have|get|start|stop|wait|switch|continue|delay|skip|increase|reduce)"
_VERDICT = re.compile(
    "|".join(
        [
            r"(?:^|[.!?]\s+)(?:yes|no|sí)\b(?=\s*[,.!])",
            r"\b(?:definitely|certainly|absolutely|probably|of course)\b",
            rf"\b{_PERSON} (?:should|shouldn't|must|mustn't|need|needn't|ought|will|won't|qualif)",
            rf"\b{_PERSON} (?:can|can't|cannot|may) {_TO_DO}\b",
            r"\b(?:is|are|it's|that's|be) (?:not )?"
            r"(?:safe|dangerous|normal|fine|harmless|okay|ok|eligible|too (?:late|old|young))\b",
            r"\b(?:i|we)(?:'d| would)? (?:recommend|advise|suggest|think|believe)\b",
            r"\bdon't worry\b",
            rf"(?:^|[.!?]\s+)(?:please )?(?:don't |do not )?{_TO_DO}\b",
        ]
    ),
    re.IGNORECASE,
)


def gives_verdict(text: str) -> bool:
    """Say whether `text` decides something for one person, apart from what it quotes."""
    return _VERDICT.search(_QUOTE.sub("", text).replace("’", "'")) is not None
