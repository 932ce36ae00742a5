"""A pressed button, as Rasa gets it: the words it stands for, and beside them what it means."""

from functools import lru_cache
from typing import Any, Dict, NamedTuple, Optional

import settings
import texts
from knowledge import payload
from knowledge.catalogue import Catalogue, load_catalogue

# In a message's metadata, beside the intent: what stands on the button.
TITLE = "title"


class Pressed(NamedTuple):
    """What pressing a button says: its title on the screen, the question in full to Rasa."""

    intent: str
    title: str
    words: str

    @property
    def metadata(self) -> Dict[str, Any]:
        """What goes to Rasa beside the words."""
        return {payload.PRESSED: self.intent, TITLE: self.title}


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    return load_catalogue(settings.DOCUMENTS)


def pressed(text: str) -> Optional[Pressed]:
    """Return what a button's payload stands for; None for what isn't one of ours."""
    meant = payload.read(text)
    if meant is None or not texts.is_spoken(meant.language):
        return None
    if meant.topic is None:
        title = texts.text("consultation_button", meant.language)
        words = texts.text("consultation_request", meant.language)
    elif meant.topic in _catalogue().topics:
        topic = _catalogue().topics[meant.topic]
        title, words = topic.title(meant.language), topic.words(meant.language)[1]
    else:
        return None
    return Pressed(meant.intent, title, words)
