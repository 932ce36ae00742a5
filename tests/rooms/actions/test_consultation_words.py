"""What the form's buttons type is understood as what they say, in every language."""

import pytest

from actions.consultation_words import buttons_of, words_of
from consultations.dialogue import form, steps
from consultations.dialogue.commands import command_of, step_to_change
from consultations.dialogue.form import Turn
from consultations.dialogue.reading import read
from texts import text

LANGUAGES = ["en", "es", "zh"]
COMMANDS = {
    "cancel_yes": "yes",
    "cancel_no": "no",
    "go_on": "yes",
    "start_again": "start_again",
    "cancel": "cancel",
    "use": "yes",
    "no": "no",
    "yes": "yes",
    "add": "yes",
    "skip": "skip",
    "agree": "yes",
    "disagree": "no",
    "send": "yes",
}
VALUES = {
    "contact_name": "Ana",
    "email": "ana@example.org",
    "for_whom": "child",
    "patient_age": "8 months",
    "diagnosis": "yes",
    "sma_type": "1",
    "place": "Lisbon",
    "language": "Portuguese",
    "question": "How?",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("button", "command"), COMMANDS.items())
def test_a_button_is_its_command(language: str, button: str, command: str) -> None:
    assert command_of(text(f"form_button_{button}", language)) == command


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", [s.name for s in steps.STEPS if s.name != "consent"])
def test_a_button_changes_its_step(language: str, step: str) -> None:
    label = text(f"form_label_{step}", language)
    button = text("form_button_change", language, label=label)
    assert step_to_change(button) == step


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", ["for_whom", "diagnosis", "sma_type", "language"])
def test_a_button_is_an_answer(language: str, step: str) -> None:
    data = {**form.new(), "step": step}
    for button in buttons_of(Turn(data, [], ask=step), language):
        reading = read(button["payload"], step)
        assert reading.error is None, button
        assert step in reading.values, button


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_shows_everything_in_the_visitors_language(language: str) -> None:
    words = words_of(Turn({**form.new(), "values": VALUES}, [], ask=steps.SUMMARY), language)
    for value in ("Ana", "ana@example.org", "Lisbon", "Portuguese", "How?", "8"):
        assert value in words
    assert ("8 months" in words) is (language == "en")
    assert "child" not in words or language == "en"
