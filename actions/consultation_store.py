"""The database of consultation requests, as the actions reach it."""

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, Dict, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from consultations import drafts, request_store
from consultations.drafts import Draft
from consultations.erasure import Erased, erase
from consultations.models import requests as requests_table
from consultations.request import validate
from storage.database import create_engine, reading
from storage.migrate import migrate


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the engine, its tables up to date; made anew after a failure.

    Raises:
        StorageError: the database can't be reached.
        ConfigurationError: a setting is wrong.
    """
    made = create_engine()
    migrate(made)
    return made


def load_draft(conversation: str) -> Optional[Draft]:
    """Return what the conversation entered so far, or None. Raises as `engine` does."""
    return drafts.load(engine(), conversation)


def save_draft(conversation: str, data: Dict[str, Any]) -> Draft:
    """Keep what was entered. Raises as `engine` does."""
    return drafts.save(engine(), conversation, data)


def delete_draft(conversation: str) -> None:
    """Forget what was entered. Raises as `engine` does."""
    drafts.delete(engine(), conversation)


def submit(values: Dict[str, str], draft: Draft) -> str:
    """Store the request for good and return its reference.

    Raises:
        consultations.request.ValidationError: something in `values` is missing or wrong.
        StorageError, ConfigurationError: nothing was stored.
    """
    return request_store.submit(engine(), validate(values), draft.id)


def reference_of(conversation: str) -> Optional[str]:
    """Return the reference of a request the conversation sent within a day, or None.

    When the server died between storing and telling, the visitor hasn't heard of it.
    """
    since = datetime.now(timezone.utc) - timedelta(days=1)
    return request_store.reference_of(engine(), conversation, since)


def contact_of(reference: Optional[str]) -> Dict[str, str]:
    """Return name, e-mail and phone of an earlier request; empty when it is gone."""
    if not reference:
        return {}
    names = ("contact_name", "email", "phone")
    columns = [requests_table.c[name] for name in names]
    with reading(engine()) as connection:
        query = sa.select(*columns).where(requests_table.c.reference == reference)
        row = connection.execute(query).first()
    return {name: getattr(row, name) for name in names if row and getattr(row, name)}


def erase_conversation(conversation: str) -> Erased:
    """Erase everything of one conversation. Raises as `engine` does."""
    return erase(engine(), conversation)
