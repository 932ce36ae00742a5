"""Where a message carries its parts from one component to the next."""

from rasa.shared.nlu.training_data.message import Message

from understanding.parts import Parts

_PARTS = "parts"


def parts_of(message: Message) -> Parts:
    """Return the message's parts, the same ones each time; empty ones at first."""
    parts = message.get(_PARTS)
    if not isinstance(parts, Parts):
        parts = Parts()
        message.set(_PARTS, parts)
    return parts
