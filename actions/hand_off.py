"""Takes who wants more to the clinic: the link to its online consultation form."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

import settings
from actions.reply import Kind, outcome, say


def hand_off(dispatcher: CollectingDispatcher) -> None:
    """Reply with the way to the free consultation."""
    result = outcome(Kind.HANDOFF, "consultation")
    url = settings.consultation_form_url()
    if url:
        say(dispatcher, "consultation_form", result, url=url)
    else:
        say(dispatcher, "consultation_form_not_configured", result)


class HandOff(Action):
    """Replies to who wants a consultation or a person, or gives contact details."""

    def name(self) -> str:
        return "action_hand_off"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        hand_off(dispatcher)
        return []
