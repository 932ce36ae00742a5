"""What the README shows is what there is."""

import re

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("app", ["Telegram", "WhatsApp"])
def test_conversations_shown_were_really_sent(app: str) -> None:
    shown = re.search(
        rf"<details><summary>{app}</summary>\n\n(.*?)\n\n</details>", README, re.DOTALL
    )
    sent = ROOT / "deploy" / "transcripts" / f"{app.lower()}.md"
    assert shown and shown.group(1) in sent.read_text(encoding="utf-8")


def test_links_lead_to_files_of_the_repository() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_make_command_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    commands = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))
    assert {"chat", "test"} <= commands
    assert commands - targets == set()
