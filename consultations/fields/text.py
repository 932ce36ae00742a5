"""Text as people type it, made comparable: control characters, widths, cases, accents, digits."""

import re
import unicodedata

# Persian and Indic names need these two invisible joiners.
_JOINERS = "\u200c\u200d"


def _is_unwanted(character: str) -> bool:
    # Cc: control, Cs: half of a surrogate pair (no database takes it), Cf: turns direction of text.
    return unicodedata.category(character) in ("Cc", "Cs", "Cf") and character not in _JOINERS


def clean_line(text: str) -> str:
    """Return `text` on one line: no control characters, single blanks, composed characters."""
    kept = "".join(
        (" " if character.isspace() else "") if _is_unwanted(character) else character
        for character in text
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def clean_lines(text: str) -> str:
    """Return `text` cleaned line by line, with at most one empty line in a row."""
    lines = "\n".join(clean_line(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def ascii_digits(text: str) -> str:
    """Return `text` with digits of all scripts as 0-9 and wide characters as plain ones."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in plain
    )


def fold(text: str) -> str:
    """Return `text` for comparing: one line, lower case, no accents, plain digits and quotes."""
    plain = clean_line(ascii_digits(text)).replace("’", "'").casefold()
    decomposed = unicodedata.normalize("NFD", plain)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)


_ASKS = re.compile(
    r"(?:(?:and|but|y|pero) )?(?:what|why|how|por que|para que)\b|.*(?:什么|为何|怎么|吗|如何)"
)
_MAY_ASK = re.compile(
    r"[¿ ]*(?:(?:and|but|y|pero) )?(?:what|why|how|which|who|when|where|do|does|can|could|should|is"
    r"|are|que|cual|como|quien|cuando|donde|es|puede|puedo)\b.*\?"
)


def is_question(folded: str) -> bool:
    """Say whether folded text asks something: "what is type 2?" says nobody's type."""
    return bool(_ASKS.match(folded.lstrip("¿ ")) or _MAY_ASK.match(folded))


def has_any(text: str, pattern: str) -> bool:
    """Say whether folded `text` holds a whole word of `pattern` (alternatives with |)."""
    return re.search(rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])", text) is not None
