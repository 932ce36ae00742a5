"""An emergency stands above everything else that was understood."""

from typing import Dict, List, Optional

import pytest
from rasa.shared.nlu.training_data.message import Message

from components.emergency_detector import EmergencyDetector
from components.parts import parts_of

CONFIG = {"threshold": 0.3, "sentence_threshold": 0.6}


def ranking(**confidences: float) -> List[Dict[str, object]]:
    entries = [{"name": name, "confidence": value} for name, value in confidences.items()]
    return sorted(entries, key=lambda entry: -float(str(entry["confidence"])))


def detect(
    text: str, whole: List[Dict[str, object]], sentences: Optional[List] = None
) -> Dict[str, object]:
    message = Message.build(text)
    message.set("intent", whole[0] if whole else None)
    message.set("intent_ranking", whole)
    parts_of(message).sentence_rankings = sentences or []
    return dict(EmergencyDetector(CONFIG).process([message])[0].get("intent") or {})


def test_kinds_of_emergency_add_up() -> None:
    whole = ranking(ask_cost=0.4, emergency_breathing=0.2, emergency_collapse=0.15)
    assert detect("x", whole)["name"] == "emergency_breathing"


def test_below_the_threshold_the_intent_stays() -> None:
    assert detect("x", ranking(ask_cost=0.7, emergency_breathing=0.29))["name"] == "ask_cost"


def test_one_sentence_is_enough() -> None:
    sentences = [ranking(ask_cost=0.9), ranking(emergency_seizure=0.7, greet=0.1)]
    assert detect("x", ranking(ask_cost=0.9), sentences)["name"] == "emergency_seizure"


def test_a_sentence_must_be_clearer_than_a_whole_message() -> None:
    sentences = [ranking(emergency_seizure=0.5, tell_background=0.4)]
    assert detect("x", ranking(ask_cost=0.9), sentences)["name"] == "ask_cost"


def test_a_rule_needs_no_classifier() -> None:
    assert detect("he is not breathing", [])["name"] == "emergency_breathing"
    assert detect("hello", []) == {}


@pytest.mark.parametrize("text", ["he is not breathing", "what does it cost"])
def test_not_understood_does_not_hide_an_emergency(text: str) -> None:
    whole = ranking(nlu_fallback=0.8, emergency_breathing=0.35)
    assert detect(text, whole)["name"] == "emergency_breathing"
