"""Encrypting everything that is stored with the newest key."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from consultations.models import metadata
from storage import encryption
from storage.database import writing
from storage.encryption import EncryptedText
from storage.errors import EncryptionError


def rotate(engine: Engine) -> int:
    """Encrypt personal columns with the newest key, plain rows as well; return how many rows.

    Raises:
        EncryptionError: there is no key, or a row needs one that isn't configured; nothing changed.
        StorageError: the database can't be written; nothing changed.
    """
    if encryption.cipher() is None:
        raise EncryptionError("CONSULTATIONS_KEY: not set, so there is nothing to encrypt with")
    changed = 0
    with writing(engine) as connection:
        for table in metadata.sorted_tables:
            personal = [c for c in table.columns if isinstance(c.type, EncryptedText)]
            if personal:
                changed += _rotate_table(connection, table, personal)
    return changed


def _rotate_table(connection: Connection, table: Any, personal: Any) -> int:
    (identity,) = table.primary_key.columns
    # Locked, so that what somebody saves meanwhile isn't overwritten with what was there before.
    rows = connection.execute(sa.select(identity, *personal).with_for_update()).all()
    for row in rows:
        values = {column.name: row._mapping[column] for column in personal}
        mine = identity == row._mapping[identity]
        connection.execute(sa.update(table).where(mine).values(values))
    return len(rows)
