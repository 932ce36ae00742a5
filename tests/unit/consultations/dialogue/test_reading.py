"""What a message says, and what it only seems to say."""

from typing import Dict

import pytest

from consultations.dialogue.reading import clauses, read


@pytest.mark.parametrize(
    "text",
    [
        "my husband's phone number is on the paper",
        "my wife will call you",
        "we have waited 3 years",
        "she was 2 years old when it began",
        "he is 5 and she is 7",
        "3 or 4 years old",
        "I have type 2 diabetes",
        "it isn't type 2",
        "I'm in pain",
        "I don't speak English",
        "I am the patient's mother",
        "my name is wrong",
        "treatment in Germany",
        "a@example.org or b@example.org",
    ],
)
def test_nothing_is_taken_that_is_not_sure(text: str) -> None:
    assert read(text, "summary").values == {}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("I live in Lima, Peru and I'm called Eva", {"place": "Lima, Peru", "contact_name": "Eva"}),
        ("diagnosed 2 years ago, now he is 5", {"diagnosis": "yes", "patient_age": "60 months"}),
        ("he is 2 years and 3 months old", {"patient_age": "27 months"}),
        ("he is 6 not 5", {"patient_age": "72 months"}),
        ("type 3, not type 2", {"sma_type": "3"}),
        ("I'm 34 and my son is 2", {"for_whom": "child", "patient_age": "24 months"}),
        ("language: English", {"language": "English"}),
        ("我儿子5岁，SMA 2型", {"for_whom": "child", "patient_age": "60 months", "sma_type": "2"}),
        ("tel. 0044 20 7946 0018", {"phone": "+442079460018"}),
    ],
)
def test_what_is_sure_is_taken_anywhere(text: str, values: Dict[str, str]) -> None:
    assert read(text, "summary").values == values


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dr. Ana Silva", "Dr. Ana Silva"),
        ("Mrs. Chen", "Mrs. Chen"),
        ("Van der Berg, Anna", "Van der Berg, Anna"),
        ("O'Neil", "O'Neil"),
        ("ana maria de la cruz", "ana maria de la cruz"),
        ("Ana y Luis", "Ana y Luis"),
        ("Hi, I'm Ana", "Ana"),
        ("call me Ana", "Ana"),
        ("Ana, thanks a lot", "Ana"),
        ("her name is Anna", "Anna"),
        ("我是李雷", "李雷"),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("ana silva, ana@example.org", "ana silva"),
        ("it's Ana and my number is +44 20 7946 0018", "Ana"),
        ("Anna Berg, mother of Leo", "Anna Berg"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert read(text, "contact_name").values["contact_name"] == name


@pytest.mark.parametrize(
    ("text", "step", "error"),
    [
        ("write to me", "contact_name", "name_invalid"),
        ("Ana 020 7946", "contact_name", "name_invalid"),
        ("+34 912 345 678 or +34 912 345 679", "contact", "phone_invalid"),
        ("@ana", "contact", "email_invalid"),
        ("not 24, 25", "diagnosis", "diagnosis_invalid"),
        ("the name is wrong, it's Ana", "place", "place_missing"),
        ("2 or 3", "place", "place_missing"),
        ("No hablo inglés", "language", "language_missing"),
        ("my mail is ana@example", "language", "email_invalid"),
    ],
)
def test_what_is_no_answer(text: str, step: str, error: str) -> None:
    reading = read(text, step)
    assert (reading.values, reading.error) == ({}, error)


def test_beside_something_else_nothing_is_reproached() -> None:
    reading = read("write to a@example.org", "contact_name")
    assert (reading.values, reading.error) == ({"email": "a@example.org"}, None)


def test_a_question_in_between_gives_only_contacts() -> None:
    text = "my name is Eva, is it for 5 year olds in Lisbon? a@example.org"
    assert read(text, "place", asks=True).values == {
        "contact_name": "Eva",
        "email": "a@example.org",
    }


def test_clauses() -> None:
    assert clauses("Mr. Li is 2.5 years and ill, 是。But fine") == [
        "Mr. Li is 2.5 years",
        "ill",
        "是",
        "But fine",
    ]
    assert clauses("2 and a half, 1 year and 3 months") == ["2 and a half", "1 year and 3 months"]
