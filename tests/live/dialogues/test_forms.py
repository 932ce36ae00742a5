"""Whole conversations in the consultation form, through the real agent and action server."""

import os
from pathlib import Path
from typing import Any, Dict

import pytest
import sqlalchemy as sa
import yaml

from consultations.models import requests
from storage.database import create_engine
from tests.live.conversation import Conversation

FORMS = yaml.safe_load((Path(__file__).parent / "forms.yml").read_text(encoding="utf-8"))


def stored(reference: str) -> Dict[str, Any]:
    """Return the one request with a reference."""
    engine = create_engine(os.environ["DATABASE_URL"])
    with engine.connect() as connection:
        query = sa.select(requests).where(requests.c.reference == reference)
        [row] = connection.execute(query).all()
    return dict(row._mapping)


def test_there_are_forms_enough() -> None:
    assert len({script["about"] for script in FORMS}) == len(FORMS) >= 40


@pytest.mark.parametrize("script", FORMS, ids=lambda script: script["about"])
def test_form(script: dict, agent, loop) -> None:
    conversation = Conversation(agent, loop)
    references = set()
    for turn in script["turns"]:
        reply = conversation.say(str(turn["user"]))
        outcome = reply["custom"]
        said = f"{turn['user']!r} -> {reply}"
        assert outcome["kind"] == turn.get("kind", "form"), said
        topics = turn.get("topic", outcome["topic"])
        assert outcome["topic"] in ([topics] if isinstance(topics, str) else topics), said
        for words in turn.get("says", ()):
            assert words in reply["text"], said
        for words in turn.get("not", ()):
            assert words not in reply["text"], said
        if "reference" in outcome:
            references.add(outcome["reference"])
    if "stored" in script:
        [reference] = references
        row = stored(reference)
        wanted = {name: str(value) for name, value in script["stored"].items()}
        assert {name: str(row[name]) for name in wanted} == wanted
