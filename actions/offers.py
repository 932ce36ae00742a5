"""The offer of the free consultation that ends many replies."""

from actions.reply import Button, Kind, Outcome
from texts import text

# Outcomes after which "yes, please" means the consultation that was just offered.
OFFERING_KINDS = {Kind.NOT_COVERED, Kind.ADVICE, Kind.ADVERSE_EVENT}


def consultation_button() -> Button:
    """Return the button that asks for a consultation, as if the visitor had typed it."""
    return {"title": text("consultation_button"), "payload": text("consultation_request")}


def was_offered(outcome: Outcome) -> bool:
    """Say whether the turn with this outcome offered the consultation."""
    return outcome.get("kind") in {kind.value for kind in OFFERING_KINDS} or bool(
        outcome.get("topic") == "consultation_offer"
    )
