"""The sink for trying things out: says what would be delivered. Nothing personal is printed."""

import sys

from consultations.sinks.base import Delivery


class ConsoleSink:
    """Prints the reference of every request."""

    def deliver(self, delivery: Delivery) -> None:
        """Print the reference and where it went."""
        sys.stdout.write(
            f"{delivery.reference} -> console (sent nowhere: CONSULTATION_SINKS names real sinks)\n"
        )
        sys.stdout.flush()
