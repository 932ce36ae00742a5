"""Spelling is corrected where it helps, and names, numbers and other languages are left alone."""

import pytest

from components.spelling_corrector import Speller, names_in, own_words


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(own_words())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "is ther risk of bleding becuase of spinrazza",
            "is the risk of bleeding because of spinraza",
        ),
        ("how much does nusinersin cost", "how much does nusinersen cost"),
        ("kidny dammage?", "kidney damage?"),
        ("lumbar punkture", "lumbar puncture"),
        ("evrisdy or zolgensema", "evrysdi or zolgensma"),
    ],
)
def test_misspelt_words_are_corrected(speller: Speller, text: str, expected: str) -> None:
    assert speller.correct(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "what are the side effects?",
        "call 1-800-fda-1088",
        "hfmse at 15 months",
        "这个药多少钱",
        "ñandú über",
        "xqzvwkj",
        "my e-mail is a.b@example.org",
        "",
    ],
)
def test_what_is_right_or_foreign_stays(speller: Speller, text: str) -> None:
    assert speller.correct(text) == text


def test_names_stay_but_a_misspelt_drug_does_not(speller: Speller) -> None:
    text = "my son Okafer gets Spinrazza"
    assert speller.correct(text.lower(), names_in(text)) == "my son okafer gets spinraza"


def test_shouting_does_not_make_everything_a_name() -> None:
    assert names_in("IS IT SAFE FOR Anna") == set()
