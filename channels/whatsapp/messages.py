"""What a message that Twilio passes on from WhatsApp says.

https://www.twilio.com/docs/messaging/guides/webhook-request
"""

import re
from dataclasses import dataclass
from typing import Optional

import settings
from channels.whatsapp.account import SENDER
from channels.whatsapp.request import BAD, Parameters, RefusedError

_MESSAGE = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
# A visitor with a user name may have no number but an id, as US.13491208655302741918:
# https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
_VISITOR = re.compile(r"whatsapp:([A-Za-z0-9+._-]{3,150})")
_NEEDS_NO_ANSWER = ("reaction", "system")


@dataclass(frozen=True)
class Message:
    """A visitor's message.

    Attributes:
        sid: Twilio's id of it.
        visitor: their number with +, or the id that WhatsApp gives them.
        text: what was typed or pressed; empty when there is nothing to read.
        fixed: the name of the text that is replied where there is nothing to read.
        is_pressed: a button was pressed; its title is the text.
        replied_to: Twilio's id of the message of ours that was replied to.
    """

    sid: str
    visitor: str
    text: str
    fixed: str = ""
    is_pressed: bool = False
    replied_to: str = ""

    @property
    def address(self) -> str:
        """Where replies go."""
        return f"whatsapp:{self.visitor}"

    @property
    def phone(self) -> str:
        """The visitor's number, for which WhatsApp vouches; empty when it doesn't tell."""
        return self.visitor if SENDER.fullmatch(self.address) else ""


def message_of(parameters: Parameters) -> Optional[Message]:
    """Return the message in genuine parameters; None when nobody waits for an answer.

    Raises:
        RefusedError: it isn't a WhatsApp message to this clinic.
    """
    sid, account = parameters.get("MessageSid"), parameters.get("AccountSid")
    visitor = _VISITOR.fullmatch(parameters.get("From"))
    is_ours = account == settings.twilio_account_sid()
    if not _MESSAGE.fullmatch(sid) or not visitor or not is_ours:
        raise RefusedError(BAD)
    if parameters.get("To") != settings.whatsapp_from():
        raise RefusedError(BAD)
    if parameters.get("From") == parameters.get("To"):  # `make check-whatsapp` asks so
        return None
    text = (parameters.get("ButtonText") or parameters.get("Body")).strip()
    if not text and parameters.get("MessageType") in _NEEDS_NO_ANSWER:
        return None
    return Message(
        sid,
        visitor[1],
        text,
        "" if text else _fixed(parameters),
        bool(parameters.get("ButtonText")),
        parameters.get("OriginalRepliedMessageSid"),
    )


def _fixed(parameters: Parameters) -> str:
    is_recording = parameters.get("MediaContentType0").startswith("audio/")
    return "whatsapp_no_voice" if is_recording else "whatsapp_no_media"
