"""What can you do? The themes, each with a button."""

from actions.knowledge_base import catalogue
from actions.list_themes import ListThemes
from tests.rooms.actions.tracker import outcome, run


def test_every_theme_is_listed_and_leads_to_an_answer() -> None:
    message = run(ListThemes(), "ask_capabilities")
    assert outcome(message)["kind"] == "smalltalk"
    assert len(message["buttons"]) == len(catalogue().themes)
    for topic in (topic for theme in catalogue().themes for topic in theme):
        assert catalogue().topics[topic].label in message["text"]
        assert catalogue().is_covered(topic)
