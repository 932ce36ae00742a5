"""A request as tests need it, and helpers that look into the database."""

from typing import Any, Dict, List

import sqlalchemy as sa

from consultations.request import ConsultationRequest, validate

VALUES = {
    "contact_name": "Ana Silva",
    "email": "ana@example.org",
    "phone": "+44 20 7946 0018",
    "for_whom": "my child",
    "patient_age": "8 months",
    "diagnosis": "yes",
    "sma_type": "type 1",
    "place": "Lisbon",
    "language": "Portuguese",
    "question": "How often are treatments?",
    "consent_version": "consent-3",
    "consent_at": "2026-11-25T10:00:00+00:00",
    "conversation": "visitor-1",
    "locale": "en",
}


def a_request(**changes: str) -> ConsultationRequest:
    """Return a valid request, with some entries changed."""
    return validate({**VALUES, **changes})


def rows(engine: Any, table: Any) -> List[Dict[str, Any]]:
    """Return all rows of a table."""
    with engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(sa.select(table))]


def count(engine: Any, table: Any) -> int:
    """Return how many rows a table has."""
    return len(rows(engine, table))
