"""The server dies, the line breaks: nothing is lost, nothing is asked twice."""

from typing import Any

from playwright.sync_api import expect

from tests.live.real_server import RealServer


def test_a_message_the_server_died_over_is_answered_once_after_its_restart(
    server: RealServer, visit: Any
) -> None:
    chat = visit()
    chat.ask("thank you")
    chat.say("How is Spinraza given?")
    server.kill()
    expect(chat.window.get_by_text("I can't reach the server right now")).to_be_visible()
    server.start()
    expect(chat.replies).to_have_count(2, timeout=60_000)
    expect(chat.replies.last).to_contain_text("lumbar puncture")
    expect(chat.window.get_by_text("I can't reach the server right now")).to_be_hidden()
    chat.ask("What are the side effects?")
    chat.page.reload()
    expect(chat.messages).to_have_count(6)


def test_what_is_written_while_the_server_is_down_is_sent_once_when_it_is_back(
    server: RealServer, visit: Any
) -> None:
    chat = visit()
    chat.ask("thank you")
    server.kill()
    chat.say("How is Spinraza given?")
    expect(chat.messages.last).to_contain_text("Waiting to be sent")
    # A reload now finds no page, but what waits is kept for when there is one.
    server.start()
    chat.page.reload()
    expect(chat.replies.last).to_contain_text("lumbar puncture", timeout=60_000)
    expect(chat.messages).to_have_count(4)
    chat.page.reload()
    expect(chat.messages).to_have_count(4)


def test_offline_and_back(visit: Any) -> None:
    chat = visit()
    chat.ask("thank you")
    chat.page.context.set_offline(True)
    for text in ("How is Spinraza given?", "What are the side effects?"):
        chat.say(text)
        expect(chat.messages.last).to_contain_text("Waiting to be sent")
    expect(chat.window.get_by_text("I can't reach the server right now")).to_be_visible()
    chat.page.context.set_offline(False)
    expect(chat.replies).to_have_count(3)
    expect(chat.window.get_by_text("I can't reach the server right now")).to_be_hidden()
    order = [text.split("\n")[0] for text in chat.messages.all_inner_texts()]
    chat.page.reload()
    expect(chat.messages).to_have_count(6)
    assert [text.split("\n")[0] for text in chat.messages.all_inner_texts()] == order


def test_a_form_on_its_way_when_the_server_dies_is_checked_after_its_restart(
    server: RealServer, visit: Any
) -> None:
    chat = visit()
    chat.ask("I would like a free consultation")
    chat.button("Open the form").click()
    chat.fill(**{"Name": "Ana Silva", "E-mail": "ana@"})
    server.kill()
    chat.button("Check and go on").click()
    server.start()
    email = chat.window.get_by_label("E-mail", exact=True)
    expect(email).to_have_attribute("aria-invalid", "true", timeout=60_000)
    expect(chat.window.get_by_label("Name", exact=True)).to_have_value("Ana Silva")
