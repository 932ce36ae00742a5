"""What an update from Telegram asks of the bot: an answer, a fixed text, or nothing.

In groups the bot answers only who addresses it: a mention, a reply to its message, a command with
its name. A conversation there is one of the group and the member: nobody goes on with another's.
"""

from dataclasses import dataclass
from typing import Any, Dict, Optional, Union

from telegram import CallbackQuery, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import ChatType

import texts
from channels.turns.app_channel import Address

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_FIXED_COMMANDS = {
    "start": "telegram_start",
    "help": "telegram_help",
    "stop": "telegram_stop",
}
_IN = ("member", "administrator")
_OUT = ("left", "kicked")
# By https://core.telegram.org/bots/features#commands: no other characters are in a command.
_WORD_BREAK = "_"


class NameUnknownError(Exception):
    """The bot's own name isn't known yet, so that it can't be seen whom a message is for."""


@dataclass(frozen=True)
class Words:
    """A visitor's words, to be answered by Rasa."""

    user: str
    text: str
    address: Address


@dataclass(frozen=True)
class Fixed:
    """Something that is replied to with the text called `name`.

    `once` is what several updates have in common that get one reply (the pictures of an album).
    """

    user: str
    name: str
    address: Address
    once: Optional[str] = None


@dataclass(frozen=True)
class Pressed:
    """A button; `data` is what the sender gave it, `query` the number under which to say so."""

    user: str
    data: str
    query: str
    address: Address


Asked = Union[Words, Fixed, Pressed]


def read(update: Update, bot_id: int, bot_name: Optional[str]) -> Optional[Asked]:
    """Return what an update asks of the bot, None when it isn't meant for it.

    Args:
        update: a genuine one.
        bot_id: the bot's number.
        bot_name: its name without the @; None when it isn't known yet.

    Raises:
        NameUnknownError: a message in a group may be for the bot: ask again later.
    """
    if update.callback_query:
        return _pressed(update.callback_query)
    if update.my_chat_member:
        return _joined(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.CHANNEL or _is_machine(message):
        return None
    return _Reading(message, update.edited_message is not None, bot_id, bot_name).asked()


def unreadable(data: Dict[str, Any]) -> Optional[Asked]:
    """Return what is said to an update that the library can't read, newer than it perhaps.

    It isn't refused: it would come again and again, and others wait behind it.
    """
    message = data.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    if not isinstance(number, int) or chat is None or chat.get("type") != ChatType.PRIVATE:
        return None
    return Fixed(_user_of(number, number, False), "telegram_no_media", {"chat": number})


class _Reading:
    """Reads one message."""

    def __init__(
        self, message: Message, is_edited: bool, bot_id: int, bot_name: Optional[str]
    ) -> None:
        self._message, self._is_edited = message, is_edited
        self._bot_id, self._bot_name = bot_id, bot_name
        self._is_group = message.chat.type in _GROUPS
        self._user = _user_of(message.chat.id, _sender_of(message), self._is_group)
        self._address = _address_of(message, self._is_group)
        if is_edited:
            self._address["edited"] = True
        self._text = message.text or message.caption or ""
        # What names the bot or commands it, with the words of it.
        self._marks: Dict[MessageEntity, str] = {}
        if message.text:
            self._marks = message.parse_entities()
        elif message.caption:
            self._marks = message.parse_caption_entities()

    def asked(self) -> Optional[Asked]:
        if self._is_group and not self._is_addressed():
            return None
        command = self._command()
        if command:
            name, rest = command
            if name in _FIXED_COMMANDS:
                return self._fixed(_FIXED_COMMANDS[name])
            words = f"{name.replace(_WORD_BREAK, ' ')} {rest}".strip()
            return Words(self._user, words, self._address)
        if self._text.strip():
            words = self._without_mentions()
            if not words:
                return self._fixed("telegram_help")
            return Words(self._user, words, self._address)
        return self._media()

    def _media(self) -> Optional[Asked]:
        """Say that text works; but a live location is edited all the time."""
        message = self._message
        if self._is_edited or message.effective_attachment is None:
            return None
        is_spoken = message.voice or message.audio or message.video_note
        name = "telegram_no_voice" if is_spoken else "telegram_no_media"
        return self._fixed(name, message.media_group_id)

    def _fixed(self, name: str, once: Optional[str] = None) -> Fixed:
        return Fixed(self._user, name, self._address, once)

    def _command(self) -> Optional[tuple[str, str]]:
        """Return the command that the text begins with, and what follows it."""
        for entity, words in self._marks.items():
            if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
                return words[1:].partition("@")[0].lower(), self._text[len(words) :].strip()
        return None

    def _is_addressed(self) -> bool:
        replied = self._message.reply_to_message
        if replied and replied.from_user and replied.from_user.id == self._bot_id:
            return True
        return any(self._names_bot(entity, words) for entity, words in self._marks.items())

    def _names_bot(self, entity: MessageEntity, words: str) -> bool:
        if entity.type == MessageEntity.TEXT_MENTION:
            return entity.user is not None and entity.user.id == self._bot_id
        if entity.type not in (MessageEntity.MENTION, MessageEntity.BOT_COMMAND):
            return False
        _, at, name = words.partition("@")
        if at and self._bot_name is None:
            raise NameUnknownError
        return bool(at) and name.lower() == str(self._bot_name).lower()

    def _without_mentions(self) -> str:
        text = self._text
        if self._is_group:
            for entity, words in self._marks.items():
                if entity.type == MessageEntity.MENTION and self._names_bot(entity, words):
                    text = text.replace(words, " ", 1)
        return " ".join(text.split(" ")).strip(" ,:\n")


def _pressed(query: CallbackQuery) -> Optional[Asked]:
    message = query.message
    if message is None or not query.data:
        return None
    is_group = message.chat.type in _GROUPS
    address = _base_address(message.chat.id, query.from_user)
    if is_group:
        address["group"] = True
    if isinstance(message, Message):
        if message.is_topic_message:
            address["thread"] = message.message_thread_id
        title = _title_of(message, query.data)
        if title:
            address["pressed"] = title
    user = _user_of(message.chat.id, query.from_user.id, is_group)
    return Pressed(user, query.data, query.id, address)


def _title_of(message: Message, data: str) -> str:
    """Return what stands on the button of a message that has this data."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    buttons = [button for row in rows for button in row]
    return next((button.text for button in buttons if button.callback_data == data), "")


def _joined(change: ChatMemberUpdated) -> Optional[Asked]:
    """Greet a group that takes the bot in; blocked or removed, it could tell nobody anything."""
    is_in = change.new_chat_member.status in _IN and change.old_chat_member.status in _OUT
    if not is_in or change.chat.type not in _GROUPS:
        return None
    address = {**_base_address(change.chat.id, change.from_user), "group": True}
    user = _user_of(change.chat.id, change.from_user.id, True)
    return Fixed(user, "telegram_group", address)


def _is_machine(message: Message) -> bool:
    """Say whether a message comes from a channel or another bot and not from somebody."""
    if message.sender_chat:
        # A group's administrators may write in the group's name.
        return bool(message.is_automatic_forward) or message.sender_chat.id != message.chat.id
    return message.from_user is None or message.from_user.is_bot


def _sender_of(message: Message) -> int:
    sender = message.sender_chat or message.from_user
    assert sender is not None
    return int(sender.id)


def _user_of(chat: int, sender: int, is_group: bool) -> str:
    return f"{chat}:{sender}" if is_group else str(chat)


def _address_of(message: Message, is_group: bool) -> Address:
    address = _base_address(message.chat.id, message.from_user)
    if message.is_topic_message:
        address["thread"] = message.message_thread_id
    if is_group:
        address.update(group=True, reply_to=message.message_id)
    return address


def _base_address(chat: int, user: Optional[User]) -> Dict[str, Any]:
    address: Dict[str, Any] = {"chat": chat}
    # An IETF tag such as es-419: https://core.telegram.org/bots/api#user
    language = str((user.language_code if user else None) or "").split("-")[0].lower()
    if language.isalpha() and texts.is_spoken(language):
        address["language"] = language
    return address
