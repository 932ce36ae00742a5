"""Where requests are delivered to; CONSULTATION_SINKS says which of these."""

from typing import Callable, Dict

import settings
from consultations.sinks.base import Sink
from consultations.sinks.console import ConsoleSink
from consultations.sinks.email import EmailSink
from consultations.sinks.webhook import WebhookSink
from consultations.sinks.wufoo import WufooSink
from storage.errors import ConfigurationError

SINKS: Dict[str, Callable[[], Sink]] = {
    "console": ConsoleSink,
    "webhook": WebhookSink.from_settings,
    "wufoo": WufooSink.from_settings,
    "email": EmailSink.from_settings,
}


def configured_sinks() -> Dict[str, Sink]:
    """Return the sinks of CONSULTATION_SINKS by name, ready to deliver.

    Raises:
        ConfigurationError: a name is unknown, or a setting that a sink needs is missing or wrong.
    """
    sinks = {}
    for name in settings.consultation_sinks():
        if name not in SINKS:
            raise ConfigurationError(
                f"CONSULTATION_SINKS: there is no sink {name!r}; there are {', '.join(SINKS)}"
            )
        sinks[name] = SINKS[name]()
    return sinks
