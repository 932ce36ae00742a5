"""A request is made of entries that are all in order, or every wrong one is named."""

from datetime import datetime, timezone

import pytest

from consultations.fields import MESSAGES, format_age
from consultations.request import ValidationError, validate
from tests.unit.consultations.samples import VALUES, a_request


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"contact_name": ""}, {"contact_name": "name_missing"}),
        ({"contact_name": "123"}, {"contact_name": "name_no_letters"}),
        ({"email": "", "phone": " "}, {"contact": "contact_missing"}),
        ({"email": "ana@"}, {"email": "email_invalid"}),
        ({"phone": "020 7946 0018"}, {"phone": "phone_country"}),
        ({"patient_age": "old"}, {"patient_age": "age_invalid"}),
        ({"place": "", "language": ""}, {"place": "place_missing", "language": "language_missing"}),
        ({"consent_version": ""}, {"consent": "consent_missing"}),
        ({"consent_version": "x" * 101}, {"consent": "consent_missing"}),
        ({"consent_at": ""}, {"consent": "consent_missing"}),
        ({"consent_at": "2026-11-25T10:00:00"}, {"consent": "consent_missing"}),
        ({"consent_at": "yesterday"}, {"consent": "consent_missing"}),
        ({"for_whom": "me", "patient_age": "17"}, {"patient_age": "underage_contact"}),
        ({"for_whom": "me", "patient_age": "215 months"}, {"patient_age": "underage_contact"}),
    ],
)
def test_wrong_entries_are_named(changes: dict, errors: dict) -> None:
    with pytest.raises(ValidationError) as caught:
        validate({**VALUES, **changes})
    assert caught.value.errors == errors
    assert set(errors.values()) <= set(MESSAGES)


def test_nothing_given_names_every_field() -> None:
    with pytest.raises(ValidationError) as caught:
        validate({})
    assert set(caught.value.errors) == {
        "contact_name", "contact", "for_whom", "patient_age", "place", "language", "consent",
    }  # fmt: skip


def test_an_error_quotes_nothing_that_was_entered() -> None:
    with pytest.raises(ValidationError) as caught:
        validate({**VALUES, "email": "secret@", "contact_name": "99999"})
    assert "secret" not in str(caught.value) and "9999" not in str(caught.value)


def test_entries_are_normalised() -> None:
    request = a_request(email="<Ana@Example.ORG>", phone="0044 (20) 7946.0018")
    assert (request.email, request.phone) == ("Ana@example.org", "+442079460018")
    assert (request.for_whom, request.patient_age_months, request.sma_type) == ("child", 8, "1")
    assert request.consent_at == datetime(2026, 11, 25, 10, tzinfo=timezone.utc)


def test_what_is_optional_may_be_left_out() -> None:
    request = a_request(phone="", diagnosis="", sma_type="", question="", conversation="")
    assert (request.phone, request.diagnosis, request.sma_type) == (None, "unknown", "unknown")
    assert (request.question, request.conversation) == ("", None)


def test_an_adult_may_ask_for_themselves_from_18_years_on() -> None:
    assert a_request(for_whom="me", patient_age="18").for_whom == "self"


def test_its_own_values_are_valid_again() -> None:
    first = a_request()
    values = {**VALUES, **{k: v for k, v in vars(first).items() if isinstance(v, str)}}
    values["patient_age"] = format_age(first.patient_age_months)
    values["consent_at"] = first.consent_at.isoformat()
    assert validate(values) == first


def test_an_unknown_locale_is_english() -> None:
    assert a_request(locale="xx").locale == "en"
