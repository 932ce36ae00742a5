"""Measures of WCAG 2.2 that a browser can take. Criterion numbers: https://www.w3.org/TR/WCAG22/"""

from typing import Any, Dict, List

from playwright.sync_api import Page

from tests.conftest import ROOT

_AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Everything in the widget that can be pressed, and is on the screen, with its size. A link inside
# a sentence and a label's own input are left out, as 2.5.8 does.
_TARGETS = """() => {
    const root = document.querySelector('sma-assistant').shadowRoot;
    return [...root.querySelectorAll('button, summary, select, textarea, input, label:has(input)')]
        .filter((node) => node.checkVisibility() && !node.closest('[hidden]'))
        .filter((node) => !(node.matches('input') && node.closest('label')))
        .filter((node) => !node.matches('button.link'))
        .map((node) => {
            const {width, height} = node.getBoundingClientRect();
            return {name: node.textContent || node.getAttribute('aria-label') || node.id,
                    width, height};
        });
}"""

# Whatever is wider than its place, or sticks out of the screen's sides.
_OVERFLOWING = """() => {
    const root = document.querySelector('sma-assistant').shadowRoot;
    const dialog = root.querySelector('dialog');
    return [...root.querySelectorAll('*')]
        .filter((node) => node.checkVisibility() && !node.closest('.hidden, svg'))
        .filter((node) => {
            const {left, right, width} = node.getBoundingClientRect();
            return width > 0 && (left < -1 || right > innerWidth + 1);
        })
        .concat([dialog, ...root.querySelectorAll('.log, .form, .menu')]
            .filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1))
        .map((node) => `${node.tagName} ${node.className} ${node.textContent.slice(0, 40)}`);
}"""

# The contrast of each text with what is behind it; formula of WCAG 2.2, "contrast ratio".
_CONTRASTS = """() => {
    const root = document.querySelector('sma-assistant').shadowRoot;
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const linear = (c) => (c <= 10.3 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const behind = (node) => {
        for (let one = node; one; one = one.parentElement ?? one.getRootNode().host) {
            const colour = channels(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim();
        const node = walker.currentNode.parentElement;
        if (!text || !node?.checkVisibility() || node.closest('.hidden, style')) continue;
        const style = getComputedStyle(node);
        const [one, other] = [luminance(channels(style.color)), luminance(behind(node))];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        found.push({text: text.slice(0, 40), ratio});
    }
    return found;
}"""


def violations(page: Page) -> List[str]:
    """Return what axe-core finds on the page, a line each."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: Dict[str, Any] = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", _RULES)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:120]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def small_targets(page: Page, pixels: float = 44) -> List[Dict[str, Any]]:
    """Return controls of the widget under `pixels` in width or height (2.5.5)."""
    targets: List[Dict[str, Any]] = page.evaluate(_TARGETS)
    assert targets, "nothing was measured"
    return [one for one in targets if min(one["width"], one["height"]) < pixels - 0.5]


def overflowing(page: Page) -> List[str]:
    """Return what sticks out of the screen or has to be scrolled sideways (1.4.10)."""
    found: List[str] = page.evaluate(_OVERFLOWING)
    return found


def low_contrasts(page: Page, ratio: float = 4.5) -> List[Dict[str, Any]]:
    """Return texts of the widget below a contrast of `ratio` (1.4.3)."""
    contrasts: List[Dict[str, Any]] = page.evaluate(_CONTRASTS)
    assert contrasts, "nothing was measured"
    return [one for one in contrasts if one["ratio"] < ratio]
