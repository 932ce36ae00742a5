"""What the WhatsApp channel keeps of what it sent: Twilio's id, and the choices a message offered.

With the choices a number in the visitor's next message is understood; with the ids a message whose
fate is unknown is found again in Twilio's list. Both go after 30 days.
"""

import contextlib
import json
from datetime import datetime, timedelta
from typing import Any, Callable, Dict, List, Optional, Set

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from channels.tables import Tables, metadata, utc_now
from storage.encryption import EncryptedText

Choice = Dict[str, str]  # "title" and "payload", as in a reply's buttons

_KEEP = timedelta(days=30)
_BETWEEN_CLEANINGS = timedelta(hours=12)

_sent = sa.Table(
    "whatsapp_sent",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("message", sa.String(64), nullable=False, unique=True),
    sa.Column("conversation", sa.String(100), nullable=False, index=True),
    sa.Column("choices", EncryptedText),
    sa.Column("sent_at", sa.DateTime, nullable=False, index=True),
)


class WhatsAppStore(Tables):
    """The table of messages sent. All methods raise StorageError when it can't be reached."""

    def __init__(self, url: Optional[str] = None, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__(url, now)
        self._cleaned_at: Optional[datetime] = None

    def keep(self, conversation: str, message: str, choices: List[Choice]) -> None:
        """Note a message that Twilio has taken, with the choices in it; older ones count no more.

        Args:
            conversation: Rasa's name.
            message: Twilio's id.
            choices: in the order in which they are numbered from 1; none: a number is a number.
        """
        values = {
            "message": message,
            "conversation": conversation,
            "choices": json.dumps(choices) if choices else None,
            "sent_at": self._now(),
        }
        with self._writing() as connection:
            self._clean(connection)
            # Found again in Twilio's list, it may be there already.
            with contextlib.suppress(sa.exc.IntegrityError), connection.begin_nested():
                connection.execute(sa.insert(_sent).values(**values))

    def last_choices(self, conversation: str) -> List[Choice]:
        """Return the choices of the last message to a conversation; empty when it had none."""
        newest = sa.select(_sent.c.choices).where(self._is_of(conversation))
        return self._choices(newest.order_by(_sent.c.id.desc()).limit(1)) or []

    def choices_of(self, conversation: str, message: str) -> Optional[List[Choice]]:
        """Return the choices of one message to a conversation; None when it isn't known."""
        same = sa.and_(self._is_of(conversation), _sent.c.message == message)
        return self._choices(sa.select(_sent.c.choices).where(same))

    def messages(self, conversation: str) -> Set[str]:
        """Return Twilio's ids of what was sent to a conversation."""
        query = sa.select(_sent.c.message).where(self._is_of(conversation))
        with self._writing() as connection:
            return {str(row.message) for row in connection.execute(query)}

    def _choices(self, query: Any) -> Optional[List[Choice]]:
        with self._writing() as connection:
            found = connection.execute(query).first()
        if found is None:
            return None
        choices: List[Choice] = json.loads(found.choices) if found.choices else []
        return choices

    def _is_of(self, conversation: str) -> Any:
        return sa.and_(_sent.c.conversation == conversation, _sent.c.sent_at >= self._now() - _KEEP)

    def _clean(self, connection: Connection) -> None:
        """Erase what is old, twice a day."""
        now = self._now()
        if self._cleaned_at is None or now - self._cleaned_at > _BETWEEN_CLEANINGS:
            connection.execute(sa.delete(_sent).where(_sent.c.sent_at < now - _KEEP))
            self._cleaned_at = now
