"""Whatever comes over the socket, only messages and fields are taken."""

from typing import Any

import pytest

from channels.website.events import Refused, fill_in, message_in

ID = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        "text",
        [],
        {},
        {"id": ID},
        {"text": "hello"},
        {"id": ID, "text": ""},
        {"id": ID, "text": " \n"},
        {"id": ID, "text": 5},
        {"id": ID, "text": {"a": 1}},
        {"id": 5, "text": "hello"},
        {"id": "short", "text": "hello"},
        {"id": "x" * 65, "text": "hello"},
        {"id": "../../etc/passwd", "text": "hello"},
        {"id": f"{ID}\n", "text": "hello"},
    ],
)
def test_no_message(data: Any) -> None:
    with pytest.raises(Refused):
        message_in(data)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"id": ID, "values": [1]},
        {"id": ID, "values": {"place": 5}},
        {"id": ID, "values": {"place": "x" * 4001}},
        {"id": ID, "values": {f"f{n}": "" for n in range(21)}},
    ],
)
def test_no_fields(data: Any) -> None:
    with pytest.raises(Refused):
        fill_in(data)


@pytest.mark.parametrize("consent", ["yes", 1, None, "true"])
def test_only_a_tick_is_consent(consent: Any) -> None:
    assert fill_in({"id": ID, "consent": consent, "send": "yes"}).fill == {
        "values": {},
        "consent": None,
        "send": False,
    }


def test_a_message_and_fields() -> None:
    message = message_in({"id": ID, "text": " /restart", "language": "es"})
    assert (message.id, message.text, message.language) == (ID, " /restart", "es")
    assert message_in({"id": ID, "text": "x", "language": "../x"}).language == ""
    fill = fill_in({"id": ID, "values": {"place": "Lima"}, "consent": True, "send": True})
    assert fill.fill == {"values": {"place": "Lima"}, "consent": True, "send": True}
