"""What Twilio refuses when a WhatsApp message is to be sent, with the numbers it gives for it.

https://www.twilio.com/docs/api/errors, and /<number> for each. Where the documentation tells of a
failed message and not of a refused request, the message is taken and fails later, as there.
"""

import json
import re
from typing import Any, Dict, Tuple

WHATSAPP = re.compile(r"whatsapp:(\+[1-9]\d{5,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
LIMIT = 1600
BODY_WITH_BUTTONS, TITLE = 1024, 20
_HOLE = re.compile(r"\{\{(\w+)\}\}")
_NOT_IN_A_BODY = re.compile(r"[\n\t]| {5,}")


class RefusedError(Exception):
    """A request that Twilio refuses: HTTP status, and its own number."""

    def __init__(self, status: int, code: int, said: str) -> None:
        super().__init__(said)
        self.status, self.code, self.said = status, code, said

    @property
    def body(self) -> Dict[str, Any]:
        """What is answered."""
        return {
            "code": self.code,
            "message": self.said,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


def units(text: str) -> int:
    """Return a text's length in UTF-16 units, the longest way of counting characters."""
    return len(text.encode("utf-16-le")) // 2


def check_addresses(fields: Dict[str, str], sender: str) -> None:
    """Refuse a message that goes nowhere or comes from nobody."""
    to, origin = fields.get("To", ""), fields.get("From", "")
    if not to:
        raise RefusedError(400, 21604, "A 'To' phone number is required.")
    if not origin:
        raise RefusedError(400, 21603, "A 'From' phone number is required.")
    if not WHATSAPP.fullmatch(to):
        raise RefusedError(400, 21211, f"The 'To' number {to} is not a valid phone number.")
    if origin != sender:
        raise RefusedError(400, 63007, "Twilio could not find a Channel with the 'From' address")
    if to == origin:
        raise RefusedError(400, 63031, "Message cannot have the same To and From")
    callback = fields.get("StatusCallback", "")
    if callback and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", callback):
        raise RefusedError(400, 21609, f"The 'StatusCallback' URL {callback} is not a valid URL.")


def content_of(fields: Dict[str, str], templates: Dict[str, Any]) -> Tuple[str, Any, str]:
    """Return body, buttons, and the number with which WhatsApp fails it later (or nothing)."""
    if "ContentSid" in fields:
        return _filled(fields, templates)
    if fields.get("ContentVariables"):
        raise RefusedError(400, 21654, "ContentSid Required")
    body = fields.get("Body", "")
    if not body.strip():
        raise RefusedError(400, 21602, "Message body is required.")
    if units(body) > LIMIT:
        raise RefusedError(400, 21617, "The concatenated message body exceeds the 1600 limit")
    return body, [], ""


def _filled(fields: Dict[str, str], templates: Dict[str, Any]) -> Tuple[str, Any, str]:
    template = templates.get(fields["ContentSid"])
    if template is None:
        raise RefusedError(400, 21655, "The ContentSid is Invalid")
    try:
        values = json.loads(fields.get("ContentVariables") or "{}")
    except ValueError:
        values = None
    are_texts = isinstance(values, dict) and all(
        isinstance(value, str) and value for value in values.values()
    )
    if not are_texts:
        raise RefusedError(400, 21656, "The ContentVariables Parameter is invalid")
    if any(units(value) > LIMIT for value in values.values()):
        raise RefusedError(400, 21658, "Parameter exceeded character limit")
    for name in _HOLE.findall(template["body"]):
        if _NOT_IN_A_BODY.search(values.get(name, "")):
            raise RefusedError(400, 21656, "The ContentVariables Parameter is invalid")
    filled = json.loads(json.dumps(template))

    def fill(text: str) -> str:
        return _HOLE.sub(lambda hole: values.get(hole[1], f"sample {hole[1]}"), text)

    body = fill(filled["body"])
    buttons = [{"id": fill(b["id"]), "title": fill(b["title"])} for b in filled["actions"]]
    titles = [button["title"] for button in buttons]
    is_fine = (
        units(body) <= BODY_WITH_BUTTONS
        and all(0 < units(title) <= TITLE for title in titles)
        and len(set(titles)) == len(titles)
    )
    return body, buttons, "" if is_fine else "63013"
