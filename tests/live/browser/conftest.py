"""A real browser on the real server. Screenshots lie in var/screenshots/ afterwards."""

import os
import shutil
from pathlib import Path
from typing import Any, Callable, Iterator, List

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from tests.conftest import ROOT
from tests.live.browser.chat import Chat
from tests.live.real_server import RealServer

SCREENSHOTS = ROOT / "var" / "screenshots"
PATIENCE_MS = 20_000  # the machine may be busy

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        reason = "no Chromium here. On Debian: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers of their own: nothing is shared between two of them.

    Whatever a page throws, and any dialog it opens, fails the test.
    """
    contexts: List[BrowserContext] = []
    errors: List[str] = []

    def make(**more: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": {"width": 1100, "height": 800}, **more})
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def visit(
    server: RealServer, visitor: Callable[..., BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Chat]]:
    """Opens the chat on the demonstration page; a picture is taken of how each test left it."""
    chats: List[Chat] = []

    def make(context: Any = None, *, is_open: bool = True, **more: Any) -> Chat:
        page: Page = (context or visitor(**more)).new_page()
        page.goto(server.url)
        chats.append(Chat(page))
        return chats[-1].open() if is_open else chats[-1]

    yield make
    folder = SCREENSHOTS / Path(str(request.node.path)).stem
    folder.mkdir(parents=True, exist_ok=True)
    for number, chat in enumerate(chats):
        try:
            chat.page.screenshot(path=folder / f"{request.node.name}{number or ''}.png")
        except Error:  # the test closed it
            continue
