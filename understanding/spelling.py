"""Corrects single words by edit distance; knows English and the words given to it."""

import contextlib
import hashlib
import os
import re
import stat
from importlib import metadata, resources
from pathlib import Path
from typing import Iterable, Optional, Set

from symspellpy import SymSpell, Verbosity

import settings
from understanding.at_once import at_once

OWN_WORDS = Path(__file__).parent / "own_words.txt"
ENGLISH_WORDS = "frequency_dictionary_en_82_765.txt"

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
# Our own words win against any other word at the same distance.
_OWN_FREQUENCY = 10**12
_OURS_ALONE = 0o600
_SHORTEST = 4
_TWO_ERRORS_FROM = 7


def own_words() -> Set[str]:
    """Return the words of the documents and of own_words.txt, in lower case."""
    texts = [OWN_WORDS.read_text(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in settings.DOCUMENTS.glob("spinraza.md")]
    return {word for text in texts for word in _WORD.findall(text.lower()) if len(word) > 2}


class Speller:
    """Corrects single words by edit distance; knows English and the words given to it."""

    def __init__(self, own: Iterable[str], cache: Optional[Path] = None) -> None:
        """Make one; in the folder `cache` its dictionary is kept, which takes a second to make."""
        self._own = set(own)
        path = cache and cache / f"speller-{_version(self._own)}.pickle"
        kept = _kept(path) if path else None
        self._symspell = kept or _dictionary(self._own)
        if path and not kept:
            _keep(self._symspell, path)

    def correct(self, text: str, names: Set[str] = frozenset()) -> str:  # type: ignore[assignment]
        """Return `text` (lower case) with unknown words replaced by the nearest known one.

        Short words, numbers, words with other letters than a to z, and `names` stay as they are;
        a name is corrected only to one of our own words ("Spinrazza").
        """
        return _WORD.sub(lambda match: self._correct_word(match.group(), names), text)

    def _correct_word(self, word: str, names: Set[str]) -> str:
        if len(word) < _SHORTEST or "'" in word or word in self._symspell.words:
            return word
        allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
        found = self._symspell.lookup(word, Verbosity.TOP, max_edit_distance=allowed)
        if not found or (word in names and found[0].term not in self._own):
            return word
        return str(found[0].term)


def _dictionary(own: Set[str]) -> SymSpell:
    # A prefix of 5 letters loads in 0.9 s instead of 2.3 s; a look-up still takes under 1 ms.
    symspell = SymSpell(max_dictionary_edit_distance=2, prefix_length=5)
    with resources.path("symspellpy", ENGLISH_WORDS) as path:
        symspell.load_dictionary(str(path), term_index=0, count_index=1)
    for word in own:
        symspell.create_dictionary_entry(word, _OWN_FREQUENCY)
    return symspell


def _version(own: Set[str]) -> str:
    """Return a name for what a dictionary is made of, the program included."""
    code = Path(__file__).read_text(encoding="utf-8")
    parts = [metadata.version("symspellpy"), code, *sorted(own)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _kept(path: Path) -> Optional[SymSpell]:
    """Return the dictionary kept in a file of our own; None when it can't be read.

    A pickle can do anything: one that somebody else could have written isn't read.
    """
    symspell = SymSpell(max_dictionary_edit_distance=2, prefix_length=5)
    # Cut short by a crash or a full disk, it raises whatever its reader stumbles over.
    with contextlib.suppress(Exception):
        file = path.lstat()
        is_ours = file.st_uid == os.getuid() and stat.S_IMODE(file.st_mode) == _OURS_ALONE
        if is_ours and symspell.load_pickle(path, compressed=False):
            return symspell
    return None


def _keep(symspell: SymSpell, path: Path) -> None:
    """Write a dictionary, at once, so that a crash leaves none; where nothing can be, none is."""
    with contextlib.suppress(OSError), at_once(path) as new:
        symspell.save_pickle(new, compressed=False)
        for old in path.parent.glob("speller-*.pickle"):
            old.unlink()


def names_in(text: str) -> Set[str]:
    """Return words, in lower case, that look like names: a capital letter inside a sentence."""
    if sum(letter.isupper() for letter in text) > len(text) / 3:
        return set()  # somebody shouts
    found = re.findall(r"(?<=[a-z,;] )[A-Z][a-z]+", text)
    return {name.lower() for name in found}
