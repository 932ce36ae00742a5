"""The text that later components work on; Rasa's own stays as the visitor wrote it."""

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

CLEAN_TEXT = "clean_text"


def clean_text(message: Message) -> str:
    """Return the message's cleaned text, or its original one where nothing has cleaned it."""
    text = message.get(CLEAN_TEXT)
    return str(message.get(TEXT) or "") if text is None else str(text)
