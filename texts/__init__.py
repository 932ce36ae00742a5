"""What the bot says beside quotes, one file a language. Rules' own responses are in domain.yml."""

from functools import cache
from pathlib import Path
from typing import Dict

import settings
from knowledge.yaml_file import load_yaml


@cache
def _texts(language: str) -> Dict[str, str]:
    return load_yaml(Path(__file__).parent / f"{language}.yml")


def text(name: str, language: str = "en", **values: str) -> str:
    """Return the text called `name`, its blanks filled with `values`.

    Raises:
        KeyError: there is no such text, or a blank has no value.
    """
    return _texts(language)[name].format(**values)


def unavailable() -> str:
    """Return what a visitor reads when something behind the bot is down, with a way out."""
    url = settings.consultation_form_url()
    way_out = text("unavailable_contact", url=url) if url else text("unavailable_no_contact")
    return f"{text('unavailable')} {way_out}"
