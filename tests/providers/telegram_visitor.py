"""Somebody who writes to the bot: makes updates as Telegram does, and posts them to its webhook."""

import time
from typing import Any, Callable, Dict, List, Optional

from tests.providers.telegram_rules import units
from tests.providers.telegram_server import BOT, Message, TelegramServer

Update = Dict[str, Any]
Post = Callable[[Update], int]  # returns the status

_MENTION = f"@{BOT['username']}"


class TelegramVisitor:
    """A person in a chat with the bot, or in a group with it."""

    def __init__(
        self,
        server: TelegramServer,
        post: Post,
        user: Optional[int] = None,
        group: Optional[int] = None,
        language: str = "en",
    ) -> None:
        self._server, self._post = server, post
        self.id = user or server.new_id() + 1000
        self.chat = group or self.id
        self._kind = "supergroup" if group else "private"
        self._user = {
            "id": self.id,
            "is_bot": False,
            "first_name": "Visitor",
            "language_code": language,
        }
        self._read = len(server.messages(self.chat))
        server.chat(self.chat, self._kind)

    # What is sent, as updates.

    def text(self, words: str, **more: Any) -> Update:
        """Return the update for a message of text, with the entities Telegram would find."""
        return self._update("message", self._message(**self._words("text", words), **more))

    def edited(self, words: str) -> Update:
        """Return the update for a message that was changed."""
        message = self._message(**self._words("text", words), edit_date=int(time.time()))
        return self._update("edited_message", message)

    def media(self, caption: str = "", **what: Any) -> Update:
        """Return the update for a message with a picture, a recording, ..., as `what` says."""
        words = self._words("caption", caption) if caption else {}
        return self._update("message", self._message(**what, **words))

    def press(self, message: Message, title: str) -> Update:
        """Return the update for pressing a button under one of the bot's messages."""
        rows = message["reply_markup"]["inline_keyboard"]
        [button] = [button for row in rows for button in row if button["text"] == title]
        query = str(self._server.new_id())
        self._server.queries[query] = False
        pressed = {
            "id": query,
            "from": self._user,
            "message": message,
            "chat_instance": "1",
            "data": button["callback_data"],
        }
        return self._update("callback_query", pressed)

    def member(self, old: str, new: str) -> Update:
        """Return the update for what became of the bot in this chat."""
        change = {
            "chat": self._chat(),
            "from": self._user,
            "date": int(time.time()),
            "old_chat_member": _member(old),
            "new_chat_member": _member(new),
        }
        return self._update("my_chat_member", change)

    # What is done.

    def post(self, update: Update) -> None:
        """Deliver an update; fails the test when it isn't taken."""
        status = self._post(update)
        assert status == 200, status

    def reply(self) -> Message:
        """Return the bot's next message in this chat."""
        self._server.wait(lambda: len(self._server.messages(self.chat)) > self._read)
        self._read += 1
        return self._server.messages(self.chat)[self._read - 1]

    def ask(self, words: str) -> Message:
        """Send a message of text and return the reply."""
        self.post(self.text(words))
        return self.reply()

    def unread(self) -> List[Message]:
        """Return what came and wasn't looked at."""
        return self._server.messages(self.chat)[self._read :]

    def _message(self, **content: Any) -> Message:
        return {
            "message_id": self._server.new_id(),
            "from": self._user,
            "chat": self._chat(),
            "date": int(time.time()),
            **content,
        }

    def _chat(self) -> Dict[str, Any]:
        if self._kind == "private":
            return {"id": self.chat, "type": "private", "first_name": "Visitor"}
        return {"id": self.chat, "type": self._kind, "title": "Families"}

    def _update(self, kind: str, content: Any) -> Update:
        return {"update_id": self._server.new_id(), kind: content}

    def _words(self, name: str, words: str) -> Dict[str, Any]:
        """Return a text or a caption, with commands and mentions of the bot marked."""
        entities = []
        command = words.split(" ")[0]
        if command.startswith("/") and len(command) > 1:
            entities.append({"type": "bot_command", "offset": 0, "length": units(command)})
        at = words.find(_MENTION)
        if at >= 0 and not words.startswith("/"):
            place = {"offset": units(words[:at]), "length": units(_MENTION)}
            entities.append({"type": "mention", **place})
        marks = {"text": "entities", "caption": "caption_entities"}[name]
        return {name: words, **({marks: entities} if entities else {})}


def _member(status: str) -> Dict[str, Any]:
    more = {"kicked": {"until_date": 0}}.get(status, {})
    return {"user": BOT, "status": status, **more}


def buttons_of(message: Message) -> List[str]:
    """Return the titles of a message's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def marked(message: Message, kind: str) -> List[str]:
    """Return what of a message's text is marked as a quote, a link, ..."""
    text = message["text"].encode("utf-16-le")
    return [
        text[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")
        for entity in message.get("entities", ())
        if entity["type"] == kind
    ]
