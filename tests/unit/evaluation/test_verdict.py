"""A verdict is found, and the bot's own words hold none."""

import pytest
import yaml

from evaluation.verdict import gives_verdict
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "Yes, that's fine.",
        "No. Wait a week.",
        "You should start now.",
        "Your son can have it.",
        "She will walk.",
        "That is normal after the injection.",
        "I’d recommend Spinraza.",
        "Please stop the treatment.",
        "Don't worry.",
        "He qualifies.",
    ],
)
def test_a_verdict_is_found(text: str) -> None:
    assert gives_verdict(text)


def test_words_in_quotes_are_the_pages() -> None:
    assert not gives_verdict("The page says: “Yes, you should start.”")


def test_the_bots_own_words_hold_no_verdict() -> None:
    texts = yaml.safe_load((ROOT / "texts" / "en.yml").read_text())
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    # Buttons are what the visitor says; "start again" is meant for the conversation there.
    controls = ("button", "widget_restart")
    said = [text for name, text in texts.items() if not any(word in name for word in controls)]
    said += [reply["text"] for replies in domain["responses"].values() for reply in replies]
    assert [text for text in said if gives_verdict(text)] == []
