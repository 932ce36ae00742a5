"""A delivery as sinks get it."""

from datetime import datetime, timedelta, timezone

from consultations.sinks.base import Delivery
from tests.unit.consultations.samples import VALUES, a_request

REFERENCE = "SMA-7K3F-9QX2"
# What must not be in a log, an error or a notice.
PERSONAL = (VALUES["contact_name"], VALUES["email"], "+442079460018", VALUES["question"], "Lisbon")


def a_delivery(**changes: str) -> Delivery:
    """Return a delivery of a valid request, with some entries changed."""
    now = datetime.now(timezone.utc)
    request = a_request(**changes)
    received = now - timedelta(hours=2)
    return Delivery("11111111-2222-3333-4444-555555555555", REFERENCE, request, received, now)
