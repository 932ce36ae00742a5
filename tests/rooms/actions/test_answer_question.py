"""Every topic is answered in the page's words, or with "the page doesn't say"."""

import pytest

from actions.answer_question import AnswerQuestion
from actions.knowledge_base import catalogue
from knowledge import payload
from tests.conftest import ROOT
from tests.rooms.actions.tracker import outcome, run

TOPICS = sorted(catalogue().topics)
PAGE = " ".join(section.text for section in catalogue().documents[0].sections)
HEADINGS = {section.title for section in catalogue().documents[0].sections}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_covered_topic_is_answered_with_verbatim_quotes_and_their_sections(topic: str) -> None:
    message = run(AnswerQuestion(), f"ask_{topic}")
    result = outcome(message)
    if not catalogue().is_covered(topic):
        assert result == {"kind": "not_covered", "topic": topic}
        assert catalogue().topics[topic].label in message["text"]
        assert "“" not in message["text"], "nothing is quoted to a question the page doesn't answer"
        return
    assert result["kind"] == "answer"
    assert result["topic"] == topic
    for source in result["sources"]:
        assert source["quote"] in PAGE or source["quote"] in HEADINGS
        assert f"“{source['quote']}”" in message["text"]
        assert source["section"] in HEADINGS
        assert source["section"] in message["text"]
        assert source["retrieved"] == "2026-11-22"
        assert source["language"] == "en"


def test_the_pages_own_offer_of_a_consultation_brings_its_button() -> None:
    for topic, offers in (("free_consultation", True), ("route", False)):
        titles = [button["title"] for button in run(AnswerQuestion(), f"ask_{topic}")["buttons"]]
        assert ("Free consultation" in titles) is offers


@pytest.mark.parametrize("topic", TOPICS)
def test_an_answer_is_nothing_but_quotes_and_their_place(topic: str) -> None:
    message = run(AnswerQuestion(), f"ask_{topic}")
    if outcome(message)["kind"] == "answer":
        *quotes, place = message["text"].splitlines()
        assert quotes == [f"“{source['quote']}”" for source in outcome(message)["sources"]]
        start, *names = place.split("“")
        assert start == "From the page, section "
        assert {name.rstrip("”., ") for name in names} <= HEADINGS


def test_buttons_send_what_is_asked_and_in_which_language() -> None:
    buttons = run(AnswerQuestion(), "ask_side_effects")["buttons"]
    meant = [payload.read(button["payload"]) for button in buttons]
    related = [topic.name for topic in catalogue().related("side_effects")]
    assert [(one.topic, one.language) for one in meant if one] == [(name, "en") for name in related]


def test_what_is_not_covered_offers_the_consultation_and_nothing_else() -> None:
    buttons = run(AnswerQuestion(), "ask_cost")["buttons"]
    assert [button["title"] for button in buttons] == ["Free consultation"]


def test_the_page_file_is_the_one_that_is_quoted() -> None:
    assert (ROOT / "documents/spinraza.md").is_file()
