"""What the checks of messaging apps have in common."""

import sys
from typing import Any, NoReturn

import httpx

_SECONDS = 15.0


def fail(code: int, what: str, advice: str) -> NoReturn:
    """Print what is wrong and what to do, and end with `code`."""
    print(f"NOT ok: {what}.\n{advice}")
    sys.exit(code)


async def post(url: str, code: int, **request: Any) -> int:
    """Post to our own public address, and return the status; end with `code` if nothing answers."""
    try:
        async with httpx.AsyncClient(timeout=_SECONDS) as client:
            return (await client.post(url, **request)).status_code
    except httpx.HTTPError as error:
        fail(
            code,
            f"our own address can't be reached from here ({type(error).__name__}: {error})",
            "Is the name in the DNS, the certificate valid, and does the proxy run?",
        )
