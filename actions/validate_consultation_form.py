"""Every turn of the consultation form, as Rasa's form asks for it.

Rasa calls this at the form's activation and with every message while it is active. What was entered
is kept in the consultations database, never in slots: so nothing personal gets into the tracker.
"""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.consultation_turn import ConsultationTurn
from actions.reply import send

# The form's one required slot: it is done when there is a reference number.
REFERENCE = "consultation_reference"
REQUESTED = "requested_slot"


class ValidateConsultationForm(Action):
    """Replies to every message while the form is active."""

    def name(self) -> str:
        return "validate_consultation_form"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        turn = ConsultationTurn(tracker)
        progress = turn.run(begins=tracker.get_slot(REQUESTED) is None)
        send(dispatcher, tracker, progress.reply, turn.language)
        return [
            SlotSet(REFERENCE, progress.reference),
            SlotSet(REQUESTED, None if progress.done else REFERENCE),
        ]
