"""What the Telegram channel keeps: buttons too long for Telegram, and how the webhook was set."""

import contextlib
import hashlib
from datetime import timedelta
from typing import Any, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from channels.tables import Tables, metadata

_KEEP = timedelta(days=90)

# The words of the bot's own buttons, nothing of a visitor.
_buttons = sa.Table(
    "telegram_buttons",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("kept_at", sa.DateTime, nullable=False),
)
_webhooks = sa.Table(
    "telegram_webhooks",
    metadata,
    sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
)


def key_of(payload: str) -> str:
    """Return the key of a button's payload, the same for the same payload."""
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class TelegramStore(Tables):
    """The two tables. All methods raise StorageError when they can't be reached."""

    def keep(self, payload: str) -> None:
        """Keep a button's payload under its key, for 90 days from now."""
        with self._writing() as connection:
            _replace(
                connection, _buttons.c.key, key_of(payload), payload=payload, kept_at=self._now()
            )

    def payload(self, key: str) -> Optional[str]:
        """Return the payload kept under a key; None when it isn't kept any more."""
        query = sa.select(_buttons.c.payload).where(
            _buttons.c.key == key, _buttons.c.kept_at >= self._now() - _KEEP
        )
        with self._writing() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found)

    def forget_old(self) -> None:
        """Erase what was kept for 90 days."""
        with self._writing() as connection:
            connection.execute(sa.delete(_buttons).where(_buttons.c.kept_at < self._now() - _KEEP))

    def webhook(self, bot: int) -> Optional[str]:
        """Return the fingerprint of the settings with which a bot's webhook was set last."""
        query = sa.select(_webhooks.c.fingerprint).where(_webhooks.c.bot == bot)
        with self._writing() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found)

    def set_webhook(self, bot: int, fingerprint: str) -> None:
        """Note with which settings a bot's webhook was set."""
        with self._writing() as connection:
            _replace(connection, _webhooks.c.bot, bot, fingerprint=fingerprint)


def _replace(connection: Connection, column: Any, key: object, **values: object) -> None:
    """Change the row whose `column` is `key`, or make it; another server may do the same now."""
    change = sa.update(column.table).where(column == key).values(**values)
    if connection.execute(change).rowcount:
        return
    new = sa.insert(column.table).values({column.name: key, **values})
    with contextlib.suppress(sa.exc.IntegrityError), connection.begin_nested():
        connection.execute(new)
