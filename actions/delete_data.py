"""Deletes what a visitor told the bot, when they ask for it and say yes once more."""

import logging
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import consultation_store as store
from actions.conversation import language_of, last_outcome
from actions.reply import Kind, Reply, outcome, send
from storage.errors import ConfigurationError, StorageError
from texts import text

logger = logging.getLogger(__name__)

DELETE_OFFER = "delete_offer"


class DeleteData(Action):
    """Offers to delete everything of this conversation; deletes it when asked again."""

    def name(self) -> str:
        return "action_delete_data"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        previous = last_outcome(tracker)
        if previous and previous.get("topic") == DELETE_OFFER:
            return delete(dispatcher, tracker)
        language = language_of(tracker)
        title = text("delete_button", language)
        buttons = [{"title": title, "payload": title}]
        words = text("delete_offer", language)
        return send(dispatcher, tracker, Reply(words, outcome(Kind.FORM, DELETE_OFFER), buttons))


def delete(dispatcher: CollectingDispatcher, tracker: Tracker) -> List[Dict[str, Any]]:
    """Erase requests, drafts and this conversation, and say what became of it."""
    language = language_of(tracker)
    try:
        erased = store.erase_conversation(tracker.sender_id)
    except (StorageError, ConfigurationError) as error:
        logger.error("deleting on request failed: %s", error)
        reply = Reply(text("delete_failed", language), outcome(Kind.UNAVAILABLE, "delete"))
        return send(dispatcher, tracker, reply)
    told = text("deleted_delivered", language) if erased.requests else ""
    words = text("deleted", language, online=told) if erased else text("deleted_nothing", language)
    send(dispatcher, tracker, Reply(words, outcome(Kind.FORM, "deleted")))
    return [SlotSet("consultation_reference", None)]
