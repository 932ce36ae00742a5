"""The widget on a site elsewhere, under the strictest rules; who may embed it; its attributes."""

from typing import Any, Callable, List
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.live.browser.chat import Chat
from tests.live.browser.site import Site
from tests.live.real_server import RealServer


@pytest.fixture
def embed(server: RealServer, site: Site, visitor: Any) -> Callable[..., Page]:
    """Opens a page of the site with the widget's one line, with attributes."""

    def make(origin: str = "", **attributes: str) -> Page:
        page: Page = visitor().new_page()
        query = urlencode({"server": server.url, **attributes})
        page.goto(f"{origin or site.origin}/?{query}")
        return page

    return make


def test_it_works_on_another_site_under_a_strict_policy_and_asks_nobody_else(
    embed: Any, server: RealServer, site: Site
) -> None:
    page = embed()
    asked: List[str] = []
    violations: List[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: violations.append(message.text))
    page.reload()
    chat = Chat(page).open()
    expect(chat.ask("How is Spinraza given?")).to_contain_text("lumbar puncture")
    chat.button("Menu").click()
    with page.expect_download():
        chat.button("Save the conversation").click()
    allowed = (server.url, site.origin, server.url.replace("http", "ws"), f"blob:{site.origin}")
    assert [url for url in asked if not url.startswith(allowed)] == []
    assert [text for text in violations if "Content Security Policy" in text] == []


def test_a_site_that_is_not_named_cannot_use_it(embed: Any, site: Site) -> None:
    page = embed(site.foreign_origin)
    chat = Chat(page)
    page.wait_for_function("window.smaAssistant !== undefined")
    page.evaluate("smaAssistant.open()")
    page.evaluate("smaAssistant.ask('How is Spinraza given?')")
    expect(chat.window.get_by_text("I can't reach the server right now")).to_be_visible()
    expect(chat.messages.last).to_contain_text("Waiting to be sent")
    expect(chat.replies).to_have_count(0)


def test_attributes_say_how_it_looks_and_begins(embed: Any) -> None:
    page = embed(
        title="Ask us", greeting="Good day.", question="How is it given?", open="",
        position="left", primary="#7a1fa2", language="es",
    )  # fmt: skip
    window = page.get_by_role("dialog", name="Ask us")
    expect(window).to_contain_text("Good day.")
    expect(window).to_contain_text("No doy consejos médicos")
    expect(window.get_by_role("textbox")).to_have_value("How is it given?")
    expect(page.locator("body")).to_be_focused()  # it took the focus from nobody
    box = window.bounding_box()
    assert box and box["x"] < 100
    colour = window.locator("header").evaluate("node => getComputedStyle(node).backgroundColor")
    assert colour == "rgb(122, 31, 162)"


def test_the_pages_own_scripts_can_use_it(embed: Any) -> None:
    page = embed()
    page.wait_for_function("window.smaAssistant !== undefined")
    page.evaluate(
        """() => {
            window.heard = [];
            for (const event of ['opened', 'message', 'reply', 'closed'])
                smaAssistant.on(event, () => window.heard.push(event));
            smaAssistant.ask('How is Spinraza given?');
        }"""
    )
    chat = Chat(page)
    expect(chat.replies.last).to_contain_text("lumbar puncture")
    page.evaluate("smaAssistant.close()")
    expect(chat.window).to_be_hidden()
    assert page.evaluate("heard") == ["opened", "message", "reply", "closed"]


def test_nothing_is_opened_and_no_line_kept_until_somebody_wants_to_chat(
    embed: Any, server: RealServer
) -> None:
    page = embed()
    sockets: List[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.on("request", lambda request: sockets.append(request.url))
    page.reload()
    chat = Chat(page)
    expect(chat.launcher).to_have_accessible_name("Ask a question")
    assert [url for url in sockets if "socket.io" in url] == []
    chat.open()
    chat.ask("hello")
    assert [url for url in sockets if "socket.io" in url]
