"""Takes who wants more to the clinic: the link to its online consultation form."""

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import language_of, questions_of
from actions.replies import reply_to_all
from actions.reply import send


class HandOff(Action):
    """Replies to who wants a consultation or a person, or gives contact details."""

    def name(self) -> str:
        return "action_hand_off"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        return send(dispatcher, tracker, reply_to_all(questions_of(tracker), language_of(tracker)))
