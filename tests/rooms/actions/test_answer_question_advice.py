"""Who asks for a decision on one person gets none, and the doctor is named."""

import re

import pytest

from actions.answer_question import AnswerQuestion
from actions.knowledge_base import catalogue
from tests.rooms.actions.tracker import outcome, run

VERDICT = re.compile(
    r"^(yes|no)\b|\byou (should|can|are|may) (take|stop|start|switch|have|eligible)", re.I
)


@pytest.mark.parametrize("name", [*catalogue().advice, "something_new"])
def test_no_verdict_and_the_doctor_named(name: str) -> None:
    message = run(AnswerQuestion(), f"seek_advice_{name}")
    result = outcome(message)
    own_words = message["text"]
    for source in result.get("sources", ()):
        own_words = own_words.replace(source["quote"], "")
    assert result["kind"] == "advice"
    assert "Please ask your doctor" in own_words
    assert not VERDICT.search(own_words)
    assert [button["title"] for button in message["buttons"]] == ["Free consultation"]


def test_what_the_page_says_in_general_is_quoted_beside() -> None:
    result = outcome(run(AnswerQuestion(), "seek_advice_dose"))
    assert "may vary depending on factors such as age" in result["sources"][0]["quote"]
