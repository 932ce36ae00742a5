"""One form of text, whatever a visitor pastes."""

import pytest

from understanding.cleaning import normalize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \t\n ", ""),
        ("WHAT IS\u00a0SMA??", "what is sma??"),
        ("what\x00is\x07 sma\u200b", "what is sma"),
        ("\x1b[31mred\x1b[0m alert", "red alert"),
        ("<b>what</b> is <script>alert(1)</script> sma", "what is alert(1) sma"),
        ("is it &lt;b&gt;safe&lt;/b&gt;", "is it safe"),
        ("a < b and c > d", "a < b and c > d"),
        ("heeeeeeelp!!!!!!!!", "heeelp!!!"),
        ("\uff33\uff2d\uff21", "sma"),
        ("can’t “breathe”", 'can\'t "breathe"'),
        ("脊髓性肌萎缩症是什么？", "脊髓性肌萎缩症是什么?"),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert normalize(text, 1000) == expected


def test_the_end_of_a_long_story_is_kept() -> None:
    story = "we have been waiting. " * 200 + "what does it cost?"
    normalized = normalize(story, 100)
    assert len(normalized) <= 100
    assert normalized.endswith("what does it cost?")


def test_a_pathological_text_costs_no_time() -> None:
    assert normalize("<" * 1_000_000, 1000)
