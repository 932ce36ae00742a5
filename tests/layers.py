"""Tells how long each layer of the tests took; a plugin of pytest (see conftest.py)."""

from collections import defaultdict
from typing import Dict, Set

import pytest


def layer_of(nodeid: str) -> str:
    """Return the folder of tests/ that a test is in: `unit`, `rooms` or `live`."""
    parts = nodeid.split("/")
    return parts[1] if len(parts) > 2 else "tests"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tests and seconds of each layer; several processes' seconds are added up."""
    seconds: Dict[str, float] = defaultdict(float)
    tests: Dict[str, Set[str]] = defaultdict(set)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                layer = layer_of(report.nodeid)
                seconds[layer] += report.duration
                tests[layer].add(report.nodeid)
    if seconds:
        terminalreporter.section("time by layer")
    for layer in sorted(seconds, key=seconds.__getitem__):
        terminalreporter.write_line(
            f"{seconds[layer]:7.1f} s  {len(tests[layer]):5} tests  {layer}"
        )
