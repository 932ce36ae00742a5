"""What visitors sent and what is still owed to them: kept until it is answered, once.

A message is received, then answered (its replies are known), then done (they were sent). Providers
and browsers send again what they are unsure of; the second one is known by its id. After a crash
the unfinished ones are taken up again. A visitor's words and replies are erased when done.
"""

import contextlib
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Dict, List, Optional

import sqlalchemy as sa

from channels.tables import Tables, metadata
from channels.turns.answering import BotMessage
from storage.encryption import EncryptedText

RECEIVED, ANSWERED, DONE = "received", "answered", "done"
# Longer than any provider sends the same message again.
_KEEP_IDS = timedelta(days=30)

_messages = sa.Table(
    "channel_messages",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("message_id", sa.String(200), nullable=False),
    sa.Column("conversation", sa.String(100), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("address", EncryptedText),
    sa.Column("content", EncryptedText),
    sa.Column("replies", EncryptedText),
    sa.Column("sent", sa.Integer, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("channel", "message_id"),
)
_unfinished = sa.Index(
    "unfinished_channel_messages",
    _messages.c.channel,
    _messages.c.id,
    sqlite_where=_messages.c.state != DONE,
    postgresql_where=_messages.c.state != DONE,
)


@dataclass(frozen=True)
class Incoming:
    """A message as a channel received it.

    Attributes:
        message_id: the same when it comes again.
        conversation: Rasa's name (identity.conversation_of).
        text: the visitor's words.
        address: where replies go, in the channel's own terms.
        metadata: what goes to Rasa beside the text.
    """

    channel: str
    message_id: str
    conversation: str
    text: str
    address: Dict[str, Any] = field(default_factory=dict)
    metadata: Dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Unfinished:
    """A message that is still owed something; `replies` is None until it is answered."""

    row: int
    incoming: Incoming
    replies: Optional[List[BotMessage]] = None
    sent: int = 0  # how many parts of the replies the provider has taken
    is_resumed: bool = False  # received by an earlier run of the server


class Inbox(Tables):
    """The table of messages. All methods raise StorageError when it can't be reached."""

    def take(self, incoming: Incoming) -> Optional[Unfinished]:
        """Keep a message; return None when it was received before."""
        values = {
            "channel": incoming.channel,
            "message_id": incoming.message_id,
            "conversation": incoming.conversation,
            "state": RECEIVED,
            "address": json.dumps(incoming.address),
            "content": json.dumps({"text": incoming.text, "metadata": incoming.metadata}),
            "sent": 0,
            "received_at": self._now(),
        }
        with self._writing() as connection, contextlib.suppress(sa.exc.IntegrityError):
            result = connection.execute(sa.insert(_messages).values(**values))
            return Unfinished(int(result.inserted_primary_key[0]), incoming)
        return None

    def answered(self, row: int, replies: List[BotMessage]) -> None:
        """Keep the replies to a message, whose words aren't needed any more."""
        self._update(row, state=ANSWERED, replies=json.dumps(replies), content=None)

    def sent(self, row: int, count: int) -> None:
        """Note that the provider has taken `count` parts of the replies."""
        self._update(row, sent=count)

    def done(self, row: int) -> None:
        """Note that nothing is owed any more, and erase what was said."""
        self._update(row, state=DONE, address=None, content=None, replies=None)

    def unfinished(self, channel: str) -> List[Unfinished]:
        """Return what is owed to visitors of a channel, the oldest first."""
        mine = sa.and_(_messages.c.channel == channel, _messages.c.state != DONE)
        with self._writing() as connection:
            rows = connection.execute(sa.select(_messages).where(mine).order_by(_messages.c.id))
            return [_unfinished_of(row) for row in rows]

    def waiting(self, conversation: str) -> List[str]:
        """Return the ids of a conversation's messages that have no answer yet."""
        mine = sa.and_(_messages.c.conversation == conversation, _messages.c.state == RECEIVED)
        with self._writing() as connection:
            query = sa.select(_messages.c.message_id).where(mine).order_by(_messages.c.id)
            return [row.message_id for row in connection.execute(query)]

    def forget_old(self) -> None:
        """Erase the ids of messages that nobody will send again."""
        is_old = _messages.c.received_at < self._now() - _KEEP_IDS
        with self._writing() as connection:
            connection.execute(sa.delete(_messages).where(is_old, _messages.c.state == DONE))

    def _update(self, row: int, **values: Any) -> None:
        with self._writing() as connection:
            mine = _messages.c.id == row
            connection.execute(sa.update(_messages).where(mine).values(**values))


def _unfinished_of(row: Any) -> Unfinished:
    content: Dict[str, Any] = json.loads(row.content or "{}")
    incoming = Incoming(
        row.channel,
        row.message_id,
        row.conversation,
        str(content.get("text", "")),
        json.loads(row.address),
        content.get("metadata", {}),
    )
    replies = json.loads(row.replies) if row.replies is not None else None
    return Unfinished(row.id, incoming, replies, row.sent, is_resumed=True)
