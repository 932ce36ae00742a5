"""The offer of the free consultation that ends many replies."""

from actions.reply import Button, Kind, Outcome
from knowledge.payload import REQUEST_CONSULTATION, Payload
from texts import text

# Outcomes after which "yes, please" means the consultation that was just offered.
_OFFERING_KINDS = {Kind.NOT_COVERED.value, Kind.ADVICE.value, Kind.ADVERSE_EVENT.value}
_OFFERING_TOPICS = {"consultation_offer", "about_bot", "feeling", "insult", "free_consultation"}
_NOT_OFFERING = {"out_of_scope"}


def consultation_button(language: str) -> Button:
    """Return the button that asks for a consultation."""
    return {
        "title": text("consultation_button", language),
        "payload": str(Payload(REQUEST_CONSULTATION, language)),
    }


def was_offered(outcome: Outcome) -> bool:
    """Say whether the turn with this outcome offered the consultation."""
    topic = outcome.get("topic")
    if topic in _NOT_OFFERING:
        return False
    return outcome.get("kind") in _OFFERING_KINDS or topic in _OFFERING_TOPICS
