"""Posting over HTTP, and what the answer's status means for a delivery."""

import ipaddress
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Optional

import httpx

from consultations.sinks.base import PermanentError, TemporaryError
from storage.errors import ConfigurationError

PATIENCE_SECONDS = 15.0
# 408: timeout, 425: too early, 429: too many requests. All other 4xx say that we are wrong.
_TEMPORARY_4XX = (408, 425, 429)


def require_https(setting: str, url: str) -> None:
    """Check an address to post personal data to.

    Raises:
        ConfigurationError: it is not https, and not on this machine either.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        parsed = httpx.URL("")
    is_safe = parsed.scheme == "https" or (parsed.scheme == "http" and is_loopback(parsed.host))
    if not is_safe or not parsed.host:
        raise ConfigurationError(f"{setting}: expected an https:// address")


def is_loopback(host: str) -> bool:
    """Say whether `host` is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def post(
    url: str, now: datetime, patience: float = PATIENCE_SECONDS, **content: Any
) -> httpx.Response:
    """Post once, without following redirects, and return a 2xx answer.

    Args:
        url: where to.
        now: the time, for a Retry-After that is a date.
        patience: how many seconds to wait for the receiver, each time it is its turn.
        content: what `httpx.post` takes: content, data, headers, auth.

    Raises:
        TemporaryError: no answer, 5xx, 408, 425 or 429.
        PermanentError: any other answer.
    """
    try:
        response = httpx.post(url, timeout=patience, follow_redirects=False, **content)
    except httpx.TimeoutException:
        raise TemporaryError("timeout") from None
    except httpx.HTTPError as error:
        raise TemporaryError(f"no_answer: {type(error).__name__}") from None
    code = f"http_{response.status_code}"
    if response.is_success:
        return response
    if response.status_code >= 500 or response.status_code in _TEMPORARY_4XX:
        raise TemporaryError(code, _retry_after(response.headers.get("retry-after", ""), now))
    raise PermanentError(code)


def _retry_after(text: str, now: datetime) -> Optional[float]:
    """Return the seconds of a Retry-After header: a number, or a date; None when it is neither."""
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
