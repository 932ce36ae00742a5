"""The evaluation's files are read as they are meant."""

from pathlib import Path

import pytest

from evaluation.sets import COLUMNS, Part, SetError, load_dialogues, load_questions

HEADER = "\t".join(COLUMNS)
KINDS = {
    "answer", "not_covered", "advice", "emergency", "adverse_event", "handoff", "smalltalk",
    "unclear",
}  # fmt: skip


def write(folder: Path, *rows: str) -> Path:
    (folder / "some.tsv").write_text("\n".join([HEADER, *rows]) + "\n")
    return folder


def test_two_questions_in_a_message_are_two_parts(tmp_path: Path) -> None:
    write(tmp_path, "q1\tanswer+not_covered\task_route+ask_cost\tdouble\ten\tA? B?")
    [question] = load_questions(tmp_path)
    assert question.parts == (Part("answer", "ask_route"), Part("not_covered", "ask_cost"))
    assert question.kind == "double" and question.set_name == "some"


def test_quotation_marks_are_part_of_the_text(tmp_path: Path) -> None:
    write(tmp_path, 'q1\tanswer\task_route\tplain\ten\t"It" is what')
    assert load_questions(tmp_path)[0].text == '"It" is what'


@pytest.mark.parametrize(
    "rows, message",
    [
        (["q1\tanswer\task_route\tplain\ten"], "some.tsv:2"),
        (["q1\tanswer\task_a+ask_b\tplain\ten\tx"], "1 kinds but 2 intents"),
        (["q1\tanswer\task_a\tplain\ten\tx", "q1\tanswer\task_a\tplain\ten\ty"], "twice: q1"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, rows: list, message: str) -> None:
    with pytest.raises(SetError, match=message):
        load_questions(write(tmp_path, *rows))


def test_a_broken_dialogue_is_named(tmp_path: Path) -> None:
    (tmp_path / "dialogues.yml").write_text("[{id: d1, about: x, lang: en, turns: [{user: hi}]}]")
    with pytest.raises(SetError, match=r"d1.*kind"):
        load_dialogues(tmp_path)


def test_one_kind_and_several_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "dialogues.yml").write_text(
        "[{id: d1, about: x, lang: en, turns: ["
        "{user: hi, kind: smalltalk}, {user: so, kind: [answer, unclear], topic: [route, cause]}]}]"
    )
    [dialogue] = load_dialogues(tmp_path)
    assert [turn.kinds for turn in dialogue.turns] == [("smalltalk",), ("answer", "unclear")]
    assert [turn.topics for turn in dialogue.turns] == [(), ("route", "cause")]


def test_the_labels_are_ones_the_judge_knows() -> None:
    assert {part.kind for question in load_questions() for part in question.parts} == KINDS
    kinds = {kind for d in load_dialogues() for turn in d.turns for kind in turn.kinds}
    assert kinds <= KINDS | {"form"}  # the turns after a consultation was asked for
