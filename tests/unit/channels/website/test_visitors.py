"""Connections are counted by the address they really come from."""

from types import SimpleNamespace

import pytest

from channels.website.visitors import Connections, address_of


def test_one_too_many_is_refused_until_another_leaves() -> None:
    connections = Connections(2)
    assert [connections.enter(name, "1.1.1.1") for name in "abc"] == [True, True, False]
    assert connections.enter("d", "2.2.2.2")
    connections.leave("c")  # it was never let in
    assert not connections.enter("e", "1.1.1.1")
    connections.leave("a")
    connections.leave("a")
    assert connections.enter("e", "1.1.1.1")
    assert not connections.enter("f", "1.1.1.1")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        ("0", "6.6.6.6", "9.9.9.9"),  # anybody can write the header
        ("", None, "9.9.9.9"),
        ("1", None, "9.9.9.9"),
        ("1", "1.2.3.4", "1.2.3.4"),
        ("1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("2", "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        ("2", "1.2.3.4", "9.9.9.9"),
    ],
)
def test_address(
    proxies: str, forwarded: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROXIES", proxies)
    environ = {"sanic.request": SimpleNamespace(ip="9.9.9.9")}
    if forwarded:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded  # type: ignore[assignment]
    assert address_of(environ) == address
