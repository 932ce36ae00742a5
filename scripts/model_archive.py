"""A trained model as two files that can be fetched instead of training: archive and manifest.

The manifest lies beside the archive, `.json` after its name: the fingerprint of the data and code
that the model was trained on, and the archive's SHA-256.

    make pack-model     writes both into var/release/
    MODEL_URL=...       where `make train` fetches them, if they fit what is there
"""

import hashlib
import http.client
import json
import os
import shutil
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Dict
from urllib.parse import urlsplit, urlunsplit

import settings

_SUFFIX = ".json"
_SECONDS = 30
_MOST_OF_A_MANIFEST = 10_000
_CHUNK = 1 << 20


class FetchError(Exception):
    """The model can't be taken; the message says what is wrong and where."""


def pack(model: Path, fingerprint: str, folder: Path) -> Path:
    """Write archive and manifest of a trained `model` into `folder`; return the archive's path."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / model.name
    shutil.copyfile(model, archive)
    manifest = {"fingerprint": fingerprint, "sha256": _sha256(archive)}
    _beside(archive).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return archive


def fetch(source: str, model: Path, fingerprint: str) -> None:
    """Put the archive at `source`, an https address or a path, at `model`, if it is the right one.

    Whatever happens, `model` is what it was or the whole archive.

    Raises:
        FetchError: it can't be had, isn't whole, or was trained on other data or code.
    """
    manifest = _manifest(_with_suffix(source))
    if manifest["fingerprint"] != fingerprint:
        raise FetchError(f"the model at {_shown(source)} was trained on other data or code")
    part = model.with_name(f"{model.name}.{os.getpid()}.part")
    model.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _open(source) as content, part.open("wb") as file:
            _copy(content, file)
        if _sha256(part) != manifest["sha256"]:
            raise FetchError(f"{_shown(source)} isn't the archive that its manifest describes")
        part.replace(model)
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(f"{_shown(source)}: {_reason(error)}") from error
    finally:
        part.unlink(missing_ok=True)


def _manifest(source: str) -> Dict[str, str]:
    try:
        with _open(source) as content:
            found = json.loads(content.read(_MOST_OF_A_MANIFEST))
        return {name: str(found[name]) for name in ("fingerprint", "sha256")}
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(f"{_shown(source)}: {_reason(error)}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(f"{_shown(source)} isn't a model's manifest") from error


def _open(source: str) -> IO[bytes]:
    if "://" not in source:
        return Path(source).expanduser().open("rb")
    _require_safe(source)
    response: IO[bytes] = urllib.request.urlopen(source, timeout=_SECONDS)  # noqa: S310  checked
    _require_safe(response.geturl())  # type: ignore[attr-defined]  # a redirect may lead anywhere
    return response


def _require_safe(address: str) -> None:
    if not settings.is_safe_address(address):
        raise FetchError(f"{_shown(address)} is neither an https address nor a path")


def _copy(content: IO[bytes], file: IO[bytes]) -> None:
    expected = getattr(content, "length", None)
    shutil.copyfileobj(content, file, _CHUNK)
    if expected is not None and file.tell() != expected:
        raise OSError(f"cut off after {file.tell()} of {expected} bytes")


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server says {error.code} {error.reason}"
    if isinstance(error, urllib.error.URLError):
        return f"can't be reached: {error.reason}"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _with_suffix(source: str) -> str:
    if "://" not in source:
        return source + _SUFFIX
    parts = urlsplit(source)
    return urlunsplit(parts._replace(path=parts.path + _SUFFIX))


def _beside(archive: Path) -> Path:
    return archive.with_name(archive.name + _SUFFIX)


def _shown(source: str) -> str:
    """Return an address without what may be secret in it."""
    if "://" not in source:
        return source
    parts = urlsplit(source)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()
