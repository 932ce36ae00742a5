"""What the bot says beside quotes, one file a language. Rules' own responses are in domain.yml."""

from functools import cache
from pathlib import Path
from typing import Dict, List

import settings
from knowledge.yaml_file import load_yaml

FOLDER = Path(__file__).parent
ENGLISH = "en"


@cache
def _texts(language: str) -> Dict[str, str]:
    return load_yaml(FOLDER / f"{language}.yml")


@cache
def is_spoken(language: str) -> bool:
    """Say whether there are texts in a language."""
    return (FOLDER / f"{language}.yml").is_file()


def has_text(name: str, language: str = ENGLISH) -> bool:
    """Say whether there is a text called `name` in a language."""
    return is_spoken(language) and name in _texts(language)


def text(name: str, language: str = ENGLISH, **values: str) -> str:
    """Return the text called `name`, its blanks filled with `values`.

    In a language that isn't spoken, or for a text that isn't translated, the English one.

    Raises:
        KeyError: there is no such text, or a blank has no value.
    """
    texts = _texts(language) if is_spoken(language) else {}
    return (texts.get(name) or _texts(ENGLISH)[name]).format(**values)


def languages() -> List[str]:
    """Return the codes of the languages there are texts in, English first."""
    others = sorted(path.stem for path in FOLDER.glob("*.yml") if path.stem != ENGLISH)
    return [ENGLISH, *others]


def starting_with(start: str, language: str = ENGLISH) -> Dict[str, str]:
    """Return all texts whose names begin with `start`; English where there is no translation."""
    texts = _texts(language) if is_spoken(language) else {}
    return {
        name: texts.get(name, words)
        for name, words in _texts(ENGLISH).items()
        if name.startswith(start)
    }


def unavailable(language: str = ENGLISH) -> str:
    """Return what a visitor reads when something behind the bot is down, with a way out."""
    url = settings.consultation_form_url()
    if url:
        way_out = text("unavailable_contact", language, url=url)
    else:
        way_out = text("unavailable_no_contact", language)
    return f"{text('unavailable', language)} {way_out}"
