"""What wasn't understood is said so, and never guessed."""

from actions.offer_nearest_topics import OfferNearestTopics
from tests.rooms.actions.tracker import outcome, run

RANKING = [
    "nlu_fallback",
    "greet",
    "ask_cost",
    "ask_bleeding",
    "ask_unknown",
    "ask_kidney",
    "ask_mri",
]


def test_nothing_near_nothing_offered() -> None:
    message = run(OfferNearestTopics(), "nlu_fallback", ranking=["nlu_fallback"])
    assert outcome(message) == {"kind": "unclear", "topic": None}
    assert message["buttons"] == []


def test_the_three_nearest_topics_that_exist_are_offered() -> None:
    message = run(OfferNearestTopics(), "nlu_fallback", ranking=RANKING)
    titles = [button["title"] for button in message["buttons"]]
    assert titles == [
        "What treatment costs",
        "Bleeding risk and blood tests",
        "Kidney risk and urine tests",
    ]


def test_the_second_time_in_a_row_the_consultation_is_offered_as_well() -> None:
    past = [{"kind": "answer", "topic": "cost"}, {"kind": "unclear", "topic": None}]
    message = run(OfferNearestTopics(), "nlu_fallback", past, RANKING)
    assert outcome(message) == {"kind": "unclear", "topic": "consultation_offer"}
    assert message["buttons"][-1]["title"] == "Free consultation"


def test_an_answer_in_between_starts_again() -> None:
    past = [{"kind": "unclear", "topic": None}, {"kind": "answer", "topic": "route"}]
    message = run(OfferNearestTopics(), "nlu_fallback", past, RANKING)
    assert outcome(message)["topic"] is None
