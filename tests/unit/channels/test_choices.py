"""A number, a place in the list or a title is a choice, and nothing else is."""

import pytest

from channels.choices import chosen

TITLES = ["Side effects", "What treatment costs", "Free consultation"]
ANSWERS = ["Yes", "No", "Suspected", "Not sure"]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "0", "4", "99", "2024", "02", "-2", "2.5", "1,2", "1 and 3", "1 or 2", "2 3",
        "2 months", "2 años", "2岁", "4 years old", "two weeks", "one of my children", "no one",
        "ninguno", "one second", "second opinion", "the first dose", "first of all",
        "what about 2?x", "type 2", "tipo 2", "2型", "SMA 2", "+49 2", "2@example.org", "dos veces",
        "一个月", "两个孩子", "第二次", "yes", "no", "si", "please", "number", "option", "第",
        "four", "cuatro", "第四个", "the fourth one", "twelve", "1. Free consultation", "x" * 4000,
        "2\n3", "1" * 4000,
    ],
)  # fmt: skip
def test_what_says_something_else_is_no_choice(text: str) -> None:
    assert chosen(text, TITLES) is None


@pytest.mark.parametrize(
    "text",
    [
        "2", "2.", " 2 ", "2)", "(2)", "[2]", "#2", "2!", "2?", "2 please", "please 2", "２", "②",
        "2️⃣", "٢", "*2*", "“2”", "two", "Two.", "TWO", "number 2", "Number two", "no. 2", "no 2",
        "nr 2", "option 2", "option two", "the option 2", "choice 2", "answer 2", "I choose 2",
        "I'd like number 2", "I’ll take 2", "my choice is 2", "ok, 2", "yes, 2", "2, thanks",
        "the second one", "second", "the second", "2nd", "the 2nd one", "second option",
        "the second option please", "dos", "Dos.", "el dos", "el 2", "la 2", "número 2",
        "opción 2", "la opción dos", "núm. 2", "nº 2", "n.º 2", "la segunda", "el segundo",
        "segunda opción", "la segunda opción, por favor", "2ª", "quiero la segunda", "elijo 2",
        "二", "第二个", "第2个", "第二", "第二项", "选2", "选二", "我选第二个", "我要第二个",
        "选项2", "选项二", "选择2", "2号", "请选第二个", "第二个吧", "2。", "2，谢谢",
        "what treatment costs",
        "What  Treatment costs", "What treatment costs.", "2. What treatment costs",
        "2 what treatment costs", "2) What treatment costs",
    ],
)  # fmt: skip
def test_the_second_choice_is_understood(text: str) -> None:
    assert chosen(text, TITLES) == 1


@pytest.mark.parametrize(
    "text", ["3", "last", "the last one", "la última", "el último", "最后一个"]
)
def test_the_last_choice_is_understood(text: str) -> None:
    assert chosen(text, TITLES) == 2


def test_every_number_of_a_long_list_is_understood() -> None:
    titles = [f"Change: field {letter}" for letter in "abcdefghijkl"]
    for index, words in enumerate(
        [
            "1 one uno first 第一个", "2 two dos second 第二个", "3 three tres tercera 第三个",
            "4 four cuatro cuarto 第四个", "5 five cinco quinta 第五个", "6 six seis sexto 第六个",
            "7 seven siete séptima 第七个", "8 eight ocho octavo 第八个",
            "9 nine nueve novena 第九个", "10 ten diez décimo 第十个",
            "11 eleven once undécimo 第十一个", "12 twelve doce duodécima 第十二个",
        ]
    ):  # fmt: skip
        for word in words.split():
            assert chosen(word, titles) == index, word


def test_titles_that_are_answers_are_themselves() -> None:
    assert chosen("yes", ANSWERS) == 0
    assert chosen("NO", ANSWERS) == 1
    assert chosen("not sure", ANSWERS) == 3


def test_a_number_that_is_part_of_a_title_is_its_number() -> None:
    types = ["Type 1", "Type 2", "Type 3", "Type 4", "Not sure"]
    assert chosen("type 3", types) == 2
    assert chosen("3", types) == 2
    assert chosen("3", ["Type 3", "Type 2", "Type 1"]) == 2, "what stands before it counts"


def test_without_choices_nothing_is_one() -> None:
    assert chosen("1", []) is None
