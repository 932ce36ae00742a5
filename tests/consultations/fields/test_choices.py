"""Whom it is for, the diagnosis and the type: three languages, and no guessing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.fields import InvalidError, parse_diagnosis, parse_for_whom, parse_sma_type

FOR_WHOM = {
    "self": "self, for me, Myself, I am the patient, para mí, yo, 我自己, 我, 本人",
    "child": "child, my son, our little boy, mi hija, para mi hijo, 孩子, 给我儿子, my kids,"
    " not for me; for my son, no es para mí; es para mi hija, 不是我；是我女儿",
    "other": "other, nephew, my friend's son, for my wife, grandson, mi sobrino, 侄子, my brother,"
    " it's for my nephew; he is 11, someone else, otra persona, 我妈妈",
}
DIAGNOSES = {
    "yes": "yes, Yes; no doubt, he was diagnosed in 2020, sí, confirmado, 确诊了, 是, y",
    "no": "no, not yet, nope, she isn't diagnosed, todavía no, 没有, 还没有确诊, 不是",
    "suspected": "suspected, maybe, waiting for results, not confirmed yet, sospecha, 疑似",
    "unknown": "not sure, I don't know, no sé, 不知道, unknown",
}
SMA_TYPES = {
    "0": "0, type 0, type zero",
    "1": "type i, I, Werdnig-Hoffmann, SMA1, type one, 1型",
    "2": "2, type two, type II, SMA2, sma-2, 2型, 二型, Ⅱ型, tipo 2, tipo dos, 5q SMA type 2,"
    " I think it is 2, type 2b, SMA type 2 and 3 copies of SMN2",
    "3": "3a, tipo 3, III, type 3b",
    "4": "iv, 4, type IV",
    "unknown": "not sure, no sé, 不知道, unknown, 2 or 3; not sure, ?",
}


def texts_of(line: str) -> list:
    """Split a line of entries at its commas."""
    return line.split(", ")


@pytest.mark.parametrize(
    ("parse", "line"),
    [
        (parse_for_whom, ", hello, for me; and I have a daughter, me and my son"),
        (parse_diagnosis, ", banana, ?"),
        (parse_sma_type, ", hello, type 5, type 10, 2 or 3, 2 copies of SMN2, he is 4.5"),
    ],
)
def test_what_is_asked_again(parse, line: str) -> None:
    for text in [*texts_of(line), "x" * 1000]:
        with pytest.raises(InvalidError) as caught:
            parse(text)
        assert caught.value.code == parse.__name__.removeprefix("parse_") + "_invalid", text


@pytest.mark.parametrize(
    ("parse", "value", "line"),
    [
        (parse, value, line)
        for parse, lines in (
            (parse_for_whom, FOR_WHOM),
            (parse_diagnosis, DIAGNOSES),
            (parse_sma_type, SMA_TYPES),
        )
        for value, line in lines.items()
    ],
)
def test_many_ways_to_say_it(parse, value: str, line: str) -> None:
    texts = texts_of(line)
    assert {text: parse(text) for text in texts} == dict.fromkeys(texts, value)


@pytest.mark.parametrize("parse", [parse_for_whom, parse_diagnosis, parse_sma_type])
@given(st.one_of(st.text(), st.text("type ivsmano01234型不我sixa", max_size=20)))
def test_any_text_is_taken_or_invalid(parse, text: str) -> None:
    try:
        value = parse(text)
    except InvalidError:
        return
    assert parse(value) == value
