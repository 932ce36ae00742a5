"""Several questions in one message are all answered, and no part is lost."""

import pytest

from actions.answer_question import AnswerQuestion
from actions.composing import can_reply_to, reply_to_all
from tests.rooms.actions.tracker import outcome, run


def test_a_covered_and_an_uncovered_question() -> None:
    questions = ["ask_bleeding", "ask_cost"]
    message = run(AnswerQuestion(), "ask_bleeding", questions=questions)
    result = outcome(message)
    assert (result["kind"], result["topic"]) == ("answer", "bleeding")
    assert [part["kind"] for part in result["parts"]] == ["answer", "not_covered"]
    assert "Increased risk of bleeding" in message["text"]
    assert "doesn't say anything about what treatment costs" in message["text"]


def test_two_covered_questions_bring_the_quotes_of_both() -> None:
    result = outcome(run(AnswerQuestion(), "x", questions=["ask_kidney", "ask_pregnancy"]))
    quotes = " ".join(source["quote"] for source in result["sources"])
    assert "kidney damage" in quotes and "pregnant" in quotes


def test_two_topics_with_one_answer_give_one_answer() -> None:
    result = outcome(run(AnswerQuestion(), "x", questions=["ask_cause", "ask_share_5q"]))
    assert "parts" not in result
    assert len(result["sources"]) == 1


@pytest.mark.parametrize(
    ("questions", "kind"),
    [
        (["ask_cost", "ask_route"], "answer"),
        (["ask_cost", "out_of_scope"], "not_covered"),
        (["ask_route", "seek_advice_dose"], "advice"),
        (["ask_route", "request_consultation"], "handoff"),
        (["seek_advice_symptom", "report_side_effect", "ask_route"], "adverse_event"),
    ],
)
def test_the_weightiest_outcome_is_the_turns(questions: list, kind: str) -> None:
    assert reply_to_all(questions, "en").outcome["kind"] == kind


def test_what_no_reply_fits_is_left_out() -> None:
    assert not can_reply_to("greet")
    assert not can_reply_to("ask_nothing_known")
    assert "parts" not in reply_to_all(["greet", "ask_cost"], "en").outcome


def test_a_language_not_spoken_is_said_honestly_and_answered_in_english() -> None:
    message = run(AnswerQuestion(), "ask_route", language="fr")
    first, rest = message["text"].split("\n", 1)
    assert "only write in English" in first
    assert "lumbar puncture" in rest
    assert "only write in English" not in run(AnswerQuestion(), "ask_route", language="en")["text"]
