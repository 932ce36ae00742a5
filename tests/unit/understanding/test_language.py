"""Languages are told apart by letters and common words."""

import pytest

from understanding.language import detect_language, guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("???", "en"),
        ("cost", "en"),
        ("spinraza", "en"),
        ("how does it work", "en"),
        ("wat r teh sied efects", "en"),
        ("¿Cuánto cuesta el tratamiento para mi hija?", "es"),
        ("cuales son los efectos secundarios", "es"),
        ("这个药多少钱", "zh"),
        ("SMA是什么", "zh"),
        ("Qu'est-ce que Spinraza et comment est-il donné", "fr"),
        ("Wie wird das Medikament gegeben und was kostet es", "de"),
    ],
)
def test_guess(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["no", "me", "no respira", "precio"])
def test_what_is_as_spanish_as_english_speaks_for_neither(text: str) -> None:
    assert detect_language(text) is None


def test_further_spanish_words_decide() -> None:
    assert detect_language("no respira", frozenset({"respira"})) == "es"
    assert detect_language("no it does not respira", frozenset({"respira"})) == "en"
