"""Requests from Twilio: their parameters, and whether they are genuine.

https://www.twilio.com/docs/usage/webhooks/webhooks-security. What is signed is the address and the
parameters' names and values without anything between them, so that a signed request can be cut
otherwise: `channels.whatsapp.messages` takes nothing whose ids aren't of their exact form.
"""

from typing import Any, Dict, Iterator, List
from urllib.parse import parse_qsl

from sanic.request import Request
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

import settings
from channels.whatsapp.account import signed_urls

SIGNATURE = "X-Twilio-Signature"
_FORM = "application/x-www-form-urlencoded"
_LARGEST_BODY = 200_000  # bytes; the longest message with all that Twilio adds is far below
_MOST_PARAMETERS = 500
BAD, NOT_GENUINE, TOO_LARGE, NOT_A_FORM = 400, 403, 413, 415


class RefusedError(Exception):
    """A request that isn't taken; `status` is what is answered, without detail."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Parameters:
    """The parameters of a form; a name may come several times."""

    def __init__(self, pairs: List[Any]) -> None:
        self._values: Dict[str, List[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def getlist(self, name: str) -> List[str]:
        """Return all values of a name; Twilio's validator asks so."""
        return self._values[name]

    def get(self, name: str) -> str:
        """Return the only value of a name; empty when there is none.

        Raises:
            RefusedError: there are several: which one is meant isn't ours to guess.
        """
        values = set(self._values.get(name, ()))
        if len(values) > 1:
            raise RefusedError(BAD)
        return values.pop() if values else ""


def genuine_parameters(request: Request, url: str) -> Parameters:
    """Return the parameters of a request from Twilio to `url`, as it stands in its console.

    Raises:
        RefusedError: it is no form, or not signed by Twilio.
    """
    parameters = parameters_in(request.headers.get("Content-Type", ""), request.body)
    if not is_genuine(url, parameters, request.headers.get(SIGNATURE, "")):
        raise RefusedError(NOT_GENUINE)
    return parameters


def parameters_in(content_type: str, body: bytes) -> Parameters:
    """Return the parameters in a body; blank ones too, for Twilio has signed them.

    Raises:
        RefusedError: it is no form.
    """
    if content_type.partition(";")[0].strip().lower() != _FORM:
        raise RefusedError(NOT_A_FORM)
    if len(body) > _LARGEST_BODY:
        raise RefusedError(TOO_LARGE)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except ValueError:  # a UnicodeDecodeError is one
        raise RefusedError(BAD) from None
    return Parameters(pairs)


def is_genuine(url: str, parameters: Parameters, signature: str) -> bool:
    """Say whether Twilio has signed parameters for an address; takes the same time if not."""
    validator = RequestValidator(settings.twilio_auth_token())
    found = [validator.validate(signed, parameters, signature) for signed in signed_urls(url)]
    return any(found)
