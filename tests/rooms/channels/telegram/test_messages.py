"""What each kind of update asks of the bot."""

from typing import Any, Dict, Iterator, Optional

import pytest
import telegram

from channels.telegram.messages import Asked, Fixed, NameUnknownError, Pressed, Words, read
from tests.providers.telegram_server import BOT, TelegramServer
from tests.providers.telegram_visitor import TelegramVisitor, Update

NAME, GROUP = str(BOT["username"]), -100500
FILE = {"file_id": "1", "file_unique_id": "1"}
PHOTO = {"photo": [{**FILE, "width": 1, "height": 1}]}
VOICE = {"voice": {**FILE, "duration": 1}}
LOCATION = {"location": {"latitude": 1.0, "longitude": 2.0, "live_period": 60}}
FROM_THE_BOT = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": GROUP, "type": "supergroup", "title": "Families"},
    "from": BOT,
    "text": "hello",
}


@pytest.fixture
def telegram_server() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server


@pytest.fixture
def visitor(telegram_server: TelegramServer) -> TelegramVisitor:
    return TelegramVisitor(telegram_server, lambda _: 200, user=7)


@pytest.fixture
def member(telegram_server: TelegramServer) -> TelegramVisitor:
    return TelegramVisitor(telegram_server, lambda _: 200, user=7, group=GROUP)


def asked(update: Update, name: Optional[str] = NAME) -> Optional[Asked]:
    return read(telegram.Update.de_json(update, None), int(str(BOT["id"])), name)


def changed(update: Update, **content: Any) -> Update:
    [kind] = update.keys() - {"update_id"}
    return {**update, kind: {**update[kind], **content}}


CHANNEL = {"id": -100700, "type": "channel", "title": "News"}
IGNORED: Dict[str, Dict[str, Any]] = {
    "a post in a channel": {"chat": CHANNEL},
    "a post forwarded from a channel": {"sender_chat": CHANNEL, "is_automatic_forward": True},
    "a message in a channel's name": {"sender_chat": CHANNEL},
    "a message of another bot": {"from": {"id": 9, "is_bot": True, "first_name": "Bot"}},
    "a message of nobody": {"from": None},
}


@pytest.mark.parametrize("why", IGNORED)
def test_what_no_visitor_wrote_is_left_alone(member: TelegramVisitor, why: str) -> None:
    update = member.text(f"@{NAME} hello")
    assert asked(update)
    assert asked(changed(update, **IGNORED[why])) is None


def test_a_message_without_content_is_left_alone(visitor: TelegramVisitor) -> None:
    assert asked(visitor.media(group_chat_created=True)) is None
    assert asked({"update_id": 1}) is None
    assert asked({"update_id": 1, "something_new": {}}) is None


def test_words_are_words(visitor: TelegramVisitor) -> None:
    assert asked(visitor.text("/ hello")) == Words("7", "/ hello", {"chat": 7, "language": "en"})


@pytest.mark.parametrize(
    ("code", "language"),
    [("es-419", "es"), ("zh-hans", "zh"), ("de", None), ("../../x", None), ("", None)],
)
def test_the_apps_language_is_taken_where_there_are_texts(
    telegram_server: TelegramServer, code: str, language: Optional[str]
) -> None:
    visitor = TelegramVisitor(telegram_server, lambda _: 200, language=code)
    result = asked(visitor.text("hola"))
    assert result and result.address.get("language") == language


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("/start", "telegram_start"),
        ("/start deep-link-payload", "telegram_start"),
        (f"/START@{NAME}", "telegram_start"),
        ("/help me", "telegram_help"),
        ("/stop", "telegram_stop"),
    ],
)
def test_commands_with_a_text_of_their_own(visitor: TelegramVisitor, words: str, name: str) -> None:
    result = asked(visitor.text(words))
    assert isinstance(result, Fixed) and result.name == name


def test_other_commands_are_words(visitor: TelegramVisitor) -> None:
    result = asked(visitor.text("/delete_my_data please"))
    assert isinstance(result, Words) and result.text == "delete my data please"
    result = asked(visitor.text("/restart"))
    assert isinstance(result, Words) and result.text == "restart"


def test_media_get_a_text_and_a_caption_counts_as_words(visitor: TelegramVisitor) -> None:
    voice, photo = asked(visitor.media(**VOICE)), asked(visitor.media(**PHOTO))
    assert isinstance(voice, Fixed) and voice.name == "telegram_no_voice"
    assert isinstance(photo, Fixed) and photo.name == "telegram_no_media"
    captioned = asked(visitor.media(**PHOTO, caption="Is this normal?"))
    assert isinstance(captioned, Words) and captioned.text == "Is this normal?"
    for other in ({"sticker": {**FILE, "type": "regular", "width": 1, "height": 1,
                               "is_animated": False, "is_video": False}},
                  {"document": FILE}, LOCATION, {"dice": {"emoji": "🎲", "value": 1}},
                  {"contact": {"phone_number": "1", "first_name": "A"}}):  # fmt: skip
        result = asked(visitor.media(**other))
        assert isinstance(result, Fixed) and result.name == "telegram_no_media", other


def test_the_pictures_of_an_album_have_one_thing_in_common(visitor: TelegramVisitor) -> None:
    first, second = (asked(visitor.media(**PHOTO, media_group_id="77")) for _ in range(2))
    assert isinstance(first, Fixed) and isinstance(second, Fixed)
    assert first.once == second.once == "77"


def test_a_changed_message_says_so_but_a_live_location_moves_in_silence(
    visitor: TelegramVisitor,
) -> None:
    result = asked(visitor.edited("How is it given?"))
    assert isinstance(result, Words) and result.address["edited"] is True
    moved = visitor.media(**LOCATION)
    assert asked({"update_id": 1, "edited_message": moved["message"]}) is None


def test_in_a_group_only_who_addresses_the_bot_is_answered(member: TelegramVisitor) -> None:
    for words in ("hello", "/start", "/start@another_bot", "@another_bot hello", f"x{NAME}"):
        assert asked(member.text(words)) is None, words
    assert asked(member.media(**PHOTO)) is None
    for update in (
        member.text(f"@{NAME} How is it given?"),
        member.text(f"How is it given, @{NAME}?"),
        member.text("How is it given?", reply_to_message=FROM_THE_BOT),
        member.media(**PHOTO, caption=f"@{NAME} How is it given?"),
    ):
        result = asked(update)
        assert isinstance(result, Words) and result.text.startswith("How is it given"), update
    started = asked(member.text(f"/start@{NAME}"))
    assert isinstance(started, Fixed) and started.name == "telegram_start"
    only_named = asked(member.text(f"@{NAME}"))
    assert isinstance(only_named, Fixed) and only_named.name == "telegram_help"


def test_a_reply_to_somebody_else_is_not_for_the_bot(member: TelegramVisitor) -> None:
    other = {**FROM_THE_BOT, "from": {"id": 9, "is_bot": False, "first_name": "Ana"}}
    assert asked(member.text("hello", reply_to_message=other)) is None


def test_before_its_name_is_known_a_mention_has_to_come_again(member: TelegramVisitor) -> None:
    with pytest.raises(NameUnknownError):
        asked(member.text(f"@{NAME} hello"), name=None)
    assert asked(member.text("hello"), name=None) is None
    assert asked(member.text("hello", reply_to_message=FROM_THE_BOT), name=None)


def test_a_conversation_in_a_group_is_one_of_its_member(
    telegram_server: TelegramServer, member: TelegramVisitor, visitor: TelegramVisitor
) -> None:
    other = TelegramVisitor(telegram_server, lambda _: 200, user=8, group=GROUP)
    update = member.text(f"@{NAME} hello")
    mine, others = asked(update), asked(other.text(f"@{NAME} hello"))
    private = asked(visitor.text("hello"))
    assert mine and others and private
    assert len({mine.user, others.user, private.user}) == 3
    assert mine.address["group"] is True
    assert mine.address["reply_to"] == update["message"]["message_id"]
    assert "reply_to" not in private.address


def test_a_topic_of_a_group_is_answered_there(member: TelegramVisitor) -> None:
    update = member.text(f"@{NAME} hello", message_thread_id=12, is_topic_message=True)
    result = asked(update)
    assert result and result.address["thread"] == 12


def test_who_writes_in_the_groups_name_is_answered(member: TelegramVisitor) -> None:
    chat = {"id": GROUP, "type": "supergroup", "title": "Families"}
    admin = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    update = member.text(f"@{NAME} hello")
    assert asked(changed(update, **{"sender_chat": chat, "from": admin}))


def test_a_button_is_known_by_who_pressed_it(
    telegram_server: TelegramServer, member: TelegramVisitor
) -> None:
    rows = [[{"text": "Side effects", "callback_data": "key:1"}]]
    message = {**FROM_THE_BOT, "reply_markup": {"inline_keyboard": rows}}
    result = asked(member.press(message, "Side effects"))
    other = TelegramVisitor(telegram_server, lambda _: 200, user=8, group=GROUP)
    others = asked(other.press(message, "Side effects"))
    assert isinstance(result, Pressed) and isinstance(others, Pressed)
    assert (result.data, result.address["pressed"]) == ("key:1", "Side effects")
    assert result.user != others.user


def test_a_button_of_a_message_telegram_has_forgotten(visitor: TelegramVisitor) -> None:
    rows = [[{"text": "Yes", "callback_data": "Yes"}]]
    message = {**FROM_THE_BOT, "reply_markup": {"inline_keyboard": rows}}
    update = visitor.press(message, "Yes")
    chat = {"id": 7, "type": "private", "first_name": "Visitor"}
    old = {"message_id": 1, "date": 0, "chat": chat}
    result = asked(changed(update, message=old))
    assert isinstance(result, Pressed)
    assert result.data == "Yes" and "pressed" not in result.address


def test_a_group_that_takes_the_bot_in_is_greeted_and_nobody_else(
    visitor: TelegramVisitor, member: TelegramVisitor
) -> None:
    greeted = asked(member.member("left", "member"))
    assert isinstance(greeted, Fixed) and greeted.name == "telegram_group"
    assert asked(member.member("member", "left")) is None
    assert asked(member.member("member", "kicked")) is None
    assert asked(visitor.member("member", "kicked")) is None
    assert asked(visitor.member("kicked", "member")) is None
