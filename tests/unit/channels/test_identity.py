"""Nobody gets into another's conversation: tokens are signed, and names can't be turned back."""

import stat
from pathlib import Path

import pytest

import settings
from channels import identity


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANNELS_KEY", "a key of the tests")


@pytest.mark.parametrize(
    "token",
    [
        None,
        "",
        "visitor",
        5,
        {"token": "x"},
        "\x00",
        "ä.ö.ü",
    ],
)
def test_what_we_did_not_issue_holds_nothing(token: object) -> None:
    assert identity.holder_of(token) is None


def test_an_altered_token_holds_nothing() -> None:
    token = identity.new_token()
    assert identity.holder_of(token) is not None
    for place in range(0, len(token), 7):
        other = "A" if token[place] != "A" else "B"
        assert identity.holder_of(token[:place] + other + token[place + 1 :]) is None


def test_an_old_token_holds_nothing() -> None:
    assert identity.holder_of(identity.new_token(), days=-1) is None


def test_a_token_of_another_key_holds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    token = identity.new_token()
    monkeypatch.setenv("CHANNELS_KEY", "another key")
    assert identity.holder_of(token) is None


def test_rasas_name_is_no_token_and_tells_nothing_of_the_holder() -> None:
    holder = identity.holder_of(identity.new_token())
    assert holder is not None
    name = identity.conversation_of("website", holder)
    assert holder not in name
    assert identity.holder_of(name) is None


def test_the_same_user_of_two_apps_has_two_conversations() -> None:
    names = {identity.conversation_of(app, "4711") for app in ("telegram", "whatsapp")}
    assert len(names) == 2


def test_the_name_depends_on_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity.conversation_of("telegram", "4711")
    assert identity.conversation_of("telegram", "4711") == before
    monkeypatch.setenv("CHANNELS_KEY", "another key")
    assert identity.conversation_of("telegram", "4711") != before


def test_without_a_configured_key_one_is_made_for_this_user_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHANNELS_KEY")
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    identity._own_key.cache_clear()
    token = identity.new_token()
    path = tmp_path / "var" / "channels.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    identity._own_key.cache_clear()  # as after a restart
    assert identity.holder_of(token) is not None
    identity._own_key.cache_clear()
