"""Messages, buttons, webhooks, what WhatsApp was sent, feedback.

These tables are older than their history: a database may have them already, made table by table
as each was first used. What is there is kept as it is.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "channels_0001"
down_revision = None
branch_labels = ("channels",)
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes that aren't there. Encrypted columns are text to the database."""
    _table(
        "channel_messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("conversation", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("content", sa.Text),
        sa.Column("replies", sa.Text),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("channel", "message_id"),
    )
    unfinished = sa.text("state != 'done'")
    _index(
        "unfinished_channel_messages",
        "channel_messages",
        ["channel", "id"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
    _table(
        "telegram_buttons",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("kept_at", sa.DateTime, nullable=False),
    )
    _table(
        "telegram_webhooks",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
    )
    _table(
        "whatsapp_sent",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("message", sa.String(64), nullable=False, unique=True),
        sa.Column("conversation", sa.String(100), nullable=False),
        sa.Column("choices", sa.Text),
        sa.Column("sent_at", sa.DateTime, nullable=False),
    )
    _index("ix_whatsapp_sent_conversation", "whatsapp_sent", ["conversation"])
    _index("ix_whatsapp_sent_sent_at", "whatsapp_sent", ["sent_at"])
    _table(
        "answer_feedback",
        sa.Column("entry", sa.String(200), primary_key=True),
        sa.Column("value", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
    )


def _table(name: str, *columns: Any) -> None:
    if not sa.inspect(op.get_bind()).has_table(name):
        op.create_table(name, *columns)


def _index(name: str, table: str, columns: Any, **more: Any) -> None:
    there = {index["name"] for index in sa.inspect(op.get_bind()).get_indexes(table)}
    if name not in there:
        op.create_index(name, table, columns, **more)
