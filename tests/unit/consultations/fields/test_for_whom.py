"""Whom it is for, in three languages; nothing is guessed out of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.fields import InvalidError, parse_for_whom

# By value, separated by bars: what people write.
WRITTEN = {
    "self": "self | I have SMA | me | it's me | for me | Myself | I am the patient"
    " | para mí | yo | 我自己"
    " | 我 | 本人 | 为我自己",
    "child": "child | my son | I'm his mom | soy su madre | 我是孩子的妈妈 | our little boy"
    " | mi hija | para mi hijo | 孩子 | 给我儿子 | my kids | my 4 year old | not for me, for my son"
    " | no es para mí, es para mi hija | 不是我，是我女儿",
    "other": "other | nephew | my friend's son | for my wife | grandson | mi sobrino | 侄子"
    " | my brother | it's for my nephew, he is 11 | someone else | otra persona | 我妈妈 | 我表妹",
}
REFUSED = (
    "hello | for me, and I have a daughter | me and my son | is it for children?"
    " | I don't understand | why do you ask about my child | 孩子可以用吗 | me llamo Ana"
)


@pytest.mark.parametrize("text", [*REFUSED.split(" | "), "", "?", "x" * 1000])
def test_what_is_asked_again(text: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse_for_whom(text)
    assert caught.value.code == "for_whom_invalid"


@pytest.mark.parametrize("value", WRITTEN)
def test_many_ways_to_say_it(value: str) -> None:
    texts = WRITTEN[value].split(" | ")
    assert {text: parse_for_whom(text) for text in texts} == dict.fromkeys(texts, value)


@given(st.one_of(st.text(), st.text("myself childotr我不是孩子", max_size=20)))
def test_any_text_is_taken_or_invalid(text: str) -> None:
    try:
        value = parse_for_whom(text)
    except InvalidError:
        return
    assert parse_for_whom(value) == value
