"""What every process of the project starts with."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "127.0.0.1,localhost,::1"),
        ("clinic.example, 127.0.0.1", "clinic.example,127.0.0.1,localhost,::1"),
    ],
)
def test_a_proxy_never_stands_between_our_own_processes(before: str, after: str) -> None:
    code = "import os; print(os.environ['no_proxy'], os.environ['NO_PROXY'])"
    env = {"PATH": os.environ["PATH"], "http_proxy": "http://127.0.0.1:9"}
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={**env, "no_proxy": before, "NO_PROXY": before},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.split() == [after, after]
