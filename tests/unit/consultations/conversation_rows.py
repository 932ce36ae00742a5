"""Rasa's table of events, as its SQL tracker store makes it."""

import json
from typing import Any, List

import sqlalchemy as sa


def make_events(url: str, sender: str, texts: List[str], timestamp: float) -> None:
    """Add events to Rasa's table, which is made first if it isn't there."""
    engine = sa.create_engine(url, future=True)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE TABLE IF NOT EXISTS events (sender_id VARCHAR(255) NOT NULL,"
                " type_name VARCHAR(255) NOT NULL, timestamp FLOAT, data TEXT)"
            )
        )
        for text in texts:
            values = {"sender": sender, "time": timestamp, "data": json.dumps({"text": text})}
            connection.execute(
                sa.text("INSERT INTO events VALUES (:sender, 'user', :time, :data)"), values
            )
    engine.dispose()


def senders(url: str) -> List[str]:
    """Return whose events there are, once for each event."""
    engine = sa.create_engine(url, future=True)
    with engine.connect() as connection:
        found: List[Any] = list(
            connection.execute(sa.text("SELECT sender_id FROM events")).scalars()
        )
    engine.dispose()
    return sorted(found)
