"""The independent clients that keep the stand-ins honest: npm packages, installed when missing."""

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
_SECONDS = 300.0


def node(package: str) -> str:
    """Return the `node` command, with the npm packages installed; skip the test without node.

    Args:
        package: the one the test needs.
    """
    command, npm = shutil.which("node"), shutil.which("npm")
    if not command or not npm:
        pytest.skip("needs node and npm, for a client that others have written")
    if not (FOLDER / "node_modules" / package).is_dir():
        installed = subprocess.run(
            [npm, "ci"], cwd=FOLDER, capture_output=True, text=True, timeout=_SECONDS
        )
        if installed.returncode != 0:
            pytest.skip(f"npm ci failed: {installed.stderr[-300:]}")
    return command
