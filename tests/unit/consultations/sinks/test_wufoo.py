"""Wufoo's documented answers: refusals first; HTTP 200 alone is no success."""

import base64
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from consultations.sinks.base import PermanentError, TemporaryError
from consultations.sinks.wufoo import WufooSink
from tests.unit.consultations.sinks.deliveries import PERSONAL, REFERENCE, a_delivery

PATH = "/api/v3/forms/s1afea8b1vk0jf7/entries.json"
FIELDS = "contact_name=Field1, email=Field3,phone=Field4,patient_age_months=Field5,reference=Field9"
REFUSED = {
    "Success": 0,
    "ErrorText": "Errors have been <b>highlighted</b> below.",
    "FieldErrors": [
        {"ID": "Field3", "ErrorText": "ana@example.org is not valid"},
        {"ID": "Ana Silva", "ErrorText": "?"},
        "Ana Silva",
    ],
}
ACCEPTED = {"Success": 1, "EntryId": 8, "EntryLink": "https://clinic.wufoo.com/api/v3/..."}


def deliver(httpserver: HTTPServer, **changes: str) -> None:
    WufooSink(httpserver.url_for(PATH), "AOI6-LFKL", FIELDS).deliver(a_delivery(**changes))


@pytest.mark.parametrize("status", [200, 201])
def test_success_0_is_permanent_and_names_fields_only(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request(PATH).respond_with_json(REFUSED, status=status)
    with pytest.raises(PermanentError) as caught:
        deliver(httpserver)
    assert caught.value.code == "rejected Field3"
    assert not any(value in caught.value.code for value in PERSONAL)


@pytest.mark.parametrize("answer", [{"Success": 0}, {"Success": "0", "FieldErrors": None}])
def test_success_0_without_details(httpserver: HTTPServer, answer: Any) -> None:
    httpserver.expect_request(PATH).respond_with_json(answer)
    with pytest.raises(PermanentError, match=r"^rejected$"):
        deliver(httpserver)


@pytest.mark.parametrize("answer", ["<html>Maintenance</html>", "[]", "{}", "null", ""])
def test_an_answer_that_is_not_wufoos(httpserver: HTTPServer, answer: str) -> None:
    httpserver.expect_request(PATH).respond_with_data(answer)
    with pytest.raises(TemporaryError, match="unreadable_answer"):
        deliver(httpserver)


def test_a_wrong_key_is_permanent(httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH).respond_with_json({"Text": "Invalid key"}, status=401)
    with pytest.raises(PermanentError, match="http_401"):
        deliver(httpserver)


def test_an_entry(httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH, method="POST").respond_with_json(ACCEPTED, status=201)
    deliver(httpserver, phone="")
    request, _ = httpserver.log[0]
    assert request.form.to_dict() == {
        "Field1": "Ana Silva",
        "Field3": "ana@example.org",
        "Field4": "",
        "Field5": "8",
        "Field9": REFERENCE,
    }
    scheme, credentials = request.headers["authorization"].split()
    assert scheme == "Basic" and base64.b64decode(credentials).startswith(b"AOI6-LFKL:")
