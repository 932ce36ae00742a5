"""What the conversation so far says: the last outcomes, and what was understood just now."""

from typing import Any, Dict, Iterator, List, Optional

from rasa_sdk import Tracker

from knowledge.payload import ASK

SEEK_ADVICE = "seek_advice_"


def intent_of(tracker: Tracker) -> str:
    """Return the name of the intent of the visitor's latest message; empty when there is none."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def questions_of(tracker: Tracker) -> List[str]:
    """Return the intents of all questions in the latest message, at least its own one."""
    several = tracker.latest_message.get("questions") or []
    return [str(question["name"]) for question in several] or [intent_of(tracker)]


def text_of(tracker: Tracker) -> str:
    """Return what the visitor typed."""
    return str(tracker.latest_message.get("text") or "")


def proven_contact(tracker: Tracker) -> Dict[str, str]:
    """Return the phone number that the visitor's messaging app vouches for; may be empty."""
    phone = (tracker.latest_message.get("metadata") or {}).get("phone")
    return {"phone": phone} if isinstance(phone, str) and phone else {}


def way_out_of_group(tracker: Tracker) -> str:
    """Return where the bot can be written to alone, when others read along; empty otherwise."""
    return str((tracker.latest_message.get("metadata") or {}).get("group") or "")


def confidence_of(tracker: Tracker) -> float:
    """Return how sure the intent of the latest message is, 0 to 1."""
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0.0)


def asks(tracker: Tracker) -> bool:
    """Say whether the latest message has the form of a question."""
    return bool(tracker.latest_message.get("asks"))


def is_shortened(tracker: Tracker) -> bool:
    """Say whether only the last question of a very long message was looked at."""
    return bool(tracker.latest_message.get("shortened"))


def language_of(tracker: Tracker) -> str:
    """Return the ISO code of the visitor's language; English until something speaks for another."""
    return str(tracker.get_slot("language") or "en")


def nearest_topics(tracker: Tracker) -> List[str]:
    """Return the topics that come nearest to the latest message, the nearest first."""
    ranking = tracker.latest_message.get("intent_ranking") or []
    names = [str(entry.get("name") or "") for entry in ranking]
    return [name[len(ASK) :] for name in names if name.startswith(ASK)]


def past_outcomes(tracker: Tracker) -> Iterator[Dict[str, Any]]:
    """Yield the outcomes of the bot's earlier turns, the latest first."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom")
            if isinstance(custom, dict) and custom.get("kind"):
                yield custom


def last_outcome(tracker: Tracker) -> Optional[Dict[str, Any]]:
    """Return the outcome of the bot's previous turn, or None at the start."""
    return next(past_outcomes(tracker), None)


_LONGEST_SUGGESTION = 300  # characters
_UNANSWERED = {"not_covered", "advice", "unclear"}


def unanswered_question(tracker: Tracker) -> str:
    """Return the visitor's latest question that the bot couldn't answer; empty when there is none.

    Only a short one: a long story isn't a question to be sent on with one press of a button.
    """
    is_unanswered = False
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom")
            outcome = custom if isinstance(custom, dict) else {}
            known = outcome.get("topic") != "out_of_scope"
            is_unanswered = known and outcome.get("kind") in _UNANSWERED
        elif event.get("event") == "user" and is_unanswered:
            text = str(event.get("text") or "")
            return text if len(text) <= _LONGEST_SUGGESTION else ""
    return ""
