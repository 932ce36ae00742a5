"""Wrong settings of sinks are named at the start, without showing secrets."""

import pytest

from consultations.sinks import SINKS, configured_sinks
from storage.errors import ConfigurationError

WHOLE = {
    "webhook": {
        "WEBHOOK_URL": "https://clinic.example/hook",
        "WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    },
    "wufoo": {
        "WUFOO_URL": "https://clinic.wufoo.com/api/v3/forms/x/entries.json",
        "WUFOO_API_KEY": "KEY-secret",
        "WUFOO_FIELDS": "contact_name=Field1, reference=Field2",
    },
    "email": {
        "SMTP_URL": "smtp://user:secret@mail.example.org",
        "EMAIL_FROM": "bot@example.org",
        "EMAIL_TO": "a@example.org, b@example.org",
    },
}


def set_up(monkeypatch: pytest.MonkeyPatch, sink: str, **changes: str) -> None:
    monkeypatch.setenv("CONSULTATION_SINKS", sink)
    for name, value in {**WHOLE[sink], **changes}.items():
        monkeypatch.setenv(name, value)


def test_an_unknown_sink(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATION_SINKS", "console,fax")
    with pytest.raises(ConfigurationError, match="no sink 'fax'; there are console, webhook"):
        configured_sinks()


@pytest.mark.parametrize(
    ("sink", "name", "value"),
    [(sink, name, "") for sink, names in WHOLE.items() for name in names]
    + [
        ("webhook", "WEBHOOK_URL", "http://clinic.example/hook"),
        ("webhook", "WEBHOOK_URL", "https://"),
        ("webhook", "WEBHOOK_URL", "http://[secret"),
        ("webhook", "WEBHOOK_SECRET", "whsec_secret~"),
        ("webhook", "WEBHOOK_SECRET", "whsec_"),
        ("webhook", "WEBHOOK_SECRET", "whsec_c2hvcnQ="),
        ("webhook", "WEBHOOK_SECRET", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        ("wufoo", "WUFOO_URL", "http://clinic.wufoo.com/"),
        ("wufoo", "WUFOO_FIELDS", "contact_name"),
        ("wufoo", "WUFOO_FIELDS", "name=Field1"),
        ("wufoo", "WUFOO_FIELDS", "conversation=Field1"),
        ("wufoo", "WUFOO_FIELDS", "email=Field1 OR 1"),
        ("wufoo", "WUFOO_FIELDS", ","),
        ("email", "SMTP_URL", "http://user:secret@mail.example.org"),
        ("email", "SMTP_URL", "smtp://user:secret@"),
        ("email", "SMTP_URL", "smtp://user:secret@host:port"),
        ("email", "EMAIL_FROM", "bot"),
        ("email", "EMAIL_TO", "a@example.org,"),
        ("email", "STAFF_LINK", "https://clinic.example/requests"),
    ],
)
def test_a_setting_that_is_missing_or_wrong(
    sink: str, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(monkeypatch, sink, **{name: value})
    with pytest.raises(ConfigurationError, match=f"^{name}:") as caught:
        configured_sinks()
    assert "secret@" not in str(caught.value) and "secret~" not in str(caught.value)


@pytest.mark.parametrize("sink", WHOLE)
def test_what_is_configured_is_made(sink: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, sink)
    assert list(configured_sinks()) == [sink]


def test_the_console_is_the_default() -> None:
    assert list(configured_sinks()) == ["console"]
    assert set(SINKS) == {"console", *WHOLE}
