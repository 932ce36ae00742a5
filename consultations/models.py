"""The tables.

Changing one needs a new migration: copy storage/migrations/versions/consultations_*.py, give it the
next number, and name the one before as its `down_revision`. A test compares the two.
"""

from datetime import datetime, timezone
from typing import Any, Optional

import sqlalchemy as sa

from storage.encryption import EncryptedText

metadata = sa.MetaData()


class UtcDateTime(sa.types.TypeDecorator):
    """Times with zone, kept in UTC on databases without zones (SQLite) as well."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Optional[datetime], dialect: Any) -> Optional[datetime]:
        """Return the time in UTC; a time without zone is a mistake of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone can't be stored")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: Optional[datetime], dialect: Any) -> Optional[datetime]:
        """Return the time in UTC."""
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=timezone.utc)).astimezone(
            timezone.utc
        )


requests = sa.Table(
    "requests",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("reference", sa.String(16), nullable=False, unique=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),  # idempotency: the draft's id
    sa.Column("contact_name", EncryptedText, nullable=False),
    sa.Column("email", EncryptedText),
    sa.Column("phone", EncryptedText),
    sa.Column("for_whom", EncryptedText, nullable=False),
    sa.Column("patient_age_months", EncryptedText, nullable=False),  # a number, encrypted as text
    sa.Column("diagnosis", EncryptedText, nullable=False),
    sa.Column("sma_type", EncryptedText, nullable=False),
    sa.Column("place", EncryptedText, nullable=False),
    sa.Column("language", EncryptedText, nullable=False),
    sa.Column("question", EncryptedText, nullable=False),
    sa.Column("conversation", EncryptedText),
    sa.Column("consent_version", sa.String(100), nullable=False),
    sa.Column("consent_at", UtcDateTime, nullable=False),
    sa.Column("locale", sa.String(8), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False, index=True),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("conversation_key", sa.String(64), primary_key=True),  # SHA-256 of the id
    sa.Column("id", sa.String(36), nullable=False, unique=True),
    sa.Column("conversation", EncryptedText, nullable=False),
    sa.Column("data", EncryptedText, nullable=False),  # JSON
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False, index=True),
)

# The outbox: what is still to be delivered, and what was.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column(
        "request_id",
        sa.String(36),
        sa.ForeignKey("requests.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("sink", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # pending, delivering, delivered, dead
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", UtcDateTime, nullable=False),
    sa.Column("leased_until", UtcDateTime),
    sa.Column("last_error", sa.String(200)),  # a short code, nothing personal
    sa.Column("delivered_at", UtcDateTime),
    sa.UniqueConstraint("request_id", "sink", name="deliveries_once_per_sink"),
    sa.Index("deliveries_due", "state", "next_attempt_at"),
)

# That something was erased, and nothing else.
erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("erased_at", UtcDateTime, nullable=False),
    sa.Column("why", sa.String(16), nullable=False),  # asked, retention
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("drafts", sa.Integer, nullable=False),
    sa.Column("deliveries", sa.Integer, nullable=False),
    sa.Column("events", sa.Integer, nullable=False),
)
