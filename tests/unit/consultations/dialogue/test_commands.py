"""Short messages are commands; what only begins like one is not."""

from typing import Optional

import pytest

from consultations.dialogue.commands import (
    command_of,
    field_named,
    is_consent,
    is_go_ahead,
    is_no,
    is_only_change,
    is_plain_yes,
    is_yes,
    new_value,
    step_to_change,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I'd like to go back to Kenya",
        "cancel culture?",
        "yes but not my phone",
        "sure about what?",
        "no problem",
        "No Eun-ji",
        "Ok Li",
        "Si Wei",
        "Nada Haddad",
        "取消治疗会怎样",
        "x" * 5000,
        "yes " * 30,
    ],
)
def test_what_is_no_command(text: str) -> None:
    assert command_of(text) is None


@pytest.mark.parametrize(
    ("command", "texts"),
    [
        (
            "yes",
            [
                "y",
                "Yes!",
                "ok, yes please",
                "Sí",
                "claro que sí",
                "好的",
                "Yes, use the same",
                "use this number",
                "Yes, this number please",
                "sí, use este número",
                "用这个号码",
                "Yes, cancel",
                "Sí quiero añadirlo",
            ],
        ),
        (
            "no",
            [
                "no",
                "No, thanks",
                "ok no",
                "claro que no",
                "不同意",
                "No, go on",
                "No quiero cancelar",
                "don't send it",
            ],
        ),
        ("cancel", ["stop", "STOP!", "cancel my request", "我想取消", "olvídalo"]),
        ("back", ["back", "go back please", "volver", "上一步"]),
        ("skip", ["skip", "not sure", "I have no question", "prefiero no decir", "跳过"]),
        ("start_again", ["start over", "No, start again", "empezar de nuevo", "重新开始"]),
        ("chat", ["hi", "no wait", "thanks a lot", "un momento", "谢谢"]),
        ("why", ["why?", "why do you need my age?", "¿para qué?", "为什么要问"]),
    ],
)
def test_commands(command: str, texts: "list[str]") -> None:
    assert {text: command_of(text) for text in texts} == dict.fromkeys(texts, command)
    assert all(is_yes(text) == (command == "yes") for text in texts)
    assert all(is_no(text) == (command == "no") for text in texts)


def test_a_yes_is_a_yes_to_what_was_asked() -> None:
    assert [is_consent(text) for text in ("I agree", "yes", "send it", "go on", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [is_go_ahead(text) for text in ("send it", "yes", "I agree", "add it", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [is_plain_yes(text) for text in ("yes", "go on", "send it", "I agree")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "step", "value"),
    [
        ("Ana", None, ""),
        ("this is wrong", None, ""),
        ("change the phone", "contact", ""),
        ("Change: Patient's age", "patient_age", ""),
        ("Change: For", "for_whom", ""),
        ("修改：姓名", "contact_name", ""),
        ("the name is wrong, it's Ana", "contact_name", "Ana"),
        ("cambiar el nombre a José", "contact_name", "José"),
        ("把名字改成安娜", "contact_name", "安娜"),
    ],
)
def test_what_to_change(text: str, step: Optional[str], value: str) -> None:
    assert (step_to_change(text), new_value(text)) == (step, value)


def test_a_question_with_words_of_change_is_none() -> None:
    assert not is_only_change("What if the number of doses is wrong?")
    assert not is_only_change("Can the wrong type be a mistake of the laboratory?")
    assert is_only_change("please change my phone number")
    assert field_named("why my age?") == "patient_age"
    assert field_named("why?") is None
