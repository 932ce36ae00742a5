"""The documents and topics the actions answer from, read once when the action server starts."""

from functools import lru_cache

import settings
from knowledge.catalogue import Catalogue, load_catalogue


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the topic catalogue.

    Raises:
        knowledge.document.DocumentError: the documents don't fit together.
    """
    return load_catalogue(settings.DOCUMENTS, settings.page_url())


catalogue()  # a broken document stops the action server at its start, not a visitor's question
