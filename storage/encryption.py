"""Personal columns, encrypted at rest when CONSULTATIONS_KEY is set.

Every stored value says how it is stored, "plain:..." or "fernet:...", so that rows written before
and after a key was set live together. Make a key with
`python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"`.
To change keys, put the new one before the old one (`new,old`), restart everything, run
`python -m consultations rotate-keys`, and drop the old one.
"""

from functools import lru_cache
from typing import Any, Optional

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

import settings
from storage.errors import EncryptionError

_PLAIN = "plain:"
_FERNET = "fernet:"


@lru_cache(maxsize=4)
def _cipher(keys: str) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()])
    except ValueError:
        raise EncryptionError(
            "CONSULTATIONS_KEY: not a Fernet key (44 characters of URL-safe base64), or several "
            "separated by commas; storage/encryption.py says how to make one"
        ) from None


def cipher() -> Optional[MultiFernet]:
    """Return the cipher of the configured keys, or None when values are stored as they are.

    Raises:
        EncryptionError: CONSULTATIONS_KEY doesn't hold keys.
    """
    keys = settings.consultations_key()
    return _cipher(keys) if keys else None


def seal(text: str) -> str:
    """Return `text` as it is stored: tagged, and encrypted with the newest key if there is one."""
    # PostgreSQL takes no NUL, no database takes half a surrogate pair, and anything may be typed.
    text = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    current = cipher()
    if current is None:
        return _PLAIN + text
    return _FERNET + current.encrypt(text.encode("utf-8")).decode("ascii")


def unseal(stored: str) -> str:
    """Return the text of a stored value.

    Raises:
        EncryptionError: it was encrypted with a key that isn't configured.
    """
    if stored.startswith(_PLAIN):
        return stored[len(_PLAIN) :]
    current = cipher()
    if current is None:
        raise EncryptionError("CONSULTATIONS_KEY: not set, but stored requests are encrypted")
    try:
        return current.decrypt(stored[len(_FERNET) :].encode("ascii")).decode("utf-8")
    except InvalidToken:
        raise EncryptionError(
            "CONSULTATIONS_KEY: a stored value was encrypted with another key; "
            "put that key behind the present one, separated by a comma"
        ) from None


class EncryptedText(sa.types.TypeDecorator):
    """Text that is sealed on its way into the database and unsealed on its way out."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Optional[str], dialect: Any) -> Optional[str]:
        """Return what to store for `value`; None stays NULL."""
        return None if value is None else seal(value)

    def process_result_value(self, value: Optional[str], dialect: Any) -> Optional[str]:
        """Return the text of what was stored."""
        return None if value is None else unseal(value)
