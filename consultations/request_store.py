"""Keeping requests: once each, however often they are sent, and only confirmed when stored."""

import dataclasses
import uuid
from datetime import datetime, timezone
from typing import Any, Dict, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

import settings
from consultations import drafts, reference
from consultations.models import deliveries, requests
from consultations.request import ConsultationRequest
from storage.database import reading, writing
from storage.errors import StorageError

_TRIES_FOR_A_FREE_REFERENCE = 10


def submit(engine: Engine, request: ConsultationRequest, key: str) -> str:
    """Store a request with its deliveries, forget its draft, and return its reference.

    Returns only after everything is committed. The same `key` (a draft's id, at most 64 characters)
    again stores nothing and returns the same reference, also when two processes do it at once.

    Raises:
        StorageError: nothing was stored; the draft is still there.
    """
    with writing(engine) as connection:
        for _ in range(_TRIES_FOR_A_FREE_REFERENCE):
            row = _row(request, key)
            insert = drafts.insert_of(connection, requests).values(row).on_conflict_do_nothing()
            if connection.execute(insert).rowcount:
                _add_deliveries(connection, row)
                if request.conversation is not None:
                    drafts.delete_in(connection, request.conversation)
                return str(row["reference"])
            # Stored before, so that a draft now is of a next request and stays.
            known = sa.select(requests.c.reference).where(requests.c.key == key)
            found = connection.execute(known).scalar()
            if found is not None:
                return str(found)
    raise StorageError("no free reference was found; nothing was stored")


def find(engine: Engine, request_id: str) -> Optional[ConsultationRequest]:
    """Return a stored request by its id (not its reference), or None when it was erased.

    Raises:
        StorageError: the database can't be read.
        EncryptionError: it was encrypted with a key that isn't configured.
    """
    with reading(engine) as connection:
        row = connection.execute(sa.select(requests).where(requests.c.id == request_id)).first()
    return None if row is None else from_row(row)


def reference_of(engine: Engine, conversation: str, since: datetime) -> Optional[str]:
    """Return the reference of the latest request of a conversation stored after `since`, or None.

    Conversations are kept encrypted, so rows are read one by one: ask for a short time only.

    Raises:
        StorageError: the database can't be read.
    """
    columns = (requests.c.reference, requests.c.conversation)
    query = sa.select(*columns).where(requests.c.created_at >= since)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(requests.c.created_at.desc()))
        return next((str(r.reference) for r in rows if r.conversation == conversation), None)


def from_row(row: Any) -> ConsultationRequest:
    """Return the request that a row of the table holds."""
    names = [field.name for field in dataclasses.fields(ConsultationRequest)]
    values = {name: getattr(row, name) for name in names}
    values["patient_age_months"] = int(values["patient_age_months"])
    return ConsultationRequest(**values)


def _row(request: ConsultationRequest, key: str) -> Dict[str, Any]:
    return {
        **dataclasses.asdict(request),
        "patient_age_months": str(request.patient_age_months),
        "id": str(uuid.uuid4()),
        "key": key,
        "reference": reference.new_reference(),
        "created_at": datetime.now(timezone.utc),
    }


def _add_deliveries(connection: Connection, row: Dict[str, Any]) -> None:
    rows = [
        {
            "id": str(uuid.uuid4()),
            "request_id": row["id"],
            "sink": sink,
            "state": "pending",
            "attempts": 0,
            "next_attempt_at": row["created_at"],
        }
        for sink in settings.consultation_sinks()
    ]
    connection.execute(sa.insert(deliveries), rows)
