"""The settings: what is missing or wrong is named, and never shown."""

from typing import Dict

import pytest

from channels.whatsapp import account as whatsapp_account
from tests.providers.whatsapp_parts import SETTINGS, STATUS_URL, URL, configure


def test_without_settings_nobody_wants_it() -> None:
    assert not whatsapp_account.is_configured()


@pytest.mark.parametrize("name", SETTINGS)
def test_what_is_missing_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, **{name: " "})
    assert whatsapp_account.is_configured()
    assert whatsapp_account.problems() == [f"{name} is not set"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TWILIO_ACCOUNT_SID", "AC123"),
        ("TWILIO_ACCOUNT_SID", "SK" + "0" * 32),
        ("WHATSAPP_FROM", "+15550100200"),
        ("WHATSAPP_FROM", "whatsapp:15550100200"),
        ("WHATSAPP_FROM", "whatsapp:+12"),
        ("WHATSAPP_WEBHOOK_URL", "http://clinic.example/webhooks/whatsapp/webhook"),
        ("WHATSAPP_WEBHOOK_URL", "https:///webhook"),
        ("WHATSAPP_WEBHOOK_URL", "https://clinic.example/webhooks/whatsapp/"),
        ("WHATSAPP_CONTENT_SID", "HX12"),
        ("WHATSAPP_CONTENT_SID", ",".join(["HX" + "0" * 32] * 4)),
    ],
)
def test_what_is_wrong_is_named_and_not_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, **{name: value})
    [problem] = whatsapp_account.problems()
    assert problem.startswith(f"{name} ") and value not in problem


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"WHATSAPP_WEBHOOK_URL": f"{URL}?clinic=1#rc=3&rp=all"},
        {"WHATSAPP_WEBHOOK_URL": "https://user:word@clinic.example:8443/wa/webhook"},
        {"WHATSAPP_CONTENT_SID": f"HX{'0' * 32}, HX{'1' * 32}"},
    ],
)
def test_what_is_right_is_taken(values: Dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, **values)
    assert whatsapp_account.problems() == []


def test_statuses_come_beside_the_webhook() -> None:
    assert whatsapp_account.status_url(URL) == STATUS_URL
    assert whatsapp_account.status_url(f"{URL}?a=1&b=%20#rc=3") == f"{STATUS_URL}?a=1&b=%20"


def test_each_number_of_buttons_has_its_template(monkeypatch: pytest.MonkeyPatch) -> None:
    three, two = "HX" + "3" * 32, "HX" + "2" * 32
    configure(monkeypatch, WHATSAPP_CONTENT_SID=f"{three},{two}")
    found = [whatsapp_account.template_with(count) for count in range(5)]
    assert found == ["", "", two, three, ""]
