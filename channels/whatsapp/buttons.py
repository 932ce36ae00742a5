"""Buttons that can be pressed: a Content template of the clinic's, filled with a reply's words.

https://www.twilio.com/docs/content/twilio-quick-reply. deploy/whatsapp.md shows the template.
"""

import json
import re
from typing import Dict, List, Sequence

from channels.whatsapp.account import template_with
from channels.whatsapp.text import units

_LONGEST_TITLE = 20
_LONGEST_BODY = 1024
# https://www.twilio.com/docs/api/errors/21656: what no value in a body may hold.
_NOT_IN_A_VALUE = re.compile(r"[\n\r\t]| {5,}")
_MORE = "…"


def template_fields(body: str, titles: Sequence[str]) -> Dict[str, str]:
    """Return what sends a text with buttons, as parameters of Twilio's request.

    Empty when it can't be one: there is no template with so many buttons, or the text is too long
    or has several lines.
    """
    template = template_with(len(titles))
    if not template or not body or units(body) > _LONGEST_BODY or _NOT_IN_A_VALUE.search(body):
        return {}
    values = {"1": body}
    values.update({str(number): title for number, title in enumerate(shortened(titles), 2)})
    return {"ContentSid": template, "ContentVariables": json.dumps(values, ensure_ascii=False)}


def shortened(titles: Sequence[str]) -> List[str]:
    """Return titles of at most 20 characters, cut at a word, each another one."""
    short: List[str] = []
    for title in titles:
        fitting, number = _short(title), 2
        while fitting in short:
            fitting = _short(title, f" {number}")
            number += 1
        short.append(fitting)
    return short


def _short(title: str, end: str = "") -> str:
    """Return a title with `end` behind it, and before that an ellipsis where it was cut."""
    title = " ".join(title.split())
    if units(title + end) <= _LONGEST_TITLE:
        return title + end
    room = _LONGEST_TITLE - units(_MORE + end)
    while units(title) > room:
        head, space, _ = title.rpartition(" ")
        # A single long word, or Chinese: between characters.
        title = head if space and units(head) > 0 else title[:-1]
    return title.rstrip(" ,;:.") + _MORE + end
