"""Every state of the widget, in every way of looking at it: measured, and left as a picture."""

import json
from typing import Any, Callable, Dict, List, Sequence, Tuple

import pytest
from playwright.sync_api import Page, Route, expect

from tests.live.browser import accessibility
from tests.live.browser.chat import Chat
from tests.live.browser.conftest import SCREENSHOTS

# How the browser is set, for each way of looking at it.
WAYS: Dict[str, Dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "forced colours, dark": {"forced_colors": "active", "color_scheme": "dark"},
    "320 px": {"viewport": {"width": 320, "height": 640}},
    # Half the pixels is what a page has at 200%.
    "zoomed to 200%": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "phone": {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True},
    "right to left": {},
    "largest text, 320 px": {"viewport": {"width": 320, "height": 640}},
    "Chinese": {},
    "Spanish, dark, 320 px": {
        "color_scheme": "dark", "viewport": {"width": 320, "height": 640},
    },
}  # fmt: skip
# What is kept from an earlier visit.
KEPT = {
    "largest text, 320 px": ("size", 1.5),
    "Chinese": ("language", "zh"),
    "Spanish, dark, 320 px": ("language", "es"),
}
ENGLISH = (
    "What are the most common side effects?", "What does it cost?",
    "Should I stop the treatment of my daughter?", "she has stopped breathing",
    "I would like a free consultation",
)  # fmt: skip
WORDS = {
    "Chinese": (
        "最常见的副作用有哪些？", "要花多少钱？", "我该不该停掉女儿的治疗？", "她没有呼吸了",
        "我想要免费咨询",
    ),
    "Spanish, dark, 320 px": (
        "¿Cuáles son los efectos secundarios más comunes?", "¿Cuánto cuesta?",
        "¿Debo suspender el tratamiento de mi hija?", "no respira",
        "Quisiera una consulta gratuita",
    ),
}  # fmt: skip
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2


def right_to_left(route: Route) -> None:
    """Serve the widget's texts as if their language were written from right to left."""
    setup = route.fetch().json()
    route.fulfill(body=json.dumps({**setup, "direction": "rtl"}), content_type="application/json")


def states(chat: Chat, words: Sequence[str]) -> List[Tuple[str, Callable[[], None]]]:
    """Return what to do to come from each state into the next, with its name."""
    window = chat.window

    def conversation() -> None:
        chat.ask(words[0])
        chat.ask(f"{words[1]} {LONG}")
        chat.ask(words[2])

    def emergency() -> None:
        chat.ask(words[3])
        expect(chat.replies.last.locator(".emergency")).to_be_visible()

    def menu() -> None:
        window.locator("header button").first.click()

    def errors() -> None:
        window.locator("header button").first.click()
        chat.ask(words[4])
        window.locator(".bar button").click()
        expect(window.locator("#field-contact_name")).to_be_visible()
        window.locator("#field-email").fill("ana@")
        window.locator("form .primary").last.click()
        expect(window.locator("#field-email")).to_have_attribute("aria-invalid", "true")

    def review() -> None:
        for name, value in (
            ("contact_name", "Ana Silva"), ("email", f"{'ana' * 20}@example.org"),
            ("patient_age", "8"), ("place", "Lisbon"), ("question", LONG),
        ):  # fmt: skip
            window.locator(f"#field-{name}").fill(value)
        window.locator("#field-patient_age").fill("8 months")
        for name in ("for_whom", "diagnosis", "sma_type"):
            window.locator(f"input[type=radio][name={name}]").nth(1).check()
        language = window.locator("[name=language]")
        if language.count() > 1:
            language.first.check()
        else:
            language.fill("Portuguese")
        window.locator("form .primary").last.click()
        expect(window.locator("#consent")).to_be_visible()

    def receipt() -> None:
        window.locator("#consent").check()
        window.locator(".primary:visible").last.click()
        expect(window.locator("code, .copy").last).to_be_visible()

    return [
        ("empty", lambda: None), ("conversation", conversation), ("emergency", emergency),
        ("menu", menu), ("errors", errors), ("review", review), ("receipt", receipt),
    ]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_in_anybodys_way(visitor: Any, server: Any, way: str) -> None:
    page: Page = visitor(**WAYS[way]).new_page()
    if way == "right to left":
        page.route("**/setup?*", right_to_left)
    page.goto(server.url)
    if way in KEPT:
        page.evaluate(
            "([name, value]) => localStorage.setItem("
            "`sma-assistant ${location.origin} ${name}`, JSON.stringify(value))",
            KEPT[way],
        )
        page.reload()
    chat = Chat(page)
    page.wait_for_function(
        "document.querySelector('sma-assistant')?.shadowRoot.querySelector('h2')"
    )
    folder = SCREENSHOTS / "ways" / way.replace(",", "").replace(" ", "-")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / "0-closed.png")
    assert accessibility.violations(page) == []
    page.locator("sma-assistant .launcher").click()
    found: Dict[str, Any] = {}
    for number, (name, reach) in enumerate(states(chat, WORDS.get(way, ENGLISH)), 1):
        reach()
        page.screenshot(path=folder / f"{number}-{name}.png")
        found[f"{name}: axe-core"] = accessibility.violations(page)
        found[f"{name}: sticks out"] = accessibility.overflowing(page)
        found[f"{name}: smaller than 44 px"] = accessibility.small_targets(page)
        if "forced" not in way:  # there the colours are the visitor's own
            found[f"{name}: contrast"] = accessibility.low_contrasts(page)
    assert {name: what for name, what in found.items() if what} == {}


def test_without_motion_nothing_moves(visit: Any) -> None:
    chat = visit(reduced_motion="reduce")
    running = chat.page.locator("sma-assistant").evaluate(
        """(node) => {
            node.shadowRoot.querySelector('.dots').hidden = false;
            return node.shadowRoot.getAnimations({subtree: true}).length;
        }"""
    )
    assert running == 0


def focused(chat: Chat) -> str:
    """Return the name or the text of what has the focus."""
    return str(
        chat.page.evaluate(
            """() => {
                const node = document.activeElement.shadowRoot?.activeElement
                    ?? document.activeElement;
                return node.id || node.getAttribute('aria-label') || node.textContent.trim();
            }"""
        )
    )


def ring(chat: Chat) -> float:
    """Return the width of the ring around what has the focus, in pixels."""
    width = chat.page.evaluate(
        """() => {
            const node = document.activeElement.shadowRoot.activeElement;
            const shown = node.closest('.chip') ?? node;
            return getComputedStyle(shown).outlineWidth;
        }"""
    )
    return float(width.removesuffix("px"))


def test_everything_can_be_done_with_the_keyboard_alone(visit: Any) -> None:
    """Open, ask, press a choice, look into the menu, go to the form and back, close."""
    chat: Chat = visit(is_open=False)
    press = chat.page.keyboard.press

    def tab_to(name: str, key: str = "Tab") -> None:
        for _ in range(60):
            press(key)
            assert ring(chat) >= 3, f"{focused(chat)} has the focus and doesn't show it"
            if focused(chat) == name:
                return
        raise AssertionError(f"{name} isn't reached with {key}")

    expect(chat.launcher).to_be_visible()
    chat.launcher.focus()
    press("Enter")
    expect(chat.input).to_be_focused()
    chat.page.keyboard.type("How is Spinraza given?")
    press("Enter")
    chat.reply(0)
    tab_to("The course of treatment", "Shift+Tab")
    press("Enter")
    expect(chat.reply(1)).to_contain_text("loading phase")
    assert focused(chat) == "The course of treatment", "the focus stays where it was"
    tab_to("Menu", "Shift+Tab")
    press("Enter")
    tab_to("language")
    press("Escape")
    expect(chat.button("Menu")).to_be_focused()
    expect(chat.window).to_be_visible()
    tab_to("input")
    chat.page.keyboard.type("I would like a free consultation")
    press("Enter")
    chat.reply(2)
    tab_to("Open the form", "Shift+Tab")
    press("Enter")
    form = chat.window.get_by_role("region", name="Free consultation")
    expect(form.get_by_role("heading", name="Free consultation")).to_be_focused()
    tab_to("field-contact_name")
    chat.page.keyboard.type("Ana Silva")
    tab_to("field-for_whom")
    press("ArrowDown")
    expect(form.get_by_role("radio", name="My child")).to_be_checked()
    tab_to("Check and go on")
    press("Enter")
    expect(form.get_by_label("E-mail", exact=True)).to_be_focused()
    tab_to("Back to the chat", "Shift+Tab")
    press("Enter")
    expect(chat.input).to_be_focused()
    press("Escape")
    expect(chat.window).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_on_a_small_screen_the_page_below_is_not_reached_by_accident(visit: Any) -> None:
    chat: Chat = visit(viewport={"width": 360, "height": 640})
    for _ in range(30):
        chat.page.keyboard.press("Tab")
        inside = chat.page.evaluate("document.activeElement.localName")
        assert inside in ("sma-assistant", "body")  # body: the browser's own bar comes next
