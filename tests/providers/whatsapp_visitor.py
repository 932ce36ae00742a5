"""Somebody who writes to the clinic in WhatsApp: makes requests as Twilio does, and posts them."""

from typing import Any, Callable, Dict, List, Optional, Tuple

from tests.providers.whatsapp_server import ACCOUNT, SENDER, Message, WhatsAppServer

Pairs = List[Tuple[str, str]]
Post = Callable[[Pairs], int]  # signs and delivers, returns the status


class WhatsAppVisitor:
    """A person with a number."""

    def __init__(
        self, server: WhatsAppServer, post: Post, number: str = "", address: str = ""
    ) -> None:
        self._server, self._post = server, post
        self.number = number or f"+49151{int(server.new_sid()[2:], 16):08d}"
        self.address = address or f"whatsapp:{self.number}"
        self._read = len(server.messages(self.address))

    # What is sent, as parameters.

    def text(self, words: str, **more: str) -> Pairs:
        """Return the parameters for a message of text."""
        return self._pairs({"Body": words, "MessageType": "text", **more})

    def media(self, kind: str, caption: str = "", **more: str) -> Pairs:
        """Return the parameters for a message with a file, as image/jpeg or audio/ogg."""
        file = {"NumMedia": "1", "MediaContentType0": kind, "MediaUrl0": "https://api.twilio.com/x"}
        message_type = kind.split("/")[0]
        return self._pairs({"Body": caption, "MessageType": message_type, **file, **more})

    def press(self, message: Message, title: str) -> Pairs:
        """Return the parameters for pressing a button under one of the clinic's messages."""
        [button] = [button for button in message["buttons"] if button["title"] == title]
        pressed = {"ButtonText": title, "ButtonPayload": button["id"], "Body": title}
        return self._pairs({**pressed, "MessageType": "button", **self.quoting(message)})

    def quoting(self, message: Message) -> Dict[str, str]:
        """Return the parameters of a message that replies to one of the clinic's."""
        return {
            "OriginalRepliedMessageSender": SENDER,
            "OriginalRepliedMessageSid": message["sid"],
        }

    # What is done.

    def post(self, pairs: Pairs) -> None:
        """Deliver a message; fails the test when it isn't taken."""
        self._server.wrote(self.address)
        status = self._post(pairs)
        assert status == 200, status

    def reply(self) -> Message:
        """Return the clinic's next message to this visitor."""
        self._server.wait(lambda: len(self._server.messages(self.address)) > self._read)
        self._read += 1
        return self._server.messages(self.address)[self._read - 1]

    def ask(self, words: str, **more: str) -> str:
        """Send a message of text and return the reply's text."""
        self.post(self.text(words, **more))
        return str(self.reply()["body"])

    def unread(self) -> List[Message]:
        """Return what came and wasn't looked at."""
        return self._server.messages(self.address)[self._read :]

    def _pairs(self, values: Dict[str, Any], sid: Optional[str] = None) -> Pairs:
        name = sid or self._server.new_sid()
        everything = {
            "SmsMessageSid": name,
            "NumMedia": "0",
            "ProfileName": "Ana & Ben ünï 🙂",
            "WaId": self.number.lstrip("+"),
            "SmsSid": name,
            "SmsStatus": "received",
            "ReferralNumMedia": "0",
            "To": SENDER,
            "NumSegments": "1",
            "MessageSid": name,
            "AccountSid": ACCOUNT,
            "From": self.address,
            "ApiVersion": "2010-04-01",
            **values,
        }
        return list(everything.items())
