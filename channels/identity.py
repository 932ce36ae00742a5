"""Who is who: what a visitor proves, and the name under which Rasa knows the conversation.

Rasa's name is a keyed hash, so that neither a database nor a log tells whose conversation it is,
and knowing it lets nobody continue it.
"""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Optional

from itsdangerous import BadSignature, URLSafeTimedSerializer

import settings

TOKEN_DAYS = 30
_SECONDS_A_DAY = 24 * 3600
_DIGITS = 32  # of the hash: 128 bits


def conversation_of(channel: str, identity: str) -> str:
    """Return Rasa's name for the conversation of an app's user or of a token's holder."""
    words = f"{channel}:{identity}".encode("utf-8", "surrogatepass")
    return f"{channel}-{hmac.new(_key(), words, hashlib.sha256).hexdigest()[:_DIGITS]}"


def new_token() -> str:
    """Return a signed token for a new conversation on the website; whoever has it may go on."""
    return str(_serializer().dumps(secrets.token_urlsafe(16)))


def holder_of(token: object, days: int = TOKEN_DAYS) -> Optional[str]:
    """Return whom a token was issued to; None when we didn't issue it within so many days."""
    if not isinstance(token, str):
        return None
    try:
        holder = _serializer().loads(token, max_age=days * _SECONDS_A_DAY)
    except BadSignature:  # an expired one is one of them
        return None
    return str(holder)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        _key(), salt="website", signer_kwargs={"digest_method": hashlib.sha256}
    )


def _key() -> bytes:
    configured = settings.channels_key()
    return configured.encode() if configured else _own_key(settings.ROOT / "var" / "channels.key")


@lru_cache(maxsize=1)
def _own_key(path: Path) -> bytes:
    """Return the key of this installation, made at first use; only its user can read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(file, "wb") as out:
        key = secrets.token_hex(32).encode()
        out.write(key)
    return key
