"""A payload is exactly what our buttons send, and nothing else is one."""

import pytest

from knowledge.payload import REQUEST_CONSULTATION, Payload, read


@pytest.mark.parametrize("intent", ["ask_cost", "ask_adults_in_trials", REQUEST_CONSULTATION])
@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_what_is_written_is_read(intent: str, language: str) -> None:
    assert read(str(Payload(intent, language))) == (intent, language)


def test_it_is_as_rasa_writes_it_and_fits_into_telegrams_buttons() -> None:
    written = str(Payload("ask_cost", "es"))
    assert written == '/ask_cost{"language": "es"}'
    assert len(written.encode()) <= 64


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/ask_cost",
        "/restart",
        '/restart{"language": "en"}',
        '/emergency_medical{"language": "en"}',
        '/ask_cost{"language": "en", "consultation_reference": "SMA-7K3F-9QX2"}',
        '/ask_cost{"reference": "en"}',
        '/ask_cost{"language": "english"}',
        ' /ask_cost{"language": "en"}',
        '/ask_cost{"language": "en"}\n',
        '/ask_cost{"language": "en"} and more',
        '//ask_cost{"language": "en"}',
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert read(text) is None
