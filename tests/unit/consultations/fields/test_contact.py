"""Names, addresses and numbers are taken as people write them, and normalised once."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.fields import InvalidError, parse_email, parse_name, parse_phone


@pytest.mark.parametrize(
    ("parse", "text", "code"),
    [
        (parse_name, " ", "name_missing"),
        (parse_name, "12345", "name_no_letters"),
        (parse_name, "😀", "name_no_letters"),
        (parse_name, "ana@example.org", "name_is_email"),
        (parse_name, "why do you need my name?", "name_invalid"),
        (parse_name, "x" * 101, "name_too_long"),
        (parse_email, "", "email_invalid"),
        (parse_email, "ana", "email_invalid"),
        (parse_email, "ana@", "email_invalid"),
        (parse_email, "ana@localhost", "email_invalid"),
        (parse_email, "ana at example.org", "email_invalid"),
        (parse_email, "a" * 2000 + "@example.org", "email_invalid"),
        (parse_email, "ana@example.org or bob@example.org", "email_several"),
        (parse_phone, "", "phone_invalid"),
        (parse_phone, "hello", "phone_invalid"),
        (parse_phone, "+44 20", "phone_invalid"),
        (parse_phone, "+999 123 456 789", "phone_invalid"),
        (parse_phone, "1" * 2000, "phone_invalid"),
        (parse_phone, "020 7946 0018", "phone_country"),
    ],
)
def test_what_is_refused(parse, text: str, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Silva", "Ana Silva"),
        ("  my name is Ana   Silva. ", "Ana Silva"),
        ("我叫李明", "李明"),
        ("Me llamo José", "José"),
        ("I'm Ana", "Ana"),
        ("soy Ana", "Ana"),
        ("Soyinka", "Soyinka"),
        ("Jean-Luc O’Neil", "Jean-Luc O’Neil"),
        ("Ana\x00\u202e Silva\ud800", "Ana Silva"),
        ("My name is", "My name is"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert parse_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.org",
        " ana@EXAMPLE.org. ",
        "<ana@example.org>",
        "mailto:ana@example.org?subject=Hello",
        "my e-mail is ana@example.org!",
        "Ana Silva <ana@example.org>, thanks",
        "'ana@example.org'",
        "我的邮箱是ana@example.org谢谢",
        "ａｎａ＠ｅｘａｍｐｌｅ．ｏｒｇ",
        "email:ana@example.org ana@example.org",
    ],
)
def test_one_address_written_in_many_ways(text: str) -> None:
    assert parse_email(text) == "ana@example.org"


def test_an_address_is_not_cut_short() -> None:
    for address in ("o'brien@example.org", "ana+sma@example.org", "a.b-c_d@sub.example.co.uk"):
        assert parse_email(f"write to {address}.") == address


@pytest.mark.parametrize(
    "text",
    [
        "+442079460018",
        "+44 20 7946 0018",
        "0044 (20) 7946-0018",
        "+44 (0)20 7946 0018",
        "tel. +44.20.7946.0018",
        "call me at +44/20/79460018 after 17:00",
        "(+44) 20 7946 0018",
        "+ 44 20 7946 0018",
        "+44‑20‑7946‑0018",
        "＋４４ ２０ ７９４６ ００１８",
        "+٤٤ ٢٠ ٧٩٤٦ ٠٠١٨",
    ],
)
def test_one_number_written_in_many_ways(text: str) -> None:
    assert parse_phone(text) == "+442079460018"


def test_without_a_country_code_the_region_decides() -> None:
    assert parse_phone("020 7946 0018", "GB") == "+442079460018"
    assert parse_phone("(202) 456-1111", "US") == "+12024561111"


_REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


@given(
    st.sampled_from(_REGIONS),
    st.sampled_from(["{}", "tel. {}", "call {} please", "({})", "{}."]),
    st.sampled_from([" ", "-", ".", "  "]),
)
def test_numbers_of_all_countries(region: str, frame: str, separator: str) -> None:
    example = phonenumbers.example_number(region)
    international = phonenumbers.format_number(
        example, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    expected = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    written = international.replace(" ", separator)
    for way in (written, written.replace("+", "00")):
        assert parse_phone(frame.format(way)) == expected


@pytest.mark.parametrize("parse", [parse_name, parse_email, parse_phone])
@given(
    st.one_of(
        st.text(),
        st.emails().map(lambda address: f" mailto:{address}. "),
        st.text("+0123456789 ()-./@", max_size=25),
    )
)
def test_any_text_is_taken_or_invalid(parse, text: str) -> None:
    try:
        value = parse(text)
    except InvalidError:
        return
    assert parse(value) == value
