"""What became of messages, as Twilio tells it: failures are logged and counted, nothing else kept.

https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
"""

import asyncio
import logging
import re
from collections import Counter, OrderedDict
from typing import Counter as Counts

from channels.whatsapp.request import Parameters

logger = logging.getLogger(__name__)

FAILED = ("failed", "undelivered")
# Twilio has passed it on to WhatsApp, or never will.
_LEFT = ("sent", "delivered", "read", *FAILED)
_MOST = 2000  # messages remembered
_CODE = re.compile(r"\d{1,6}")
_HINTS = {
    "63015": "the sandbox: the visitor has to join it first",
    "63016": "more than 24 hours after the visitor's message",
    "63018": "too many messages a second",
}


class Statuses:
    """The statuses of what was sent lately."""

    def __init__(self) -> None:
        self.failures: Counts[str] = Counter()  # by Twilio's error code, since the start
        self._left: OrderedDict[str, asyncio.Event] = OrderedDict()

    def take(self, parameters: Parameters) -> None:
        """Note what genuine parameters say."""
        status = parameters.get("MessageStatus")
        sid = parameters.get("MessageSid")
        if status in _LEFT and sid:
            self._event(sid).set()
        if status in FAILED:
            given = parameters.get("ErrorCode")
            code = given if _CODE.fullmatch(given) else "unknown"
            self.failures[code] += 1
            hint = f" ({_HINTS[code]})" if code in _HINTS else ""
            logger.error(
                "whatsapp: a reply was not delivered: Twilio's error %s%s; %d of these since the "
                "start", code, hint, self.failures[code],
            )  # fmt: skip

    async def wait_until_left(self, sid: str, seconds: float) -> None:
        """Wait until Twilio has passed a message on to WhatsApp, but not longer than `seconds`."""
        event = self._event(sid)
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except asyncio.TimeoutError:
            logger.debug("whatsapp: no status of a message in time")

    def _event(self, sid: str) -> asyncio.Event:
        event = self._left.setdefault(sid, asyncio.Event())
        self._left.move_to_end(sid)
        if len(self._left) > _MOST:
            self._left.popitem(last=False)
        return event
