"""One sentence's clauses: what is ruled out in it, and what it joins."""

import pytest

from understanding.clauses import joined_clauses, wanted_part


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("not how it works, how it is given", "how it is given"),
        ("i'm not asking about the price, just the side effects", "the side effects"),
        ("no form please, i want to know who may have it", "i want to know who may have it"),
        ("how it is given, not how it works", "how it is given"),
        ("no cómo funciona, sino cómo se pone", "cómo se pone"),
        ("我不是问价格,是问副作用", "副作用"),
    ],
)  # fmt: skip
def test_what_is_ruled_out_is_left_out(sentence: str, wanted: str) -> None:
    assert wanted_part(sentence) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "not breathing, lips blue",
        "i don't mean to panic, but she isn't breathing",
        "i don't want to live, what is the point",
        "how is it given, and how often",
        "is it not dangerous, or is it",
        "no",
        "no, thank you",
    ],
)
def test_everything_else_stays(sentence: str) -> None:
    assert wanted_part(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("pregnancy and breastfeeding", ["pregnancy", "breastfeeding"]),
        ("the blood risk, and the kidney one", ["the blood risk", "the kidney one"]),
        ("precio, seguro y duración", ["precio", "seguro", "duración"]),
        ("副作用和价格", ["副作用", "价格"]),
        ("is it safe", []),
        ("x, y, z", []),
        ("pain and fever, cost, visa, rods and driving", []),
        ("x" * 150 + " and " + "y" * 150, []),
    ],
)  # fmt: skip
def test_clauses(sentence: str, expected: list) -> None:
    assert joined_clauses(sentence) == expected
