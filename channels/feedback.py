"""What visitors think of answers: kept for staff, without anybody's words.

`python -m channels.feedback` prints what was found helpful, wrong or outdated, by topic.
"""

import sys
from collections import Counter
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, Dict, List, Tuple

import sqlalchemy as sa

from channels.tables import metadata
from storage.database import CHANNELS, create_engine, reading, writing
from storage.errors import ConfigurationError, StorageError
from storage.migrate import migrate

VALUES = ("helpful", "wrong", "outdated")

_feedback = sa.Table(
    "answer_feedback",
    metadata,
    sa.Column("entry", sa.String(200), primary_key=True),
    sa.Column("value", sa.String(10), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("topic", sa.String(100), nullable=False),
    sa.Column("given_at", sa.DateTime, nullable=False),
)


@lru_cache(maxsize=1)
def _engine() -> Any:
    engine = create_engine(database=CHANNELS)
    migrate(engine)
    return engine


def keep(entry: str, value: str, outcome: Dict[str, Any]) -> None:
    """Keep one of VALUES for an answer; a later one for the same entry replaces it.

    Raises:
        StorageError: it can't be kept.
    """
    values = {
        "entry": entry,
        "value": value,
        "kind": str(outcome.get("kind")),
        "topic": str(outcome.get("topic") or ""),
        "given_at": datetime.now(timezone.utc).replace(tzinfo=None),
    }
    with writing(_engine()) as connection:
        connection.execute(sa.delete(_feedback).where(_feedback.c.entry == entry))
        connection.execute(sa.insert(_feedback).values(**values))


def table() -> List[Tuple[str, str, Dict[str, int]]]:
    """Return kind, topic and the count of each value, the most complained about first.

    Raises:
        StorageError: it can't be read.
    """
    with reading(_engine()) as connection:
        rows = connection.execute(sa.select(_feedback)).all()
    counts: Dict[Tuple[str, str], Counter[str]] = {}
    for row in rows:
        counts.setdefault((row.kind, row.topic), Counter())[row.value] += 1
    ordered = sorted(counts.items(), key=lambda item: item[1]["helpful"] - sum(item[1].values()))
    return [(kind, topic, dict(count)) for (kind, topic), count in ordered]


def main() -> int:
    """Print the table; 1 when the database can't be read."""
    try:
        lines = table()
    except (StorageError, ConfigurationError) as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201
        return 1
    print(f"{'kind':14} {'topic':28} " + " ".join(f"{value:>9}" for value in VALUES))  # noqa: T201
    for kind, topic, count in lines:
        numbers = " ".join(f"{count.get(value, 0):>9}" for value in VALUES)
        print(f"{kind:14} {topic:28} {numbers}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
