"""The stand-in for Telegram answers an independent client as the documentation says."""

import json
import subprocess
from typing import Any, Dict, Iterator, List

import pytest

from tests.providers.install import FOLDER, node
from tests.providers.telegram_server import BOT, TelegramServer
from tests.providers.telegram_visitor import TelegramVisitor

CHAT, BLOCKED, UNKNOWN = 1, 2, 3
LINK = {"type": "text_link", "url": "https://clinic.example/page#a", "offset": 2, "length": 4}


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        server.chat(CHAT)
        server.chat(BLOCKED, closed="bot was blocked by the user")
        yield server


def grammy(server: TelegramServer, work: str, given: Any, token: str = "") -> List[Any]:
    """Have grammY do the work, and return what it got."""
    command = [node("grammy"), "telegram_grammy.mjs", server.url, token or server.token, work]
    done = subprocess.run(
        command, cwd=FOLDER, input=json.dumps(given), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def message(text: str, **more: Any) -> Any:
    return ["sendMessage", {"chat_id": CHAT, "text": text, **more}]


REFUSED: List[Any] = [
    # what is called, code, part of the description
    (["sendMessage", {"chat_id": UNKNOWN, "text": "x"}], 400, "chat not found"),
    (["sendMessage", {"chat_id": BLOCKED, "text": "x"}], 403, "bot was blocked by the user"),
    (message(""), 400, "message text is empty"),
    (message(" \n "), 400, "message text is empty"),
    (message("x" * 4097), 400, "message is too long"),
    (message("😀" * 2049), 400, "message is too long"),
    (message("x", buttons={"Press": "ü" * 33}), 400, "BUTTON_DATA_INVALID"),
    (message("x", buttons={" ": "data"}), 400, "Text is empty"),
    (message("<b>bold", parse_mode="HTML"), 400, "can't parse entities"),
    (message("a <2", parse_mode="HTML"), 200, ""),
    (message("<quote>x</quote>", parse_mode="HTML"), 400, "Unsupported start tag"),
    (message("ab", entities=[{"type": "bold", "offset": 1, "length": 2}]), 400, "after the end"),
    (message("😀b", entities=[{"type": "bold", "offset": 1, "length": 2}]), 400, "in a middle"),
    (message("😀b", entities=[{"type": "bold", "offset": 0, "length": 1}]), 400, "in a middle"),
    (message("ab", entities=[{"type": "loud", "offset": 0, "length": 1}]), 400, "unsupported type"),
    (["sendChatAction", {"chat_id": CHAT, "action": "thinking"}], 400, "wrong parameter action"),
    (["answerCallbackQuery", {"callback_query_id": "7"}], 400, "query is too old"),
    (["setWebhook", {"url": "http://clinic.example/"}], 400, "HTTPS"),
    (["setWebhook", {"url": "https://clinic.example:5005/"}], 400, "ports"),
    (["setWebhook", {"url": "https://a.example/", "secret_token": "a b"}], 400, "unallowed"),
    (["setWebhook", {"url": "https://a.example/", "secret_token": "a" * 257}], 400, "too long"),
]


def test_what_telegram_refuses_is_refused(server: TelegramServer) -> None:
    answers = grammy(server, "calls", [call for call, _, _ in REFUSED])
    assert len(answers) == len(REFUSED)
    for answer, (call, code, said) in zip(answers, REFUSED, strict=True):
        assert answer.get("code", 200) == code, (call, answer)
        assert said in answer.get("said", ""), (call, answer)


def test_what_telegram_takes_is_taken(server: TelegramServer) -> None:
    server.queries["7"] = False
    webhook = {"url": "https://clinic.example:8443/hook", "secret_token": "a-b_C9"}
    answers = grammy(
        server,
        "calls",
        [
            ["getMe", {}],
            message("x" * 4096),
            message("😀 page, and more", entities=[LINK], buttons={"One": "1", "Two": "2" * 64}),
            message(f"<b>{'x' * 4096}</b>", parse_mode="HTML"),
            ["sendChatAction", {"chat_id": CHAT, "action": "typing"}],
            ["answerCallbackQuery", {"callback_query_id": "7"}],
            ["setWebhook", {**webhook, "allowed_updates": ["message"]}],
            ["getWebhookInfo", {}],
        ],
    )
    assert [answer["ok"] for answer in answers] == [True] * 8, answers
    assert answers[0]["result"]["username"] == BOT["username"]
    sent: Dict[str, Any] = answers[2]["result"]
    assert sent["chat"]["id"] == CHAT and sent["entities"] == [LINK]
    rows = sent["reply_markup"]["inline_keyboard"]
    assert [button["callback_data"] for row in rows for button in row] == ["1", "2" * 64]
    assert answers[7]["result"]["url"] == webhook["url"]
    assert answers[7]["result"]["allowed_updates"] == ["message"]
    assert "secret" not in str(answers[7]).lower()
    assert server.queries == {"7": True}


def test_a_wrong_token_and_a_limit_are_told_as_documented(server: TelegramServer) -> None:
    [wrong] = grammy(server, "calls", [["getMe", {}]], token=server.token + "x")
    assert wrong["code"] == 401
    server.refuse(1, 429, "sendMessage", retry_after=7)
    limited, taken = grammy(server, "calls", [message("x"), message("x")])
    assert (limited["code"], limited["more"]) == (429, {"retry_after": 7})
    assert taken["ok"]


def test_updates_are_what_an_independent_client_understands(server: TelegramServer) -> None:
    visitor = TelegramVisitor(server, lambda _: 200)
    sent = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": visitor.chat, "type": "private"},
        "text": "x",
    }
    sent["reply_markup"] = {"inline_keyboard": [[{"text": "One", "callback_data": "1"}]]}
    updates = {
        "text": visitor.text("hello"),
        "start": visitor.text("/start deep-link"),
        "help": visitor.text(f"/help@{BOT['username']}"),
        "mention": visitor.text(f"🙂 @{BOT['username']} hello"),
        "voice": visitor.media(
            voice={"file_id": "1", "file_unique_id": "1", "duration": 1},
        ),
        "caption": visitor.media(
            photo=[{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}],
            caption="what is this?",
        ),
        "edited": visitor.edited("hello there"),
        "pressed": visitor.press(sent, "One"),
        "member": visitor.member("member", "kicked"),
    }
    seen = grammy(server, "updates", list(updates.values()))
    for kind, found in zip(updates, seen, strict=True):
        assert kind in found["found"], (kind, found)
        assert (found["chat"], found["from"]) == (visitor.chat, visitor.id)
    assert seen[7]["data"] == "1"
