"""Rasa without the channels that nothing here uses.

`rasa.core.channels` imports every channel that Rasa comes with, and with them the libraries of
Telegram, Slack, Twilio, Webex, Facebook, Google and others: a fifth of the time that importing Rasa
takes. Ours are in channels/. A stock one that is named in credentials.yml is refused by Rasa as
unknown; take it out of the list below to use it.

It can go when Rasa imports a channel only where it is configured.
"""

import sys

from workarounds.stand_ins import StandInFinder

_CHANNELS = (
    "botframework", "facebook", "hangouts", "mattermost", "rocketchat", "slack", "telegram",
    "twilio", "twilio_voice", "webexteams",
)  # fmt: skip
UNUSED = frozenset(f"rasa.core.channels.{name}" for name in _CHANNELS)
_FINDER = StandInFinder(UNUSED.__contains__)


def install() -> None:
    """Leave them out in this process; calling it again changes nothing."""
    if _FINDER not in sys.meta_path:
        sys.meta_path.insert(0, _FINDER)
