"""The stand-in for Twilio answers Twilio's own client as the documentation says."""

import base64
import json
import subprocess
from typing import Any, Dict, Iterator, List, Tuple

import pytest

from channels.whatsapp.request import Parameters, is_genuine
from tests.providers.install import FOLDER, node
from tests.providers.whatsapp_parts import configure
from tests.providers.whatsapp_server import (
    ACCOUNT,
    SENDER,
    THREE,
    TOKEN,
    WhatsAppServer,
    sign,
)

VISITOR = "whatsapp:+4915112345678"
URL = "https://bot.clinic.example/webhooks/whatsapp/webhook?clinic=1&x=%20y"


@pytest.fixture
def server() -> Iterator[WhatsAppServer]:
    with WhatsAppServer() as server:
        server.wrote(VISITOR)
        yield server


def run(arguments: List[str], lines: List[Any]) -> List[Any]:
    """Have Twilio's package do the work, and return what it told."""
    done = subprocess.run(
        [node("twilio"), "twilio_sign.mjs", *arguments],
        cwd=FOLDER, input="\n".join(map(json.dumps, lines)), capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def send(server: WhatsAppServer, *calls: Dict[str, Any], token: str = TOKEN) -> List[Any]:
    return run(["send", server.url, ACCOUNT, token], list(calls))


def message(body: str = "hello", **more: Any) -> Dict[str, Any]:
    return {"to": VISITOR, "from": SENDER, "body": body, **more}


def with_buttons(**values: Any) -> Dict[str, Any]:
    variables = {"1": "body", "2": "One", "3": "Two", "4": "Three", **values}
    content = {"contentSid": THREE, "contentVariables": json.dumps(variables)}
    return {"to": VISITOR, "from": SENDER, **content}


REFUSED: List[Tuple[Dict[str, Any], int]] = [
    (message("x" * 1601), 21617),
    (message("🙂" * 801), 21617),
    (message(""), 21602),
    (message(" \n"), 21602),
    (message(to="whatsapp:+0"), 21211),
    (message(to="whatsapp:hello"), 21211),
    (message(**{"from": "whatsapp:+15559999999"}), 63007),
    (message(to=SENDER), 63031),
    (message(statusCallback="not an address"), 21609),
    ({**with_buttons(), "contentSid": "HX" + "9" * 32}, 21655),
    ({**with_buttons(), "contentVariables": "{"}, 21656),
    ({**with_buttons(), "contentVariables": "[]"}, 21656),
    (with_buttons(**{"2": ""}), 21656),
    (with_buttons(**{"2": None}), 21656),
    (with_buttons(**{"1": "two\nlines"}), 21656),
    (with_buttons(**{"1": "a\ttab"}), 21656),
    (with_buttons(**{"1": "much      space"}), 21656),
    (with_buttons(**{"1": "x" * 1601}), 21658),
]  # fmt: skip


def test_what_twilio_refuses_is_refused(server: WhatsAppServer) -> None:
    answers = send(server, *[call for call, _ in REFUSED])
    assert [answer.get("code") for answer in answers] == [code for _, code in REFUSED]
    assert {answer["status"] for answer in answers} == {400}
    assert server.sent == []


def test_what_is_required_is_required(server: WhatsAppServer) -> None:
    login = _login(TOKEN)
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    complete = {"To": VISITOR, "From": SENDER, "Body": "hello"}
    for name, code in (("To", 21604), ("From", 21603), ("Body", 21602)):
        fields = {key: value for key, value in complete.items() if key != name}
        answer = server.answer("POST", path, fields, login)
        assert answer and (answer[0], answer[1]["code"]) == (400, code)


def test_what_twilio_takes_is_taken_and_listed_the_latest_first(server: WhatsAppServer) -> None:
    first, second, listed = send(
        server, message("x" * 1600), with_buttons(), {"list": {"to": VISITOR, "limit": 5}}
    )
    assert first["sent"][0]["status"] == "queued"
    assert second["sent"][0]["body"] == "body"
    assert [one["sid"] for one in listed["sent"]] == [
        second["sent"][0]["sid"], first["sent"][0]["sid"],
    ]  # fmt: skip
    assert [button["title"] for button in server.sent[1]["buttons"]] == ["One", "Two", "Three"]


def test_after_24_hours_and_with_wrong_buttons_it_is_taken_and_fails(
    server: WhatsAppServer,
) -> None:
    send(server, with_buttons(**{"2": "x" * 21}), with_buttons(**{"2": "Two"}))
    server.wrote(VISITOR, seconds_ago=24 * 3600 + 1)
    send(server, message())
    assert [one["failed"] for one in server.sent] == ["63013", "63013", "63016"]


def test_a_wrong_token_and_a_limit_are_told_as_documented(server: WhatsAppServer) -> None:
    [wrong] = send(server, message(), token="wrong")
    assert (wrong["status"], wrong["code"]) == (401, 20003)
    server.refuse(1, 429, 20429, retry_after="7")
    limited, taken = send(server, message(), message())
    assert (limited["status"], limited["code"]) == (429, 20429)
    assert taken["sent"]


SIGNED: List[Dict[str, Any]] = [
    {},
    {"Body": ""},
    {"Body": "Ünï 🙂 你好 'quoted' \"x\" \n two", "From": VISITOR, "a": "1", "Z": "2", "B": "&=+%"},
    {"Media": ["b", "a", "a"], "Body": " blank at both ends "},
]


@pytest.mark.parametrize("parameters", SIGNED)
def test_twilios_own_signature_is_ours_and_the_channel_takes_it(
    parameters: Dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch)
    [signature] = run(["sign", TOKEN], [[URL, parameters]])
    pairs = [
        (name, value)
        for name, values in parameters.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    assert signature == sign(URL, pairs)
    assert is_genuine(URL, Parameters(pairs), signature)
    assert not is_genuine(URL, Parameters([*pairs, ("Body", "x")]), signature)


def _login(token: str) -> str:
    return "Basic " + base64.b64encode(f"{ACCOUNT}:{token}".encode()).decode()
