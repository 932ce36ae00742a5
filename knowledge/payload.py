"""What a button of a reply sends when it is pressed: an intent, in Rasa's notation.

    /ask_cost{"language": "es"}

So a button means the same however the model was trained. Only these few intents can be sent; any
other text with a slash is a visitor's words.
"""

import re
from typing import NamedTuple, Optional

ASK = "ask_"
REQUEST_CONSULTATION = "request_consultation"
# In the metadata of the message that pressing it becomes: the intent. Only channels put it there.
PRESSED = "pressed"
_PAYLOAD = re.compile(
    rf"/(?P<intent>{ASK}[a-z0-9_]+|{REQUEST_CONSULTATION})"
    r'\{"language": "(?P<language>[a-z]{2})"\}'
)


class Payload(NamedTuple):
    """What was meant, and the language of the button."""

    intent: str
    language: str

    @property
    def topic(self) -> Optional[str]:
        """The topic that is asked about, if one is."""
        return self.intent[len(ASK) :] if self.intent.startswith(ASK) else None

    def __str__(self) -> str:
        return f'/{self.intent}{{"language": "{self.language}"}}'


def read(text: str) -> Optional[Payload]:
    """Return the payload that `text` is, None when it is anything else, or more than that."""
    found = _PAYLOAD.fullmatch(text)
    return Payload(found["intent"], found["language"]) if found else None
