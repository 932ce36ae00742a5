"""A signed webhook (https://www.standardwebhooks.com); receiver_example.py shows the other end."""

import base64
import dataclasses
import json

from standardwebhooks.webhooks import Webhook

from consultations.sinks import posting
from consultations.sinks.base import Delivery, required
from storage.errors import ConfigurationError

EVENT_TYPE = "consultation.requested"
_EXAMPLE = "whsec_<base64 of 24 to 64 random bytes>"


class WebhookSink:
    """Posts the whole request as signed JSON. The receiver tells repeats by `webhook-id`."""

    def __init__(self, url: str, secret: str, patience: float = posting.PATIENCE_SECONDS) -> None:
        """Post to `url`, signed with `secret`; a receiver is waited for `patience` seconds."""
        posting.require_https("WEBHOOK_URL", url)
        self._webhook = Webhook(_parse_secret(secret))
        self._url, self._patience = url, patience

    @classmethod
    def from_settings(cls) -> "WebhookSink":
        """Return the sink that WEBHOOK_URL and WEBHOOK_SECRET describe."""
        return cls(
            required("webhook", "WEBHOOK_URL", "https://clinic.example/consultations"),
            required("webhook", "WEBHOOK_SECRET", _EXAMPLE),
        )

    def deliver(self, delivery: Delivery) -> None:
        """Post the request; any 2xx answer means that the receiver has it."""
        body = body_of(delivery)
        headers = {
            "content-type": "application/json",
            "webhook-id": delivery.id,
            "webhook-timestamp": str(int(delivery.now.timestamp())),
            "webhook-signature": self._webhook.sign(delivery.id, delivery.now, body),
        }
        posting.post(
            self._url, delivery.now, self._patience, content=body.encode("utf-8"), headers=headers
        )


def _parse_secret(secret: str) -> bytes:
    """Return the bytes of a secret. The library would take one with a typing mistake."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith("whsec_") or not 24 <= len(key) <= 64:
        raise ConfigurationError(f"WEBHOOK_SECRET: expected {_EXAMPLE}")
    return key


def body_of(delivery: Delivery) -> str:
    """Return the JSON of a request, without the conversation's id, which is nobody's business."""
    data = dataclasses.asdict(delivery.request)
    del data["conversation"]
    data["consent_at"] = delivery.request.consent_at.isoformat()
    return json.dumps(
        {
            "type": EVENT_TYPE,
            "timestamp": delivery.received.isoformat(),
            "data": {"reference": delivery.reference, **data},
        },
        ensure_ascii=False,
    )
