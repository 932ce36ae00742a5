"""Trackers as the action server gets them, built from what happened in a conversation."""

from typing import Any, Dict, Iterable, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


def tracker(
    intent: str,
    past: Iterable[Dict[str, Any]] = (),
    ranking: Iterable[str] = (),
    questions: Iterable[str] = (),
    language: Optional[str] = None,
) -> Tracker:
    """Return a tracker whose latest message has `intent`, after bot turns with `past` outcomes."""
    message: Dict[str, Any] = {
        "intent": {"name": intent, "confidence": 0.9},
        "intent_ranking": [{"name": name, "confidence": 0.1} for name in ranking],
    }
    events = [{"event": "bot", "text": "...", "data": {"custom": outcome}} for outcome in past]
    message["questions"] = [{"name": name, "confidence": 0.9} for name in questions]
    return Tracker(
        "somebody", {"language": language}, message, events, False, None, {}, "action_listen"
    )


def run(
    action: Action,
    intent: str,
    past: Iterable[Dict[str, Any]] = (),
    ranking: Iterable[str] = (),
    **more: Any,
) -> Dict[str, Any]:
    """Run an action and return its one message."""
    dispatcher = CollectingDispatcher()
    events: Optional[List[Any]] = action.run(dispatcher, tracker(intent, past, ranking, **more), {})
    assert events == []
    assert len(dispatcher.messages) == 1
    return dict(dispatcher.messages[0])


def outcome(message: Dict[str, Any]) -> Dict[str, Any]:
    """Return the outcome that a message carries."""
    return dict(message["custom"])
