"""What a visitor may say at any question: yes and no, skip, back, why, cancel, change something.

Only short messages are commands: "I'd like to go back to Kenya" is somebody's answer.
"""

import re
from typing import Dict, Optional

from consultations.fields.text import fold

_LONGEST = 60  # characters
_POLITE = r"(?:please|por favor|pls|plz|ok|okay|well|um|uh|sorry|请)?[ ,]*"


def _whole(pattern: str) -> "re.Pattern[str]":
    return re.compile(rf"{_POLITE}(?:{pattern})[ ,]*{_POLITE}[.!。！]*")


_YES = _whole(
    r"y|yes|yes .*|yep|yeah.*|yup|sure.*|of course|ok|okay|okey|fine|i (?:do )?agree.*|agreed?"
    r"|i accept|accept|go on|go ahead|continue|correct|that'?s (?:right|correct)|right|all correct"
    r"|(?:please )?send(?: it| the request| now)?|submit(?: it)?|confirm|looks good"
    r"|it'?s (?:ok|fine)"
    r"|use (?:them|it|the same).*|add it"
    r"|si|si .*|claro.*|vale|de acuerdo|acepto.*|envia(?:r|lo|la)?|manda(?:r|lo)?"
    r"|continua(?:r)?|sigue|correcto|esta bien|seguir"
    r"|是的?|好的?|好吧|可以|同意|我同意|对|对的|行|嗯|没问题|发送|提交|继续|确认|确定|是，.*|好，.*"
)
_NO = _whole(
    r"n|no|nope|nah|no .{0,30}|not now|don'?t|do not|i (?:do not|don'?t) agree.*"
    r"|i disagree|disagree|never|rather not|no gracias|no acepto.*|no quiero"
    r"|不|不是|不要|不用|不同意|我不同意|不行|否|不了|不好"
)
_CANCEL = _whole(
    r"cancel(?: it| this| that| everything| (?:the|this|my) (?:form|request|consultation))?"
    r"|i (?:want|would like|'d like) to (?:cancel|stop)(?: it| this)?|i (?:want|wish) to quit"
    r"|forget (?:it|about it)|never ?mind|quit|exit|abort|stop(?: it| this)?"
    r"|i(?:'ve| have)? changed my mind|i don'?t want "
    r"(?:this|it|to (?:go on|continue))(?: any ?more)?"
    r"|(?:delete|erase|remove) (?:my |all |all my )?(?:data|details|information|everything)"
    r"|cancela(?:r|lo)?(?: todo)?|quiero cancelar|dejalo|olvidalo|ya no quiero.*|parar"
    r"|borra(?:r)? mis datos"
    r"|取消.{0,6}|我要取消|不填了|算了|不想填了?|退出|停止|删除我的(?:数据|信息|资料)"
)
_BACK = _whole(
    r"back|go back|(?:go )?back one(?: step| question)?|(?:the )?previous(?: question| one| step)?"
    r"|one (?:step|question) back|atras|volver(?: atras)?|(?:la )?(?:pregunta )?anterior"
    r"|返回|上一(?:步|题|个|个问题)|后退|回去"
)
_SKIP = _whole(
    r"skip(?: it| this| that| this question)?|pass|next(?: question)?|leave it (?:out|empty|blank)"
    r"|i(?:'d| would) (?:rather|prefer) not(?: to)?(?: say| answer| tell)?"
    r"|(?:i )?prefer not(?: to)?(?: say| answer)?|i don'?t want to (?:say|answer|tell).{0,10}"
    r"|nothing|nothing else|none|no question|no questions|not sure|(?:i )?don'?t know|no idea"
    r"|salta(?:r|lo)?|omitir|siguiente|prefiero no (?:decir|contestar).*|nada|no se|ninguna"
    r"|跳过|不想说|不想回答|下一(?:题|个|步)|没有|不知道|不清楚|没有问题"
)
_CHAT = _whole(
    r"hi|hello|hey|thanks?(?: you)?(?: very much| so much)?|thx|good (?:morning|evening|afternoon)"
    r"|hola|buen[oa]s(?: \w+)?|gracias|muchas gracias|你好|您好|谢谢"
)
_WHY = re.compile(
    r"(?:and |but |sorry,? |ok,? )*(?:why\b|what for"
    r"|what (?:do you|d'you|for|is (?:it|this|that)) .*(?:need|want|for)"
    r"|what happens (?:to|with) (?:my|it|this|the)|who (?:gets|sees|reads) (?:it|this|my|the)"
    r"|por que|para que|为什么|为何|干嘛|干什么用)"
)
_START_AGAIN = _whole(
    r"start (?:again|over|new|a new one|from (?:the )?beginning)|new(?: one| request)?|begin again"
    r"|empezar de nuevo|de nuevo|nueva?|重新开始|重来|重新填写?"
)
_CHANGE = re.compile(
    r"\b(?:change|correct|edit|fix|update|wrong|mistake|redo|mistyped|misspelt|misspelled)\b"
    r"|\b(?:cambia|corrig|corregi|modific|equivo)|修改|改|更正|错了|填错|写错"
)
_FIELD_WORDS: Dict[str, str] = {
    "contact_name": r"\bname\b|\bnombre\b|名字|姓名",
    "contact": r"\be-?mail\b|\bmail\b|\baddress\b|\bphone\b|\bnumber\b|\bcontact\b|\bcorreo\b"
    r"|\btelefono\b|\bnumero\b|邮箱|邮件|电话|手机|号码|联系",
    "for_whom": r"\bwhom?\b|\bpatient\b|\bperson\b|\bpaciente\b|\bquien\b|为谁|患者",
    "patient_age": r"\bage\b|\bold\b|\bedad\b|年龄|岁数|几岁",
    "sma_type": r"\btypes?\b|\btipo\b|型",
    "diagnosis": r"\bdiagnos|诊断",
    "place": r"\bplace\b|\bcountry\b|\bcity\b|\bwhere\b|\bpais\b|\bciudad\b|\blugar\b"
    r"|国家|城市|地方|哪里",
    "language": r"\blanguage\b|\bidioma\b|语言",
    "question": r"\bquestion\b|\bmessage\b|\bpregunta\b|问题",
    "consent": r"\bconsent\b|\bagree|\bconsentimiento\b|同意",
}  # fmt: skip

_COMMANDS = {
    "cancel": _CANCEL,
    "back": _BACK,
    "skip": _SKIP,
    "start_again": _START_AGAIN,
    "yes": _YES,
    "no": _NO,
    "chat": _CHAT,
}


def command_of(text: str) -> Optional[str]:
    """Return cancel, back, skip, start_again, yes, no, chat or why; None for anything else."""
    folded = fold(text)
    if len(folded) > _LONGEST:
        return None
    for name, pattern in _COMMANDS.items():
        if pattern.fullmatch(folded):
            return name
    return "why" if _WHY.match(folded) else None


def is_yes(text: str) -> bool:
    """Say whether `text` is a yes."""
    return command_of(text) == "yes"


def is_no(text: str) -> bool:
    """Say whether `text` is a no."""
    return command_of(text) == "no"


def field_named(text: str) -> Optional[str]:
    """Return the step whose field a message names ("why my age?"), or None."""
    folded = fold(text)
    named = (step for step, words in _FIELD_WORDS.items() if re.search(words, folded))
    return next(named, None)


def step_to_change(text: str) -> Optional[str]:
    """Return the step that somebody wants to change ("the name is wrong"), or None."""
    folded = fold(text)
    if len(folded) > 2 * _LONGEST or not _CHANGE.search(folded):
        return None
    return field_named(text)
