"""Only what Twilio has signed gets through, however it was changed."""

from types import SimpleNamespace
from typing import Any, Dict, List, Tuple
from urllib.parse import urlencode

import pytest

from channels.whatsapp.request import Parameters, RefusedError, genuine_parameters, parameters_in
from tests.providers.whatsapp_parts import URL, configure
from tests.providers.whatsapp_server import sign

FORM = "application/x-www-form-urlencoded"
PAIRS = [("Body", "How is it given?"), ("From", "whatsapp:+49151"), ("Blank", ""), ("Body", "b")]

Pairs = List[Tuple[str, str]]


def request(pairs: Pairs, signature: str, kind: str = FORM) -> Any:
    headers: Dict[str, str] = {"Content-Type": kind, "X-Twilio-Signature": signature}
    return SimpleNamespace(headers=headers, body=urlencode(pairs).encode())


def refused(pairs: Pairs, signature: str, url: str = URL) -> int:
    with pytest.raises(RefusedError) as error:
        genuine_parameters(request(pairs, signature), url)
    return error.value.status


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch)


@pytest.mark.parametrize("signature", ["", "x", "ü", sign(URL, PAIRS)[:-1], sign(URL, PAIRS) + "="])
def test_a_missing_or_wrong_signature_is_refused(signature: str) -> None:
    assert refused(PAIRS, signature) == 403


@pytest.mark.parametrize(
    "changed",
    [
        [],
        PAIRS[1:],
        [("Body", "How is it taken?"), *PAIRS[1:]],
        [*PAIRS, ("More", "")],
        [*PAIRS, ("Body", "c")],
        [pair for pair in PAIRS if pair[1]],
        [("body", "How is it given?"), *PAIRS[1:]],
    ],
)
def test_an_altered_parameter_is_refused(changed: Pairs) -> None:
    assert refused(changed, sign(URL, PAIRS)) == 403


@pytest.mark.parametrize(
    "url",
    [
        f"{URL}?a=1", URL.replace("https", "http"), URL.replace("bot.", ""), f"{URL}/",
        URL.replace("webhook", "Webhook"),
    ],
)  # fmt: skip
def test_a_signature_for_another_address_is_refused(url: str) -> None:
    assert refused(PAIRS, sign(url, PAIRS)) == 403


def test_a_signature_with_another_token_is_refused() -> None:
    assert refused(PAIRS, sign(URL, PAIRS, "another token")) == 403


@pytest.mark.parametrize(
    ("console", "signed"),
    [
        (URL, URL),
        (URL, URL.replace(".example", ".example:443")),
        (f"{URL}?clinic=1&x=%20y", f"{URL}?clinic=1&x=%20y"),
        (f"{URL}#rc=3&rp=all", URL),
        (f"{URL}#rc=3&rp=all", f"{URL}#rc=3&rp=all"),
        (URL.replace("bot", "bot:8443@user"), URL.replace("bot", "bot:8443@user")),
    ],
)
def test_the_address_in_the_console_is_what_counts(console: str, signed: str) -> None:
    taken = genuine_parameters(request(PAIRS, sign(signed, PAIRS)), console)
    assert taken.get("From") == "whatsapp:+49151"


def test_blank_and_doubled_values_are_kept_as_they_were_signed() -> None:
    taken = genuine_parameters(request(PAIRS, sign(URL, PAIRS)), URL)
    assert taken.getlist("Blank") == [""] and taken.getlist("Body") == ["How is it given?", "b"]
    with pytest.raises(RefusedError) as error:
        taken.get("Body")
    assert error.value.status == 400
    assert Parameters([("Body", "a"), ("Body", "a")]).get("Body") == "a"
    assert taken.get("Nothing") == ""


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("", b"Body=x", 415),
        ("application/json", b'{"Body": "x"}', 415),
        ("multipart/form-data; boundary=x", b"Body=x", 415),
        (FORM, b"Body=" + b"x" * 200_000, 413),
        (FORM, "Body=ü".encode(), 400),
        (FORM, b"Body=%FF%FE", 400),
        (FORM, b"&".join(b"a%d=x" % number for number in range(501)), 400),
    ],
)
def test_what_is_no_form_is_refused(kind: str, body: bytes, status: int) -> None:
    with pytest.raises(RefusedError) as error:
        parameters_in(kind, body)
    assert error.value.status == status


@pytest.mark.parametrize("kind", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
def test_a_form_is_taken(kind: str) -> None:
    parameters = parameters_in(kind, b"Body=%F0%9F%99%82+%C3%BC&Blank=&Name")
    assert parameters.get("Body") == "🙂 ü"
    assert parameters.getlist("Blank") == parameters.getlist("Name") == [""]
