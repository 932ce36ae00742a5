"""The consultation in the widget: fields, errors, review, consent, receipt, reloads."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.live.browser.chat import Chat


def open_form(chat: Chat) -> Locator:
    """Ask for a consultation, open its fields and return them."""
    chat.ask("I would like a free consultation")
    chat.button("Open the form").click()
    form = chat.window.get_by_role("region", name="Free consultation")
    expect(form.get_by_role("heading", name="Free consultation")).to_be_focused()
    return form


def fill_in(chat: Chat) -> None:
    """Fill in all that is asked, with a wrong e-mail address."""
    chat.fill(Name="Ana Silva", Age_of_the_patient="8 months")
    chat.fill(**{"E-mail": "ana@", "Country or city": "Lisbon"})
    chat.fill(**{"Your question for the clinic": "How often are treatments?"})
    chat.choose("Who is it for?", "My child")
    chat.choose("Has a doctor diagnosed 5q SMA?", "Yes")
    chat.choose("Type of SMA", "Type 1")
    language = chat.window.get_by_label("Language for the reply", exact=True)
    if language.is_visible():
        language.fill("Portuguese")
    else:
        chat.choose("Language for the reply", "English")


def test_a_whole_consultation_with_an_error_a_correction_and_a_receipt_that_stays(
    visit: Any,
) -> None:
    chat = visit()
    form = open_form(chat)
    fill_in(chat)
    chat.button("Check and go on").click()
    email = form.get_by_label("E-mail", exact=True)
    expect(email).to_be_focused()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_text("Please look at this (1):")).to_be_visible()
    described = email.get_attribute("aria-describedby") or ""
    said = " ".join(form.locator(f"#{name}").inner_text() for name in described.split())
    assert "@" in said, "the error says what to type"
    email.fill("ana@example.org")
    chat.button("Check and go on").click()
    expect(form.get_by_role("heading", name="Is everything right?")).to_be_focused()
    chat.button("Change: Country or city").click()
    place = form.get_by_label("Country or city", exact=True)
    expect(place).to_be_focused()
    place.fill("Porto")
    chat.button("Check and go on").click()
    expect(form.get_by_text("Porto")).to_be_visible()
    consent = form.get_by_role("checkbox")
    expect(consent).not_to_be_checked()
    chat.button("Send").click()
    expect(consent).to_be_focused()
    expect(consent).to_have_attribute("aria-invalid", "true")
    consent.check()
    chat.button("Send").click()
    expect(form.get_by_role("heading", name="Your request is stored")).to_be_focused()
    reference = re.search(r"SMA-\w{4}-\w{4}", form.inner_text())
    assert reference
    chat.button("Back to the chat").click()
    expect(chat.replies.last).to_contain_text(reference.group())
    chat.page.reload()
    expect(chat.replies.last).to_contain_text(reference.group())
    expect(chat.window.get_by_text("Ana Silva")).to_have_count(0)
    kept = chat.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Ana" not in kept and "example.org" not in kept


def test_a_reload_in_the_middle_keeps_what_was_typed_and_what_was_taken(visit: Any) -> None:
    chat = visit()
    form = open_form(chat)
    fill_in(chat)
    chat.button("Check and go on").click()
    expect(form.get_by_label("E-mail", exact=True)).to_be_focused()
    chat.fill(**{"E-mail": "ana@example.org"})
    chat.page.reload()
    chat.button("Open the form").click()
    expect(form.get_by_label("Name", exact=True)).to_have_value("Ana Silva")
    expect(form.get_by_label("E-mail", exact=True)).to_have_value("ana@example.org")
    expect(form.get_by_role("radio", name="My child")).to_be_checked()
    chat.button("Check and go on").click()
    expect(form.get_by_role("heading", name="Is everything right?")).to_be_visible()


def test_a_question_in_the_middle_is_answered_and_the_fields_stay(visit: Any) -> None:
    chat = visit()
    form = open_form(chat)
    chat.fill(Name="Ana Silva")
    chat.button("Back to the chat").click()
    expect(chat.ask("How is Spinraza given?")).to_contain_text("lumbar puncture")
    chat.button("Open the form").click()
    expect(form.get_by_label("Name", exact=True)).to_have_value("Ana Silva")


def test_an_emergency_in_a_field_is_answered_at_once(visit: Any) -> None:
    chat = visit()
    form = open_form(chat)
    fill_in(chat)
    chat.fill(**{"E-mail": "ana@example.org"})
    chat.fill(**{"Your question for the clinic": "she has stopped breathing, what shall I do"})
    chat.button("Check and go on").click()
    expect(form.get_by_role("alert").first).to_contain_text("Call your local emergency number now")
    expect(form.get_by_label("Name", exact=True)).to_have_value("Ana Silva")
    chat.button("Check and go on").click()
    expect(form.get_by_role("heading", name="Is everything right?")).to_be_visible()


def test_a_form_that_was_cancelled_leaves_nothing_behind(visit: Any) -> None:
    chat = visit()
    form = open_form(chat)
    fill_in(chat)
    chat.button("Cancel the request").click()
    expect(chat.replies.last).to_contain_text("nothing is sent")
    expect(chat.window.get_by_role("button", name="Open the form")).to_be_hidden()
    expect(form).to_be_hidden()
    assert "Ana" not in chat.page.evaluate("JSON.stringify({...sessionStorage})")


def test_cancelling_what_was_taken_is_asked_back_once(visit: Any) -> None:
    chat = visit()
    form = open_form(chat)
    chat.fill(Name="Ana Silva")
    chat.button("Check and go on").click()
    expect(form.get_by_label("E-mail", exact=True)).to_have_attribute("aria-invalid", "true")
    chat.button("Cancel the request").click()
    expect(chat.replies.last).to_contain_text("What you entered would be deleted")
    expect(chat.press("Yes, cancel")).to_contain_text("is deleted")
    expect(chat.window.get_by_role("button", name="Open the form")).to_be_hidden()


def test_a_second_press_makes_one_request(visit: Any) -> None:
    chat = visit()
    form = open_form(chat)
    fill_in(chat)
    chat.fill(**{"E-mail": "ana@example.org"})
    chat.button("Check and go on").click()
    form.get_by_role("checkbox").check()
    chat.button("Send").dblclick()
    expect(form.get_by_role("heading", name="Your request is stored")).to_be_visible()
    chat.button("Back to the chat").click()
    expect(chat.replies.filter(has_text="Your reference number")).to_have_count(1)


def test_the_form_can_be_answered_by_words_as_well(visit: Any) -> None:
    chat = visit()
    chat.ask("I would like a free consultation")
    chat.ask("Ana Silva")
    chat.ask("ana@example.org")
    chat.press("My child")
    chat.button("Open the form").click()
    form = chat.window.get_by_role("region", name="Free consultation")
    expect(form.get_by_label("Name", exact=True)).to_have_value("Ana Silva")
    expect(form.get_by_role("radio", name="My child")).to_be_checked()
