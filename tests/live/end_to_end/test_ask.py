"""`make ask`: one question from the command line."""

import subprocess

from tests.conftest import ROOT


def ask(question: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["make", "ask", f"Q={question}"], cwd=ROOT, capture_output=True, text=True
    )


def test_intent_confidence_outcome_and_reply_are_printed() -> None:
    finished = ask('What\'s "nusinersen"; is it a drug?')
    assert finished.returncode == 0, finished.stderr
    for expected in (
        "intent:     ask_what_is_spinraza",
        "confidence: ",
        '"kind": "answer"',
        "“Spinraza (nusinersen) is a medication used for",
    ):
        assert expected in finished.stdout


def test_nothing_asked() -> None:
    finished = ask(" ")
    assert finished.returncode != 0
    assert "Error: ask something" in finished.stderr
