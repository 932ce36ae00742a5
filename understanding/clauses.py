"""What one sentence holds: the part that is asked after "not ... but", and questions it joins."""

import re
from typing import List

_HAN = r"[\u4e00-\u9fff]"
# "Not how it works, how it is given": what follows the comma is asked, what precedes it is not.
_NOT_THIS_BUT = re.compile(
    r"^(?:(?:please|ok|okay|so|well|hi|hello|no|sorry|y|bueno|perdón)[, ]+)*"
    r"(?:not (?:how|what|whether|if|when|where|who|why|which|the|about)\b"
    r"|i(?:'m| am|m) not (?:asking|talking|interested)\b"
    r"|i (?:don'?t|do not) (?:mean|need|care)\b(?! to)"
    r"|i (?:don'?t|do not) want to (?:know|hear|read)\b"
    r"|never mind\b|forget (?:about )?the\b|leave [^,]+ aside\b|no [^,]{2,30} please\b"
    r"|no (?:pregunto|me refiero|hablo|quiero saber|digo|es)\b"
    r"|no (?:cómo|como|qué|que|cuándo|cuando|cuánto|cuanto|dónde|donde|por qué|si|el|la|los|las)\b"
    r"|我?(?:不是|没|不)(?:问|说|想知道|想问|关心|管)|先不(?:说|管|问))"
    r"[^,;.]*[,;.]+\s*"
    r"(?:(?:but|just|only|rather|instead|i mean|sino|solo|sólo|pero)\s+"
    r"|而是|是问|我?只?想知道|我?是想问)*"
    rf"(?P<wanted>.{{4,}}|{_HAN}{{2,}})$"
)
_BUT_NOT_THAT = re.compile(
    r"^(?P<wanted>.{4,}?)(?:,\s*(?:and |y )?|\s+(?:and|y)\s+)"
    r"(?:not (?:how|what|whether|if|when|where|who|why|which|the)\b"
    r"|no (?:cómo|como|qué|cuándo|cuánto|dónde|por qué|el|la|los|las)\b"
    r"|不是(?:问)?)[^,;]*$"
)
_JOINT = re.compile(
    r"\s*[,;]\s*(?:and|or|plus|also|y|o)\s+|\s+(?:and|plus|as well as|y|e)\s+|\s*[,;、]\s*"
    rf"|(?<={_HAN})(?:和|还有|以及|跟)(?={_HAN})"
)
_SHORTEST, _SHORTEST_CHINESE = 4, 2  # signs
_MOST_SIGNS = 200  # a longer sentence tells a story
_MOST_CLAUSES = 3


def wanted_part(sentence: str) -> str:
    """Return the part of a sentence (clean text) that is asked, without what is ruled out in it."""
    for contrast in (_NOT_THIS_BUT, _BUT_NOT_THAT):
        found = contrast.match(sentence)
        if found:
            return found["wanted"]
    return sentence


def joined_clauses(sentence: str) -> List[str]:
    """Return what a short sentence joins by "and" or a comma; empty when it joins nothing."""
    if len(sentence) > _MOST_SIGNS:
        return []
    parts = [part.strip(" ?!.") for part in _JOINT.split(sentence)]
    enough = [
        part
        for part in parts
        if len(part) >= (_SHORTEST_CHINESE if re.search(_HAN, part) else _SHORTEST)
    ]
    return enough if 2 <= len(enough) <= _MOST_CLAUSES else []
