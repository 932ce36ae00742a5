"""Asking in the widget: answers, choices, what is kept, what two visitors see of each other."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.live.browser.chat import Chat
from tests.live.real_server import RealServer

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>here</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "[here](javascript:alert(1))",
    "\"><body onload=alert(1)>",
    "'; alert(1); //",
    "</textarea></div></template><h1>hello</h1>",
    "<style>*{display:none}</style>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)} #{7*7} <%= 7*7 %>",
    "/restart",
    '/answer_question{"topic": "<b>x</b>"}',
    "<sma-assistant data-server='https://evil.example'></sma-assistant>",
    "\u202egnp.exe \x00\x07 \ufeff <b>x</b>",
]  # fmt: skip


def test_a_question_is_answered_with_a_quote_whose_section_is_a_link(
    server: RealServer, visit: Any
) -> None:
    chat = visit()
    reply = chat.ask("How is Spinraza given?")
    quote = reply.get_by_role("blockquote")
    expect(quote).to_contain_text("administered through a lumbar puncture procedure")
    expect(quote).to_have_attribute("lang", "en")
    link = reply.get_by_role("link", name="“How Spinraza works?”")
    expect(link).to_have_attribute("href", f"{server.url}/#how-spinraza-works")
    expect(reply.locator("time")).to_have_text(re.compile(r"\d\d?:\d\d"))
    expect(chat.input).to_be_focused()
    expect(chat.input).to_have_accessible_name("Your question")


@pytest.mark.parametrize("width", [1100, 390])
def test_a_section_of_the_page_around_the_chat_is_scrolled_to(visit: Any, width: int) -> None:
    chat: Chat = visit(viewport={"width": width, "height": 800})
    heading = chat.page.get_by_role("heading", name="How Spinraza works?", exact=True)
    chat.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    reply = chat.ask("How is Spinraza given?")
    reply.get_by_role("link", name="“How Spinraza works?”").click()
    expect(heading).to_be_in_viewport()
    expect(chat.window).to_be_visible(visible=width > 480)
    assert len(chat.page.context.pages) == 1


def test_what_the_page_does_not_say_is_said_and_the_consultation_offered(visit: Any) -> None:
    chat = visit()
    reply = chat.ask("What does it cost?")
    expect(reply).to_contain_text("Not on this page")
    expect(reply).to_contain_text("The page doesn't say")
    expect(reply.get_by_role("button", name="Free consultation")).to_be_visible()
    expect(reply.get_by_role("blockquote")).to_have_count(0)


def test_a_choice_is_asked_by_its_button_which_stays(visit: Any) -> None:
    chat = visit()
    first = chat.ask("How is Spinraza given?")
    choice = "The course of treatment"
    expect(chat.press(choice)).to_contain_text("loading phase")
    expect(first.get_by_role("button", name=choice)).to_be_enabled()
    before = chat.replies.count()
    first.get_by_role("button", name=choice).click()
    expect(chat.reply(before)).to_contain_text("loading phase")


def test_of_a_pressed_button_its_title_stands_there_also_after_a_reload(visit: Any) -> None:
    chat = visit()
    chat.ask("How is Spinraza given?")
    chat.press("The course of treatment")
    for _ in range(2):
        expect(chat.messages).to_have_count(4)
        expect(chat.messages.nth(2)).to_contain_text("The course of treatment")
        expect(chat.messages.nth(2)).not_to_contain_text("/ask_")
        chat.page.reload()


def test_an_emergency_cannot_be_overlooked(visit: Any) -> None:
    chat = visit()
    reply = chat.ask("my son has stopped breathing")
    alert = reply.get_by_role("alert")
    expect(alert).to_contain_text("Call your local emergency number now")
    expect(alert.get_by_role("link", name="112", exact=True)).to_have_attribute("href", "tel:112")
    border = alert.evaluate("node => getComputedStyle(node).borderTopWidth")
    assert float(border.removesuffix("px")) >= 3
    # After a reload it is no news: nothing is read out again.
    chat.page.reload()
    expect(chat.replies.last).to_contain_text("Call your local emergency number now")
    expect(chat.replies.last.get_by_role("alert")).to_have_count(0)


def test_what_comes_is_announced_and_the_history_is_not(visit: Any) -> None:
    chat = visit()
    chat.ask("How is Spinraza given?")
    log = chat.window.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    chat.page.reload()
    expect(log).to_have_attribute("aria-live", "off")
    expect(chat.messages).to_have_count(2)
    expect(log).to_have_attribute("aria-live", "polite")


def test_typing_is_shown_while_an_answer_is_on_its_way(visit: Any) -> None:
    chat = visit()
    chat.page.evaluate(
        """() => {
            window.said = [];
            const root = document.querySelector('sma-assistant').shadowRoot;
            const watch = () => root.querySelectorAll('[role=status]')
                .forEach((node) => node.textContent && window.said.push(node.textContent));
            new MutationObserver(watch).observe(root, {subtree: true, childList: true});
        }"""
    )
    chat.ask("How is Spinraza given?")
    expect(chat.window.get_by_text("An answer is coming")).to_have_count(0)
    assert "An answer is coming" in chat.page.evaluate("window.said")


def test_the_conversation_survives_a_reload_and_so_does_what_is_typed(visit: Any) -> None:
    chat = visit()
    chat.ask("How is Spinraza given?")
    before = chat.messages.all_inner_texts()
    chat.input.fill("I was just about to a")
    chat.page.reload()
    expect(chat.messages).to_have_count(2)
    assert chat.messages.all_inner_texts() == before
    expect(chat.input).to_have_value("I was just about to a")


def test_a_second_tab_shows_the_same_conversation_as_it_goes_on(visit: Any, visitor: Any) -> None:
    context = visitor()
    first = visit(context)
    first.ask("How is Spinraza given?")
    second = visit(context)
    expect(second.messages).to_have_count(2)
    first.ask("thank you")
    expect(second.messages).to_have_count(4)
    second.ask("What are the side effects?")
    expect(first.messages).to_have_count(6)
    assert first.messages.all_inner_texts() == second.messages.all_inner_texts()


def test_two_visitors_see_nothing_of_each_other(visit: Any) -> None:
    ana, ben = visit(), visit()
    ana.ask("What are the side effects?")
    ben.ask("How is Spinraza given?")
    for chat, other in ((ana, "How is Spinraza given?"), (ben, "What are the side effects?")):
        expect(chat.messages).to_have_count(2)
        chat.page.reload()
        expect(chat.messages).to_have_count(2)
        expect(chat.window.get_by_text(other, exact=True)).to_have_count(0)


def test_replies_that_nobody_saw_are_counted_on_the_button(visit: Any) -> None:
    chat = visit()
    chat.ask("How is Spinraza given?")
    # Closed before the answer is there, which may take no longer than a click.
    chat.page.evaluate("smaAssistant.ask('What are the side effects?'); smaAssistant.close()")
    expect(chat.launcher).to_be_focused()
    expect(chat.launcher).to_have_accessible_name(re.compile(r"Ask a question ?\(1 not read yet\)"))
    chat.open()
    chat.button("Close").click()
    expect(chat.launcher).to_have_accessible_name("Ask a question")


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_words_are_words(visit: Any, number: int) -> None:
    """Nothing opens, nothing runs, no element comes out of them, now or after a reload."""
    chat, text = visit(), HOSTILE[number]
    elements = (
        "root => root.querySelectorAll('script, iframe, img, form form, h1, style, b').length"
    )
    inside = chat.page.locator("sma-assistant")
    count = "node => (" + elements + ")(node.shadowRoot)"
    assert inside.evaluate(count) == 0
    chat.ask(text)
    for _ in range(2):
        shown = chat.messages.first.locator("p").first
        words = re.sub(r"[\x00-\x1f\ufeff\u202e]", "", text)
        expect(shown).to_contain_text(words.split(" ")[0].strip("/"))
        assert inside.evaluate(count) == 0
        expect(chat.messages.first.get_by_role("link")).to_have_count(0)
        chat.page.reload()
        expect(chat.messages).to_have_count(2)


def test_starting_again_leaves_the_conversation_behind(visit: Any, visitor: Any) -> None:
    context = visitor()
    chat, other = visit(context), visit(context)
    chat.ask("How is Spinraza given?")
    expect(other.messages).to_have_count(2)
    chat.button("Menu").click()
    chat.button("Start again").click()
    expect(chat.button("Yes, a new one")).to_be_focused()
    chat.button("No, go back").click()
    expect(chat.messages).to_have_count(2)
    chat.button("Start again").click()
    chat.button("Yes, a new one").click()
    for one in (chat, other):
        expect(one.messages).to_have_count(0)
    chat.ask("What are the side effects?")
    chat.page.reload()
    expect(chat.messages).to_have_count(2)


def test_the_conversation_can_be_saved_and_printed(visit: Any, tmp_path: Path) -> None:
    chat = visit()
    chat.ask("How is Spinraza given?")
    chat.ask("What does it cost?")
    chat.button("Menu").click()
    with chat.page.expect_download() as downloading:
        chat.button("Save the conversation").click()
    download = downloading.value
    assert download.suggested_filename == "conversation.txt"
    download.save_as(tmp_path / "saved.txt")
    text = (tmp_path / "saved.txt").read_text(encoding="utf-8")
    for words in (
        "How is Spinraza given?", "administered through a lumbar puncture", "What does it cost?",
        "The page doesn't say", "no medical advice", "How Spinraza works?",
    ):  # fmt: skip
        assert words in text
    chat.button("Print").click()
    expect(chat.page.locator("iframe")).to_have_count(1)
    assert chat.page.frames[-1].evaluate("document.body.textContent") == text


def test_feedback_is_thanked_for_and_stays_changeable(visit: Any) -> None:
    chat = visit()
    reply = chat.ask("How is Spinraza given?")
    reply.get_by_text("Was this right?").click()
    reply.get_by_role("button", name="Wrong answer").click()
    expect(reply.get_by_text("Thank you.")).to_be_visible()
    reply.get_by_role("button", name="Helpful").click()
    pressed = reply.get_by_role("button", pressed=True)
    expect(pressed).to_have_text("Helpful")


def test_the_language_is_chosen_and_kept(visit: Any) -> None:
    chat = visit()
    chat.ask("How is Spinraza given?")
    chat.button("Menu").click()
    chat.window.get_by_role("combobox", name="Language").select_option("es")
    window = chat.page.get_by_role("dialog")
    expect(window.get_by_role("combobox")).to_be_focused()
    expect(window).to_contain_text("No doy consejos médicos")
    chat.page.reload()
    expect(window).to_contain_text("No doy consejos médicos")
    expect(chat.page.locator("sma-assistant .stage")).to_have_attribute("lang", "es")
    expect(chat.messages).to_have_count(2)


def test_larger_text_is_larger_and_kept(visit: Any) -> None:
    chat = visit()
    reply = chat.ask("How is Spinraza given?")
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    quote = reply.locator("blockquote p")
    normal = quote.evaluate(size)
    chat.button("Menu").click()
    chat.window.get_by_role("radio", name="Largest").check()
    assert quote.evaluate(size) == pytest.approx(normal * 1.5)
    chat.page.reload()
    assert chat.replies.first.locator("blockquote p").evaluate(size) == pytest.approx(normal * 1.5)


def test_a_message_that_is_too_long_is_not_sent_and_not_lost(visit: Any) -> None:
    chat = visit()
    chat.input.fill("x" * 4003)
    expect(chat.window.get_by_text("3 characters too many")).to_be_visible()
    chat.input.press("Enter")
    expect(chat.messages).to_have_count(0)
    expect(chat.input).to_have_value("x" * 4003)


def test_what_it_is_and_what_to_do_in_an_emergency_always_stands_there(visit: Any) -> None:
    chat: Chat = visit(viewport={"width": 320, "height": 500})
    chat.ask("What are the side effects?")
    for words in ("I am automatic", "no medical advice", "In an emergency, call"):
        expect(chat.window.get_by_text(words)).to_be_in_viewport()
