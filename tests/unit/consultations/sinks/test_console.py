"""The console shows that a request was there, and nothing of it."""

import pytest

from consultations.sinks.console import ConsoleSink
from tests.unit.consultations.sinks.deliveries import PERSONAL, REFERENCE, a_delivery


def test_only_the_reference_is_printed(capsys: pytest.CaptureFixture) -> None:
    ConsoleSink().deliver(a_delivery())
    printed = capsys.readouterr().out
    assert printed.startswith(f"{REFERENCE} -> console")
    assert not any(value in printed for value in PERSONAL)
