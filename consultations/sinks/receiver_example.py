"""An example of the clinic's end of the webhook: verifies, stores once, answers.

    WEBHOOK_SECRET=whsec_... python -m consultations.sinks.receiver_example [PORT]

It listens on this machine only and prints references. A real one keeps the requests, and the ids it
has seen, in a database, and answers 204 only after both are stored.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Dict, List, Set

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

_LONGEST_BODY = 100_000


class Receiver(HTTPServer):
    """Takes requests at any path; `received` holds each of them once."""

    def __init__(self, port: int, secret: str) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.webhook = Webhook(secret)
        self.seen: Set[str] = set()
        self.received: List[Dict[str, Any]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        length = self.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > _LONGEST_BODY:
            self._answer(413)
            return
        body = self.rfile.read(int(length))
        try:
            # Checks the signature over id, time and body, and that the time is now: an old message
            # sent again by somebody else is refused.
            event = self.server.webhook.verify(body, dict(self.headers))
        except (WebhookVerificationError, ValueError):
            self._answer(401)
            return
        # Deliveries come at least once; the id tells a repeat.
        if self.headers["webhook-id"] not in self.server.seen:
            self.server.received.append(event)
            self.server.seen.add(self.headers["webhook-id"])
            sys.stdout.write(f"received {event['data']['reference']}\n")
            sys.stdout.flush()
        self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Print no line for every message: its address may hold more than a log should."""


def main() -> None:
    """Receive until Ctrl-C."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    receiver = Receiver(port, os.environ["WEBHOOK_SECRET"])
    sys.stdout.write(f"listening on http://127.0.0.1:{receiver.server_port}\n")
    sys.stdout.flush()
    receiver.serve_forever()


if __name__ == "__main__":
    main()
