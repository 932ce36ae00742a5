"""Half-filled forms, kept so that a visitor can go on after a day or after a crash."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Dict, Optional

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from consultations.models import drafts
from storage.database import reading, writing


@dataclass(frozen=True)
class Draft:
    """What was entered so far. `id` is the key for `requests.submit`: one draft, one request."""

    id: str
    data: Dict[str, Any]
    updated_at: datetime


def conversation_key(conversation: str) -> str:
    """Return what a draft is found by: the conversation's id, hashed."""
    return hashlib.sha256(conversation.encode("utf-8", "surrogatepass")).hexdigest()


def load(engine: Engine, conversation: str) -> Optional[Draft]:
    """Return the draft of a conversation, or None.

    Raises:
        StorageError: the database can't be read.
    """
    with reading(engine) as connection:
        return _find(connection, conversation)


def save(engine: Engine, conversation: str, data: Dict[str, Any]) -> Draft:
    """Keep `data` (what JSON can hold) in place of what was there; the draft keeps its id.

    Raises:
        StorageError: the database can't be written; what was there is still there.
    """
    now = datetime.now(timezone.utc)
    changes = {"data": json.dumps(data), "updated_at": now}
    with writing(engine) as connection:
        insert = insert_of(connection, drafts).values(
            conversation_key=conversation_key(conversation),
            id=str(uuid.uuid4()),
            conversation=conversation,
            created_at=now,
            **changes,
        )
        connection.execute(
            insert.on_conflict_do_update(index_elements=["conversation_key"], set_=changes)
        )
        draft = _find(connection, conversation)
        assert draft is not None
        return draft


def delete(engine: Engine, conversation: str) -> bool:
    """Forget the draft of a conversation; say whether there was one.

    Raises:
        StorageError: the database can't be written.
    """
    with writing(engine) as connection:
        return delete_in(connection, conversation)


def delete_in(connection: Connection, conversation: str) -> bool:
    """Forget the draft of a conversation as a part of somebody else's transaction."""
    mine = drafts.c.conversation_key == conversation_key(conversation)
    return bool(connection.execute(sa.delete(drafts).where(mine)).rowcount)


def insert_of(connection: Connection, table: Any) -> Any:
    """Return the database's own INSERT, which knows ON CONFLICT."""
    dialects = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    return dialects[connection.dialect.name](table)


def _find(connection: Connection, conversation: str) -> Optional[Draft]:
    columns = (drafts.c.id, drafts.c.data, drafts.c.updated_at)
    mine = drafts.c.conversation_key == conversation_key(conversation)
    row = connection.execute(sa.select(*columns).where(mine)).first()
    return Draft(row.id, json.loads(row.data), row.updated_at) if row else None
