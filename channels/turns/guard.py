"""What every channel does with a visitor's text before Rasa sees it."""

import re

from understanding.emergency_rules import emergency_rules

# A message is a few sentences. Longer ones hold everybody up: measured 4.5 s for 3 MB.
MAX_CHARACTERS = 4000

# Rasa fires any intent, `/restart` included, for a text that begins with a slash.
_COMMAND_PREFIX = re.compile(r"^[\s/]+")


def is_too_long(text: str) -> bool:
    """Say whether a message has to be asked for again in fewer words."""
    return len(text) > MAX_CHARACTERS


def defuse(text: str) -> str:
    """Return `text` so that Rasa takes it as a visitor's words and never as a command."""
    return _COMMAND_PREFIX.sub("", text).strip()


def is_emergency(text: str) -> bool:
    """Say whether a phrase in `text` tells of an emergency: that passes every limit."""
    return not is_too_long(text) and emergency_rules().find(text.lower().strip()) is not None
