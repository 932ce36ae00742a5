"""The language of a message fills a slot; words alone are known from the examples."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from components.language_detector import LanguageDetector
from understanding.language import detect_language, spanish_words

EXAMPLES = ["cuál es el precio de la inyección", "what is the price", "hola, quiero saber más"]


def test_spanish_words_are_those_no_english_example_has() -> None:
    words = spanish_words(EXAMPLES)
    assert {"precio", "hola"} <= words
    assert "what" not in words


def test_a_mixed_message_does_not_make_a_word_english() -> None:
    mixed = "what should we do, mi niña respira fast"
    assert detect_language(mixed) == "en"
    spanish = [f"mi hija respira muy {how} desde ayer" for how in ("mal", "mucho", "raro")] * 2
    assert "respira" not in spanish_words([mixed, *spanish[:5]])
    assert "respira" in spanish_words([mixed, *spanish])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("precio", "es"),
        ("hola", "es"),
        ("spinraza", None),
        ("", None),
        ("?!", None),
        ("what is the price", "en"),
        ("это что", "other"),
        ("これは何ですか", "other"),
        ("什么", "zh"),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect_language(text, spanish_words(EXAMPLES)) == language


@pytest.mark.parametrize(("text", "language"), [("ok", "zh"), ("¿cuánto cuesta?", "es")])
def test_a_chosen_language_counts_where_words_dont_tell(text: str, language: str) -> None:
    detector = LanguageDetector(None, None, spanish_words(EXAMPLES))  # type: ignore[arg-type]
    message = Message.build(text)
    message.set("metadata", {"language": "zh"})
    detector.process([message])
    assert message.get("language") == language
