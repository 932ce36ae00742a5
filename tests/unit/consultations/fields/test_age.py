"""Ages as people write them become months; what is unclear is asked again, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.fields import InvalidError, format_age, parse_age


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "age_invalid"),
        ("pregnant", "age_invalid"),
        ("-3", "age_invalid"),
        ("3 or 4", "age_invalid"),
        ("less than a year", "age_invalid"),
        ("menos de un año", "age_invalid"),
        ("what about children under 2?", "age_invalid"),
        ("is it approved for 4?", "age_invalid"),
        ("3-4 years", "age_invalid"),
        ("2 years or 3 years", "age_invalid"),
        ("1,000 years", "age_invalid"),
        ("一百", "age_invalid"),
        ("8 Monate", "age_invalid"),  # not 8 years
        ("8 mois", "age_invalid"),
        ("٨ أشهر", "age_invalid"),
        ("4" * 5000, "age_invalid"),
        ("9" * 150, "age_range"),
        ("121", "age_range"),
        ("born in 2019", "age_range"),
    ],
)
def test_what_is_no_age(text: str, code: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse_age(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("months", "texts"),
    [
        (
            0,
            [
                "newborn",
                "3 weeks",
                "10 days old",
                "recién nacido",
                "新生儿",
                "0",
                "newborn, 3 days",
            ],
        ),
        (1, ["6 weeks", "one month", "un mes", "一个月", "一个半月", "a month and a half"]),
        (6, ["half a year", "½ year", "半岁", "medio año", "6 months", "0.5"]),
        (8, ["8 months", "8mo", "8m", "eight months", "ocho meses", "8个月", "八個月", "８个月"]),
        (15, ["1 year 3 months", "1y3m", "un año y tres meses", "1岁3个月", "15-month-old"]),
        (
            18,
            [
                "18m",
                "year and a half",
                "a year and a half",
                "1.5 years",
                "un año y medio",
                "一岁半",
                "18 months",
            ],
        ),
        (
            24,
            ["two", "2", "2 years", "two years old", "dos años", "两岁", "2 yo", "2 y/o", "2 y.o."],
        ),
        (30, ["2 and a half years", "2½", "2 1/2", "2,5 años", "two and a half", "两岁半", "2.5"]),
        (48, ["he's 4", "he is 4 now", "es un niño de 4 años", "my little one is 4", "age: 4"]),
        (132, ["11", "eleven", "11 years old", "once", "十一岁", "１１"]),
        (420, ["35", "thirty-five", "treinta y cinco años", "三十五岁", "I'm 35."]),
        (1440, ["120", "120 years"]),
    ],
)
def test_many_ways_to_write_an_age(months: int, texts: list) -> None:
    assert {text: parse_age(text) for text in texts} == dict.fromkeys(texts, months)


@given(st.integers(0, 1440))
def test_a_written_age_is_read_back(months: int) -> None:
    assert parse_age(format_age(months)) == months


@given(st.integers(0, 119), st.integers(0, 11))
def test_years_and_months(years: int, months: int) -> None:
    expected = years * 12 + months
    for text in (
        f"{years} years and {months} months",
        f"{years}y{months}m",
        f"{years}岁{months}个月",
    ):
        assert parse_age(text) == expected


@given(st.one_of(st.text(), st.text("0123456789 -.,/½yearsmonthalfand一二十个月岁半", max_size=25)))
def test_any_text_is_an_age_or_an_invalid_one(text: str) -> None:
    try:
        months = parse_age(text)
    except InvalidError:
        return
    assert 0 <= months <= 1440 and parse_age(format_age(months)) == months
