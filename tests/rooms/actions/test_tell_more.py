"""More about the latest topic: what stands next to it."""

from actions.knowledge_base import catalogue
from actions.tell_more import TellMore
from tests.rooms.actions.tracker import outcome, run


def test_with_nothing_before_the_themes_are_listed() -> None:
    assert outcome(run(TellMore(), "ask_more"))["topic"] == "capabilities"


def test_the_related_topics_of_the_latest_answer_are_offered() -> None:
    past = [{"kind": "answer", "topic": "route"}, {"kind": "smalltalk", "topic": "thank"}]
    message = run(TellMore(), "ask_more", past)
    titles = [topic.title("en") for topic in catalogue().related("route")]
    assert [button["title"] for button in message["buttons"]] == titles
