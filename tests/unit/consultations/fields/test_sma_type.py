"""The type, in words, digits and Roman numbers; copies of SMN2 are not the type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.fields import InvalidError, parse_sma_type

# By value, separated by bars: what people write.
WRITTEN = {
    "0": "0 | type 0 | type zero",
    "1": "type i | I | Werdnig-Hoffmann | SMA1 | type one | 1型",
    "2": "2 | type two | type II | SMA2 | sma-2 | 2型 | 二型 | Ⅱ型 | tipo 2 | tipo dos"
    " | 5q SMA type 2 | I think it is 2 | type 2b | SMA type 2 and 3 copies of SMN2",
    "3": "3a | tipo 3 | III | type 3b",
    "4": "iv | 4 | type IV",
    "unknown": "dunno | todavía no lo sabemos | they haven't told us"
    " | not sure | no sé | 不知道 | unknown | 2 or 3, not sure | I don't know | ?",
}
REFUSED = (
    "hello | type 5 | type 10 | 2 or 3 | type 2/3 | type 2 or 3 | type II or type III"
    " | 2 copies of SMN2 | he is 4.5 | what is type 2"
)


@pytest.mark.parametrize("text", [*REFUSED.split(" | "), "", "x" * 1000])
def test_what_is_asked_again(text: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse_sma_type(text)
    assert caught.value.code == "sma_type_invalid"


@pytest.mark.parametrize("value", WRITTEN)
def test_many_ways_to_say_it(value: str) -> None:
    texts = WRITTEN[value].split(" | ")
    assert {text: parse_sma_type(text) for text in texts} == dict.fromkeys(texts, value)


@given(st.one_of(st.text(), st.text("type ivsmano01234型不", max_size=20)))
def test_any_text_is_taken_or_invalid(text: str) -> None:
    try:
        value = parse_sma_type(text)
    except InvalidError:
        return
    assert parse_sma_type(value) == value
