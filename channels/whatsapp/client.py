"""Twilio's REST API as this project uses it, and its errors in the channels' terms.

https://www.twilio.com/docs/messaging/api/message-resource. Errors are told by Twilio's number only:
its sentences quote numbers and texts.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, Dict, List, Optional

import httpx

import settings
from channels.turns.app_channel import PermanentError, TemporaryError

_SECONDS = 10.0
_CONNECTIONS = 32
_LATEST = 50  # messages to one visitor that are looked at
_TOO_MANY, _WRONG_TOKEN, _FIRST_SERVER_ERROR = 429, 401, 500
_TRY_AGAIN = (408, 425, _TOO_MANY)
# The request never got there.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
# At INFO these write each request's address, which may hold a visitor's number.
_TALKATIVE = ("httpx", "httpcore")
# A log is no place for a wait of days, wherever the number came from.
_LONGEST_WAIT_SECONDS = 3600.0


class FateUnknownError(TemporaryError):
    """Twilio may have taken the message or not: the connection broke before it said so."""


@dataclass(frozen=True)
class Sent:
    """A message in Twilio's list; `at` is when Twilio took it."""

    sid: str
    body: str
    at: datetime


class Twilio:
    """The account's API. Methods raise TemporaryError or PermanentError."""

    def __init__(self) -> None:
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self._http: Optional[httpx.AsyncClient] = None

    async def close(self) -> None:
        """Close the connections."""
        if self._http:
            await self._http.aclose()
            self._http = None

    async def create(self, to: str, fields: Dict[str, str]) -> str:
        """Send a message and return its id.

        Args:
            to: a visitor's address.
            fields: the Body, or ContentSid and ContentVariables; and the StatusCallback.

        Raises:
            FateUnknownError: it may have been sent.
            TemporaryError: it was not sent, and may be later.
            PermanentError: it never will be.
        """
        data = {"From": settings.whatsapp_from(), "To": to, **fields}
        answer = await self._ask("POST", "/Messages.json", data=data)
        sid = answer.get("sid")
        if not isinstance(sid, str):
            raise FateUnknownError("Twilio's answer can't be read")
        return sid

    async def latest_to(self, to: str) -> List[Sent]:
        """Return what was sent from here to a visitor lately, the latest first."""
        params = {"From": settings.whatsapp_from(), "To": to, "PageSize": str(_LATEST)}
        answer = await self._ask("GET", "/Messages.json", params=params)
        return [_sent(message) for message in answer.get("messages") or ()]

    async def account(self) -> Dict[str, Any]:
        """Return what Twilio knows of the account."""
        return await self._ask("GET", ".json")

    async def _ask(self, method: str, path: str, **more: Any) -> Dict[str, Any]:
        account = f"{settings.twilio_api_url()}/2010-04-01/Accounts/{settings.twilio_account_sid()}"
        return await self.ask(method, f"{account}{path}", **more)

    async def ask(self, method: str, url: str, **more: Any) -> Dict[str, Any]:
        """Return what Twilio answers to a request, as JSON values."""
        try:
            response = await self._client().request(method, url, **more)
        except _NOT_SENT as error:
            raise TemporaryError(f"no connection ({type(error).__name__})") from None
        except httpx.HTTPError as error:  # its text may hold the address
            raise FateUnknownError(f"no answer ({type(error).__name__})") from None
        if response.is_success:
            return _json(response)
        raise _error_of(response)

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            self._http = httpx.AsyncClient(
                auth=(settings.twilio_account_sid(), settings.twilio_auth_token()),
                timeout=_SECONDS,
                limits=httpx.Limits(max_connections=_CONNECTIONS),
            )
        return self._http


def _error_of(response: httpx.Response) -> Exception:
    code = _json(response).get("code")
    told = f"Twilio's error {code}" if isinstance(code, int) else f"HTTP {response.status_code}"
    if response.status_code >= _FIRST_SERVER_ERROR:
        return FateUnknownError(told)
    if response.status_code in _TRY_AGAIN:
        return TemporaryError(told, _retry_after(response))
    if response.status_code == _WRONG_TOKEN:
        # Ours to repair, and no fault of the message: it waits for a day.
        return TemporaryError(f"{told}: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN")
    return PermanentError(told)


def _json(response: httpx.Response) -> Dict[str, Any]:
    try:
        value = response.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _retry_after(response: httpx.Response) -> Optional[float]:
    """Return the seconds to wait: the header holds them, or a date."""
    given = response.headers.get("Retry-After", "").strip()
    if given.isdecimal():
        return min(float(given), _LONGEST_WAIT_SECONDS)
    at = _date(given)
    if at is None:
        return None
    seconds = (at - datetime.now(timezone.utc)).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_WAIT_SECONDS)


def _sent(message: Any) -> Sent:
    created = _date(str(message.get("date_created") or ""))
    at = created or datetime.now(timezone.utc)  # not known: it may be the one
    return Sent(str(message.get("sid")), str(message.get("body") or ""), at)


def _date(text: str) -> Optional[datetime]:
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=timezone.utc)
