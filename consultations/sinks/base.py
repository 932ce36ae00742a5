"""What a sink is: somewhere a request is delivered to. One file each in this folder."""

from dataclasses import dataclass
from datetime import datetime
from typing import Optional, Protocol

import settings
from consultations.request import ConsultationRequest
from storage.errors import ConfigurationError


@dataclass(frozen=True)
class Delivery:
    """A request on its way. `id` stays the same however often it is tried."""

    id: str
    reference: str
    request: ConsultationRequest
    received: datetime  # when the request was made
    now: datetime


class DeliveryError(Exception):
    """A delivery failed; `code` says why in a few characters, with nothing personal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TemporaryError(DeliveryError):
    """Trying again later may help, in `retry_after` seconds if the receiver said so."""

    def __init__(self, code: str, retry_after: Optional[float] = None) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class PermanentError(DeliveryError):
    """Trying again won't help until somebody changes something."""


class Sink(Protocol):
    """Somewhere a request is delivered to."""

    def deliver(self, delivery: Delivery) -> None:
        """Deliver once, and return when the receiver has it.

        Raises:
            TemporaryError, PermanentError: it hasn't, or nobody knows.
        """


def required(sink: str, name: str, example: str) -> str:
    """Return the setting `name`.

    Raises:
        ConfigurationError: it is empty; names the sink that needs it, with an example.
    """
    value = settings.sink_setting(name)
    if not value:
        raise ConfigurationError(f"{name}: the sink {sink} needs it, for example {name}={example}")
    return value
