"""What the bot says beside quotes is complete, short and plain."""

import re

import pytest
import yaml

import texts
from tests.conftest import ROOT

ENGLISH = yaml.safe_load((ROOT / "texts/en.yml").read_text(encoding="utf-8"))
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES_SAY = {name: variants[-1] for name, variants in DOMAIN["responses"].items()}

# Words that would state a medical fact or promise something. They belong in quotes only.
MEDICAL_OR_PROMISING = re.compile(
    r"\b(dose|inject\w*|treat\w*|cure\w*|heal\w*|safe|effective|works?|risk\w*|bleed\w*|kidney\w*"
    r"|SMN\d?|gene|trial\w*|improve\w*|eligible|guarantee\w*|promise\w*|surely|will help)\b",
    re.IGNORECASE,
)
# Which of them stand in the bot's own words, and why that is no medical statement.
ALLOWED = {"capabilities": set(), "unavailable": set()}


def syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouy]+", word.lower().rstrip("e"))))


def grade(text: str) -> float:
    """Flesch-Kincaid grade (Kincaid et al. 1975); grade + 5 is about the reading age."""
    sentences = max(1, len(re.findall(r"[.!?:](\s|$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def own_words() -> dict:
    return {**ENGLISH, **{name: response["text"] for name, response in RULES_SAY.items()}}


@pytest.mark.parametrize("name", sorted(own_words()))
def test_no_medical_statement_and_no_promise_outside_quotes(name: str) -> None:
    found = {match.group().lower() for match in MEDICAL_OR_PROMISING.finditer(own_words()[name])}
    assert found <= ALLOWED.get(name, set())


def test_the_bots_own_words_are_plain() -> None:
    words = own_words()
    whole = " ".join(re.sub(r"\{\w+\}", "", text) + "." for text in words.values())
    assert grade(whole) < 7, "reading age 12 is about grade 7"


@pytest.mark.parametrize("name", sorted(RULES_SAY))
def test_every_response_of_a_rule_carries_its_outcome(name: str) -> None:
    assert set(RULES_SAY[name]["custom"]) == {"kind", "topic"}


def test_a_missing_blank_is_an_error_and_not_a_hole_in_the_sentence() -> None:
    with pytest.raises(KeyError):
        texts.text("not_covered")
    with pytest.raises(KeyError):
        texts.text("no such text")


def test_unavailable_names_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "contact your doctor or the clinic" in texts.unavailable()
    monkeypatch.setenv("CONSULTATION_FORM_URL", "https://clinic.example/form")
    assert texts.unavailable().endswith("https://clinic.example/form")
