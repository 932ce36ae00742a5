"""What a genuine request from Twilio says."""

from typing import Dict

import pytest

from channels.whatsapp.messages import Message, message_of
from channels.whatsapp.request import Parameters, RefusedError
from tests.providers.whatsapp_parts import configure
from tests.providers.whatsapp_server import SENDER, WhatsAppServer
from tests.providers.whatsapp_visitor import Pairs, WhatsAppVisitor

NUMBER = "+4915112345678"


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> WhatsAppVisitor:
    configure(monkeypatch)
    return WhatsAppVisitor(WhatsAppServer(), lambda _: 200, NUMBER)


def read(pairs: Pairs) -> Message:
    message = message_of(Parameters(pairs))
    assert message
    return message


@pytest.mark.parametrize(
    "changed",
    [
        {"MessageSid": ""},
        {"MessageSid": "SM1"},
        {"MessageSid": "SM" + "0" * 32 + "NumMedia0"},  # what was signed, cut otherwise
        {"MessageSid": "CA" + "0" * 32},
        {"From": ""},
        {"From": NUMBER},
        {"From": "messenger:123"},
        {"From": "whatsapp:"},
        {"From": "whatsapp:+49 151"},
        {"From": "whatsapp:" + "1" * 151},
        {"To": "whatsapp:+15559999999"},
        {"To": ""},
        {"AccountSid": "AC" + "f" * 32},
        {"AccountSid": ""},
    ],
)
def test_what_is_no_message_to_the_clinic_is_refused(
    visitor: WhatsAppVisitor, changed: Dict[str, str]
) -> None:
    with pytest.raises(RefusedError) as refused:
        message_of(Parameters(visitor.text("hello", **changed)))
    assert refused.value.status == 400


def test_words_are_words(visitor: WhatsAppVisitor) -> None:
    message = read(visitor.text("  How is it given? \n"))
    assert (message.text, message.visitor, message.phone) == ("How is it given?", NUMBER, NUMBER)
    assert message.address == f"whatsapp:{NUMBER}"
    assert (message.fixed, message.is_pressed, message.replied_to) == ("", False, "")


def test_who_has_no_number_is_answered_and_has_no_contact(visitor: WhatsAppVisitor) -> None:
    message = read(visitor.text("hello", From="whatsapp:US.13491208655302741918"))
    assert (message.address, message.phone) == ("whatsapp:US.13491208655302741918", "")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("image/jpeg", "whatsapp_no_media"),
        ("video/mp4", "whatsapp_no_media"),
        ("audio/ogg", "whatsapp_no_voice"),
        ("text/vcard", "whatsapp_no_media"),
        ("", "whatsapp_no_media"),
    ],
)
def test_media_without_words_get_a_way_to_write(
    visitor: WhatsAppVisitor, kind: str, name: str
) -> None:
    assert read(visitor.media(kind, caption=" ")).fixed == name
    message = read(visitor.media(kind, caption="what is this?"))
    assert (message.text, message.fixed) == ("what is this?", "")


def test_a_place_and_an_empty_message_get_one_too(visitor: WhatsAppVisitor) -> None:
    place = {"Latitude": "52.5", "Longitude": "13.4", "MessageType": "location"}
    assert read(visitor.text("", **place)).fixed == "whatsapp_no_media"
    assert read(visitor.text("")).fixed == "whatsapp_no_media"


def test_a_reaction_and_our_own_check_need_no_answer(visitor: WhatsAppVisitor) -> None:
    assert message_of(Parameters(visitor.text("", MessageType="reaction"))) is None
    assert message_of(Parameters(visitor.text("hello", From=SENDER))) is None


def test_a_pressed_button_says_its_title(visitor: WhatsAppVisitor) -> None:
    shown = {"sid": "SM" + "1" * 32, "buttons": [{"id": "2", "title": "My child"}]}
    message = read(visitor.press(shown, "My child"))
    assert (message.text, message.is_pressed) == ("My child", True)
    assert message.replied_to == shown["sid"]
