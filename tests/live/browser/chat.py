"""The widget on a page, as a visitor sees it: by roles and names, never by its code."""

from typing import Any

from playwright.sync_api import Locator, Page, expect


class Chat:
    """What a visitor does, and what is on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def window(self) -> Locator:
        """The chat's window."""
        return self.page.get_by_role("dialog")

    @property
    def launcher(self) -> Locator:
        """The button on the page."""
        return self.page.locator("sma-assistant").get_by_role("button").first

    @property
    def input(self) -> Locator:
        """Where one writes."""
        return self.window.get_by_role("textbox")  # the form's are there when this one isn't

    @property
    def messages(self) -> Locator:
        """All that was said in the conversation, the greeting left out."""
        return self.window.locator("[role=log] > .entry:nth-child(n+2)")

    @property
    def replies(self) -> Locator:
        """What the assistant said."""
        return self.window.locator("[role=log] > .entry.bot:nth-child(n+2)")

    def open(self) -> "Chat":
        """Press the button on the page, unless it is open already."""
        expect(self.launcher.or_(self.window).first).to_be_visible()
        if not self.window.is_visible():
            self.page.get_by_role("button", name="Ask a question").click()
        expect(self.window).to_be_visible()
        return self

    def button(self, name: Any, exact: bool = True) -> Locator:
        """A button of the window, the last one of that name."""
        return self.window.get_by_role("button", name=name, exact=exact).last

    def say(self, text: str) -> None:
        """Write a message and send it."""
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str) -> Locator:
        """Write a message, and return the reply when it is there."""
        before = self.replies.count()
        self.say(text)
        return self.reply(before)

    def press(self, name: str) -> Locator:
        """Press a button under a reply, and return what is said to it."""
        before = self.replies.count()
        self.button(name).click()
        return self.reply(before)

    def reply(self, number: int) -> Locator:
        """Return the reply of that number, from 0, when it is there."""
        reply = self.replies.nth(number)
        expect(reply).to_be_visible()
        return reply

    def fill(self, **values: str) -> None:
        """Write into fields of the consultation form, by label; `_` stands for a space."""
        for label, value in values.items():
            self.window.get_by_label(label.replace("_", " "), exact=True).fill(value)

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer of a question of the form."""
        group = self.window.get_by_role("radiogroup", name=question)
        group.get_by_role("radio", name=answer, exact=True).check()
