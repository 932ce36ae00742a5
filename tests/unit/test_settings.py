"""A setting that can't be meant is one line: which, what is wrong, what to do."""

import subprocess
import sys

import pytest

import settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "99999"),
        ("PORT", "0"),
        ("PORT", "-1"),
        ("PORT", "５００５"),
        ("ACTIONS_PORT", "5055.0"),
        ("ACTION_TIMEOUT_SECONDS", "ten"),
        ("ACTION_TIMEOUT_SECONDS", "nan"),
        ("ACTION_TIMEOUT_SECONDS", "0"),
        ("ACTION_TIMEOUT_SECONDS", "inf"),
        ("MESSAGES_PER_MINUTE", "abc"),
        ("MESSAGES_PER_MINUTE", "9" * 5000),
        ("PROXIES", "yes"),
        ("CONNECTIONS_PER_ADDRESS", "0"),
        ("RETENTION_DAYS", "1e3"),
        ("DRAFT_RETENTION_DAYS", "never"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    [problem] = settings.problems()
    assert problem.startswith(f"{name}={value}: expected ")
    assert "Correct it, or leave it empty for " in problem


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_value_is_the_default(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    names = ("PORT", "ACTIONS_PORT", "ACTION_TIMEOUT_SECONDS", "MESSAGES_PER_MINUTE", "PROXIES")
    for name in names:
        monkeypatch.setenv(name, value)
    assert settings.problems() == []
    found = (
        settings.port(), settings.actions_port(), settings.action_timeout_seconds(),
        settings.messages_per_minute(), settings.proxies(),
    )  # fmt: skip
    assert found == (5005, 5055, 10.0, 20, 0)


@pytest.mark.parametrize("script", ["serve", "chat", "ask"])
def test_nothing_starts_with_a_wrong_one(script: str) -> None:
    started = subprocess.run(
        [sys.executable, f"scripts/{script}.py", "hi"],
        cwd=settings.ROOT,
        env={"PATH": "", "PORT": "abc", "MESSAGES_PER_MINUTE": "many"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.returncode == 1
    assert started.stderr.splitlines() == [
        "Error: PORT=abc: expected a whole number from 1 to 65535. "
        "Correct it, or leave it empty for 5005.",
        "       MESSAGES_PER_MINUTE=many: expected a whole number from 1 to 10000. "
        "Correct it, or leave it empty for 20.",
    ]
