"""What a visitor may say at any question: yes and no, skip, back, why, cancel, change something.

Only short messages are commands, and only whole ones: "I'd like to go back to Kenya" is somebody's
answer, "yes but not my phone" is no yes.
"""

import re
from typing import Dict, Optional, Tuple

from consultations.fields.text import clean_line, fold

_LONGEST = 60  # characters
_POLITE = (
    r"(?:(?:please|por favor|pls|plz|ok|okay|well|um|uh|sorry|thanks?|thank you|gracias|请|谢谢)"
    r"(?![a-z]))?[ ,]*"
)

_PLAIN_YES = (
    r"y|yes|yep|yeah|yup|sure|of course|definitely|absolutely|certainly|ok|okay|okey|fine"
    r"|all ?right"
    r"|correct|that'?s (?:right|correct|fine|ok|okay)|right|confirm(?:ed)?|i do|i am|i'm sure"
    r"|si|claro|claro que si|por supuesto|vale|esta bien|correcto|seguro"
    r"|是的?|是啊|好的?|好吧|好啊|可以的?|对的?|行|嗯|没问题|确认|确定"
)
_AGREE = (
    r"(?:i|we) (?:do )?(?:agree|accept|consent)(?: to (?:this|that|it))?|agreed?|accept(?:ed)?"
    r"|(?:lo )?acepto|(?:(?:si )?estoy )?de acuerdo|doy mi consentimiento|我?同意|我?接受"
)
_GO_ON = (
    r"go on|go ahead|continue|keep going|carry on|let'?s (?:go on|continue|do it)"
    r"|i(?:'d like| would like| want) to (?:go on|continue)(?: with (?:it|this))?"
    r"|continuar?|continuemos|sigue|seguir|sigamos|adelante|quiero (?:seguir|continuar)"
    r"|继续(?:填写?|吧)?|我?想?继续"
)
_SEND = (
    r"send(?: it| them| the request| everything)?(?: now)?|submit(?: it)?|looks (?:good|fine|right)"
    r"|(?:it'?s |everything(?: is|'s) |all )(?:ok|okay|fine|correct|right|good)"
    r"|envia(?:r|lo|la)?|enviar (?:la )?solicitud|manda(?:r|lo|la)?|todo (?:esta )?(?:bien"
    r"|correcto)"
    r"|发送|提交|发吧|发送吧"
)
_USE = (
    r"(?:use|take) (?:them|it|those|the same|these)(?: again| details| contact details)*|the same"
    r"|(?:use |take |call |on )?(?:this|that) (?:phone )?number|(?:us[ae] |en )?este numero"
    r"|用?这个(?:电话|手机)?号码?|add it"
    r"|(?:quiero )?(?:usa|utiliza)r? l[oa]s mism[oa]s(?: datos)?|l[oa]s mism[oa]s"
    r"|(?:quiero )?usarlos|usalos"
    r"|(?:quiero )?anad(?:ir|e)(?:l[oa])?|agrega(?:r|l[oa])?|添加|加上|加进去|使用|用(?:一样|相同"
    r"|同样)的?.{0,6}"
)


def _whole(*patterns: str) -> "re.Pattern[str]":
    """Return what matches one or several of the patterns, and nothing else but politeness."""
    one = "|".join(patterns)
    return re.compile(rf"{_POLITE}(?:{one})(?:[ ,.!。]+{_POLITE}(?:{one}))*[ ,]*{_POLITE}[ .!。]*")


_YES_CANCEL = (
    r"(?:yes|si|是的?|好的?)[ ,]*(?:please )?(?:i want to |quiero |我?要)?"
    r"(?:cancel(?:a|ar)?|stop|取消)(?: it| todo| everything)?"
)
_YES = _whole(_PLAIN_YES, _AGREE, _GO_ON, _SEND, _USE, _YES_CANCEL)
_NO = _whole(
    r"n|no|nope|nah|not|not now|not yet|never|(?:i'd )?rather not|(?:of course|absolutely|sure) not"
    r"|(?:i |we )?(?:don'?t|do not)(?: (?:agree|accept|consent|want (?:to|that|it|this)))?"
    r"|(?:do not|don'?t) (?:send|do|cancel|use|add)(?: it| that| them)?|i disagree|disagree"
    r"|no(?: lo)? (?:acepto|quiero|envies|mandes)|no estoy de acuerdo|ahora no|todavia no|nunca"
    r"|(?:claro|por supuesto) que no|no quiero (?:cancelar|usarl[oa]s|anadirl[oa])"
    r"|不|不是|不要|不用|我?不同意|我?不接受|不行|否|不了|不好|不对|不可以|不发送?|先不要?",
    rf"(?:no|不)[ ,]*(?:{_GO_ON})|keep (?:it|everything)|no[ ,]*keep (?:it|everything)",
)
_CANCEL = _whole(
    r"(?:cancel(?: it| this| that| everything)?"
    r"|(?:cancel|stop) (?:the|this|my) (?:form|request|consultation)|stop(?: it| this| now)?"
    r"|cancela(?:r|l[oa])?(?: todo| la solicitud)?|取消(?:吧|了|申请|请求|预约|咨询|表格|填写"
    r"|它)?)",
    r"i (?:want|would like|'d like) to (?:cancel|stop|quit)(?: it| this)?|i'd like to (?:cancel"
    r"|stop)"
    r"|forget (?:it|about it)|never ?mind|quit|exit|abort|i(?:'ve| have)? changed my mind"
    r"|i don'?t want (?:this|it|to (?:go on|continue))(?: any ?more)?"
    r"|(?:delete|erase|remove) (?:my |all |all my )?(?:data|details|information|everything)",
    r"quiero (?:cancelar|parar)|dejalo|olvidalo|ya no quiero(?: seguir| continuar| esto)?|parar?"
    r"|borra(?:r)? (?:todos )?mis datos|我?要取消|我?想取消|不填了|算了|不想填了?|退出|停止|停"
    r"|删除我?的?(?:所有)?(?:数据|信息|资料)",
)
_BACK = _whole(
    r"back|go back|(?:go )?back one(?: step| question)?|(?:the )?previous(?: question| one| step)?"
    r"|one (?:step|question) back|atras|volver(?: atras)?|(?:la )?(?:pregunta )?anterior|regresar"
    r"|返回|上一(?:步|题|个|个问题)|后退|回去|回到上一(?:步|题)"
)
_SKIP = _whole(
    r"skip(?: it| this| that| this question)?|pass|next(?: question)?|leave it (?:out|empty|blank)"
    r"|i(?:'d| would) (?:rather|prefer) not(?: to)?(?: say| answer| tell)?"
    r"|(?:i )?prefer not(?: to)?(?: say| answer)?|i don'?t want to (?:say|answer|tell)(?: you"
    r"| that)?"
    r"|nothing|nothing else|none|no questions?|i (?:have|don'?t have|do not have)(?: an?y?"
    r"| no)?(?: more)? questions?|not sure|(?:i )?(?:don'?t|do not) know|no idea"
    r"|(?:leave|keep) it as it is|leave it",
    r"salta(?:r|l[oa])?|omitir|siguiente|prefiero no (?:decir|contestar|responder)(?:lo)?|nada"
    r"|nada mas|no (?:lo )?se|ningun[oa]|ninguna pregunta|no tengo (?:ninguna |mas )?preguntas?"
    r"|sin preguntas",
    r"跳过|不想说|不想回答|下一(?:题|个|步)|没有|没有了|不知道|不清楚|没有问题|略过",
)
# Nothing to take, nothing to do: the question is asked again.
_CHAT = _whole(
    r"hi|hello|hey|hello again|i'?m back|are you there|thanks?(?: you)?(?: very much| so much"
    r"| a lot)?|thx"
    r"|good (?:morning|evening|afternoon)|wait|no[ ,]+wait|hold on|one moment|just a (?:moment"
    r"|second)"
    r"|h+m+|uhm?|oops",
    r"hola|buen[oa]s(?: dias| tardes| noches)?|(?:muchas )?gracias|no[ ,]+espera|espere?"
    r"|(?:un )?momento",
    r"你好|您好|谢谢|在吗|等等|等一下|稍等|不对[ ,]*等等",
)
_START_AGAIN = _whole(
    r"(?:no[ ,]+)?(?:start (?:again|over|new|a new one|from (?:the )?beginning)|begin again)"
    r"|new(?: one| request)|(?:no[ ,]+)?(?:volver a )?empezar(?: de nuevo| otra vez)?|de nuevo"
    r"|重新开始|重来|重新填写?|从头开始"
)

# At most questions every "why" is about the form; where any text is an answer, only these.
_WHY = re.compile(
    r"(?:and |but |sorry,? |ok,? |y |pero )*[¿ ]*(?:why\b|what for|what is (?:it|this|that) for"
    r"|what (?:do you|d'you) .*(?:need|want|for)|what happens (?:to|with) (?:my|it|this|the)"
    r"|who (?:gets|sees|reads) (?:it|this|my|the)|por que|para que|quien (?:ve|lee|recibe)"
    r"|你?们?(?:为什么|为何|干嘛|干什么用|谁会看))"
)
_WHY_OF_THE_FORM = re.compile(
    r"[¿ ]*(?:why(?: (?:do|would|must|should) (?:you|i|we) (?:need|ask|want|have|tell|say"
    r"|give)\b.*)?"
    r"|why (?:is|are) (?:that|this|it) (?:needed|necessary|asked)|what(?: is (?:it|this|that))? for"
    r"|what do you need (?:it|this|that|my .*) for|(?:por|para) que"
    r"|por que (?:lo |la )?(?:necesita|pregunta|pide|quiere)\w*.*|para que (?:lo |la )?\w+"
    r"|你?们?为(?:什么|何)(?:要|需要|问|要问|需要知道)?(?:这个|这些|我的.*)?|干嘛|干什么用)[ ?.!]*"
)

_CHANGE = (
    r"\b(?:change|correct|edit|fix|update|wrong|incorrect|mistake|redo|mistyped|misspelt"
    r"|misspelled)\b"
    r"|\b(?:cambia|cambio|corrig|corregi|modific|equivo|incorrect[oa]\b)|\besta mal\b"
    r"|修改|改|更正|错了|填错|写错|不对"
)
_FIELD_WORDS: Dict[str, str] = {
    "contact_name": r"\bname\b|\bnombre\b|名字|姓名",
    "contact": r"\be-?mails?\b|\bmail\b|\baddress\b|\b(?:tele)?phone\b|\bnumber\b|\bcontacto?\b"
    r"|\bcorreo\b|\btelefono\b|\bnumero\b|邮箱|邮件|电话|手机|号码|联系",
    "patient_age": r"\bage\b|\bold\b|\bedad\b|年龄|岁数|几岁|多大",
    "sma_type": r"\btypes?\b|\btipo\b|型",
    "diagnosis": r"\bdiagnos|诊断|确诊",
    "place": r"\bplace\b|\bcountry\b|\bcity\b|\bwhere\b|\bpais\b|\bciudad\b|\blugar\b"
    r"|国家|城市|地方|地点|所在|居住|哪里",
    "language": r"\blanguage\b|\bidioma\b|\blengua\b|语言|语种",
    "question": r"\bquestion\b|\bmessage\b|\bpregunta\b|\bmensaje\b|问题|留言",
    "consent": r"\bconsent\b|\bagree|\bconsentimiento\b|\bacuerdo\b|同意",
    "for_whom": r"\bwhom?\b|\bpatient\b|\bperson\b|\bpaciente\b|\bquien\b|为谁|给谁|患者|对象"
    r"|[:：] ?(?:for|para)$",
}
_CONTACT_FIELDS: Dict[str, str] = {
    "email": r"\be-?mails?\b|\bmail\b|\bcorreo\b|邮箱|邮件",
    "phone": r"\b(?:tele)?phone\b|\bnumber\b|\btelefono\b|\bnumero\b|电话|手机|号码",
}
_ANY_FIELD = "|".join(_FIELD_WORDS.values())
# Where any text is an answer, only a message that is all about changing something is that.
_ONLY_CHANGE = re.compile(
    r"(?:(?:please|can i|could i|could you|can you|i (?:want|need|would like) to|quiero|quisiera"
    r"|puedo"
    r"|我?想|我?要|请)[ ,]*)?"
    r"(?:change|correct|edit|fix|update|redo|cambiar?|corregir|corrige|modificar?|editar|修改|更正)"
    rf"[: ]*(?:the |my |el |la |mi |我的)?(?:[\w'-]+ ){{0,2}}(?:{_ANY_FIELD})\w{{0,4}}"
    r"(?: number| address|方式|地址)?(?: please)?(?: (?:to|into|a|por) .+)?[ ?.!]*"
    rf"|(?:no[ ,]+)?(?:the |my |el |la |mi |我的)?(?:[\w'-]+ )?(?:{_ANY_FIELD})(?: number"
    rf"| address)?[ ]?"
    r"(?:is|was|are|esta|es)? ?(?:wrong|incorrect|mistyped|misspel\w+|mal|incorrect[oa]"
    r"|equivocad[oa]"
    r"|填?写?错了|不对)(?:[,;.: ]+.*)?"
)
_REMOVE = re.compile(
    r"(?:please |por favor |请)?(?:(?:remove|delete|erase|drop|quit|borr|elimin)\w*\b|删除|去掉)"
)
_CHANGE_BUTTON = re.compile(r"(?:change|cambiar|修改) ?:")
# What it should be instead: "change the name to Ana", "the name is wrong, it's Ana".
_INSTEAD = re.compile(
    r"\b(?:change|correct|update|fix|edit|cambi\w+|corr\w+|modific\w+)\b.{1,40}?\s(?:to|into|a"
    r"|por)\s+"
    r"(?P<to>.+)$"
    r"|\b(?:wrong|incorrect|mistake|mistyped|misspel\w+|mal|equivocad[oa]|incorrect[oa])\b"
    r"[\s,;.:-]*(?:(?:it|he|she)(?:'s| is)|(?:it )?(?:should be|must be)|(?:debe|deberia) ser"
    r"|es)\s+"
    r"(?P<is>.+)$"
    r"|(?:改成|改为|换成|应该是|应为|(?:错了|不对)[\s,，。;；]*是)\s*(?P<zh>.+)$",
    re.IGNORECASE,
)

_COMMANDS = {
    "cancel": _CANCEL,
    "back": _BACK,
    "skip": _SKIP,
    "start_again": _START_AGAIN,
    "yes": _YES,
    "no": _NO,
    "chat": _CHAT,
}
_CONSENTS = _whole(_PLAIN_YES, _AGREE)
_SENDS = _whole(_PLAIN_YES, _SEND, _GO_ON)
_CONFIRMS = _whole(_PLAIN_YES, _YES_CANCEL)
_CANCELS_WITH_YES = _whole(_YES_CANCEL)
_STARTS_WITH_YES = re.compile(r"(?:yes|yeah|yep|ok|okay|sure|si|vale|claro)\b|是|好|可以")


def command_of(text: str) -> Optional[str]:
    """Return cancel, back, skip, start_again, yes, no, chat or why; None for anything else."""
    folded = _short(text)
    if not folded:
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


def is_consent(text: str) -> bool:
    """Say whether `text` agrees; "send it" doesn't, whatever it was pressed for."""
    return _CONSENTS.fullmatch(_short(text)) is not None


def is_go_ahead(text: str) -> bool:
    """Say whether `text` lets the request be sent; "I agree", pressed twice, doesn't."""
    return _SENDS.fullmatch(_short(text)) is not None


def is_plain_yes(text: str) -> bool:
    """Say whether `text` is a yes to anything: "go on" isn't one to "cancel?"."""
    return _CONFIRMS.fullmatch(_short(text)) is not None


def is_yes_to_cancelling(text: str) -> bool:
    """Say whether `text` is a yes that can only be one to "cancel?": "Yes, cancel"."""
    return _CANCELS_WITH_YES.fullmatch(_short(text)) is not None


def starts_with_yes(text: str) -> bool:
    """Say whether `text` begins with a yes, whatever comes after it."""
    return _STARTS_WITH_YES.match(fold(text)) is not None


def is_why_of_the_form(text: str) -> bool:
    """Say whether "why" can only be about the form's question, not about the treatment."""
    return _WHY_OF_THE_FORM.fullmatch(fold(text)) is not None


def field_named(text: str) -> Optional[str]:
    """Return the step whose field a message names ("why my age?"), or None."""
    folded = fold(text)
    named = (step for step, words in _FIELD_WORDS.items() if re.search(words, folded))
    return next(named, None)


def contact_fields_named(text: str) -> Tuple[str, ...]:
    """Return email, phone or both, as far as a message names them."""
    folded = fold(text)
    return tuple(name for name, words in _CONTACT_FIELDS.items() if re.search(words, folded))


def step_to_change(text: str) -> Optional[str]:
    """Return the step that somebody wants to change ("the name is wrong"), or None."""
    folded = fold(text)
    if len(folded) > 2 * _LONGEST or not re.search(_CHANGE, folded):
        return None
    return field_named(text)


def is_only_change(text: str) -> bool:
    """Say whether a message is about changing something, and about nothing else."""
    folded = _short(text)
    return bool(folded) and _ONLY_CHANGE.fullmatch(folded) is not None


def is_removal(text: str) -> bool:
    """Say whether something entered is to be taken out ("remove my phone number")."""
    return _REMOVE.match(fold(text)) is not None


def is_change_button(text: str) -> bool:
    """Say whether a button was pressed: "Change: SMA diagnosed" diagnoses nothing."""
    return _CHANGE_BUTTON.match(fold(text)) is not None


def new_value(text: str) -> str:
    """Return what a correction says it should be ("change the name to Ana" -> "Ana"), or ""."""
    line = clean_line(text)
    match = _INSTEAD.search(line)
    return next((part for part in match.groups() if part), "") if match else ""


def _short(text: str) -> str:
    """Return `text` folded; nothing when it is too long for a command."""
    if len(text) > 10 * _LONGEST:
        return ""
    folded = fold(text)
    return folded if len(folded) <= _LONGEST else ""
