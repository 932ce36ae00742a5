"""Whether it is diagnosed, in three languages; nothing is guessed out of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.fields import InvalidError, parse_diagnosis

# By value, separated by bars: what people write.
WRITTEN = {
    "yes": "yes | Yes, no doubt | he was diagnosed in 2020 | sí | confirmado | 确诊了 | 是 | y"
    " | she has SMA type 2 | yes, a genetic test two years ago in Lisbon said so",
    "no": "no | not yet | nope | she isn't diagnosed | todavía no | 没有 | 还没有确诊 | 不是",
    "suspected": "suspected | we think so | 等基因检测结果 | maybe | waiting for results"
    " | not confirmed yet | sospecha | 疑似",
    "unknown": "todavía no sabemos | not sure | I don't know | no sé | 不知道 | unknown",
}
REFUSED = (
    "banana | what does diagnosed mean | is that a diagnosis? | 对不起 | 是什么"
    " | I do not want to tell you such private things"
)


@pytest.mark.parametrize("text", [*REFUSED.split(" | "), "", "?", "x" * 1000])
def test_what_is_asked_again(text: str) -> None:
    with pytest.raises(InvalidError) as caught:
        parse_diagnosis(text)
    assert caught.value.code == "diagnosis_invalid"


@pytest.mark.parametrize("value", WRITTEN)
def test_many_ways_to_say_it(value: str) -> None:
    texts = WRITTEN[value].split(" | ")
    assert {text: parse_diagnosis(text) for text in texts} == dict.fromkeys(texts, value)


@given(st.one_of(st.text(), st.text("yesno not sure是否未确诊", max_size=20)))
def test_any_text_is_taken_or_invalid(text: str) -> None:
    try:
        value = parse_diagnosis(text)
    except InvalidError:
        return
    assert parse_diagnosis(value) == value
