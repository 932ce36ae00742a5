"""Kill server, action server and worker at random points while visitors send requests.

    make durability                    200 submissions
    make durability ARGS="20"          fewer

Visitors fill the consultation form over REST, several at once, and send again what got no answer.
Meanwhile one process after the other is killed (SIGKILL) and started again. In the end every
reference that a visitor was told must be stored exactly once, under that visitor's details, and
have reached the clinic's webhook; and nothing may be told that isn't stored.
"""

import argparse
import collections
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Counter, Dict, Iterator, List, Optional

import httpx
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from standardwebhooks import Webhook

from consultations.models import deliveries, requests
from scripts import processes
from storage.database import create_engine, reading

SECRET = "whsec_" + "c2VjcmV0IG9mIHRoZSBkdXJhYmlsaXR5IHRlc3Q="
VISITORS_AT_ONCE = 6
# A process lives this long before the next one is killed.
SECONDS_BETWEEN_KILLS = (1.0, 6.0)
PATIENCE_SECONDS = 180.0  # of a visitor, with servers that take 10 to 20 seconds to start
# A killed worker's delivery is free again after its lease: short, so that it happens often.
LEASE_SECONDS = 15
DRAIN_SECONDS = 60.0

ANSWERS = {
    "consultation": "Visitor Silva",
    "contact_name": "Visitor Silva",
    "for_whom": "my child",
    "patient_age": "8 months",
    "diagnosis": "yes",
    "sma_type": "type 2",
    "place": "Lisbon",
    "language": "English",
    "question": "What should we bring along",
    "consent": "I agree",
    "summary": "Send",
    "resume": "Go on",
    "cancel": "No, go on",
}
BEGIN = "I would like a free consultation"


class Receiver(ThreadingHTTPServer):
    """The clinic's webhook: checks the signature and counts the references it gets."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.webhook = Webhook(SECRET)
        self.received: Counter[str] = collections.Counter()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """The address to deliver to."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        event: Dict[str, Any] = self.server.webhook.verify(body, dict(self.headers))
        self.server.received[str(event["data"]["reference"])] += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Stay quiet."""


class Service:
    """A process that is killed and started again."""

    def __init__(self, command: List[str], env: Dict[str, str], log: Path) -> None:
        self._command, self._env, self._log = command, env, log
        self.kills = 0
        self.process: Optional[subprocess.Popen[str]] = None
        self.start()

    def start(self) -> None:
        """Start the process; its log is added to."""
        with self._log.open("a") as log:
            self.process = processes.start(self._command, self._env, log)

    def kill(self) -> None:
        """End the process and its children at once, with no chance to tidy up; start it again."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1
        self.start()


class Visitor:
    """Fills the form until it is told a reference; sends again what got no proper reply."""

    def __init__(self, number: int, url: str) -> None:
        self.email = f"visitor-{number}@example.org"
        self._sender, self._url = f"visitor-{number}", url

    def submit(self) -> Optional[str]:
        """Return the reference told, or None after too long a time; print which it was."""
        reference = self._reference()
        print(f"{self.email}: {reference or 'no reference'}", flush=True)
        return reference

    def _reference(self) -> Optional[str]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        text = BEGIN
        while time.monotonic() < deadline:
            outcome = self._send(text)
            if outcome is None or outcome.get("topic") == "not_stored":
                time.sleep(0.5)  # a person waits a moment as well before sending it again
                continue
            if outcome.get("reference"):
                return str(outcome["reference"])
            topic = outcome.get("topic")
            text = self.email if topic == "contact" else ANSWERS.get(str(topic), BEGIN)
        return None

    def _send(self, text: str) -> Optional[Dict[str, Any]]:
        """Return the outcome of the reply; None when there was none, or "not possible now"."""
        try:
            response = httpx.post(
                self._url, json={"sender": self._sender, "message": text}, timeout=20
            )
            outcome: Dict[str, Any] = response.json()[0]["custom"]
        except (httpx.HTTPError, ValueError, LookupError):
            return None
        return None if outcome["kind"] == "unavailable" else outcome


def kill_until(over: threading.Event, services: Dict[str, Service], seed: int, url: str) -> None:
    """Kill each of `services` in a random order, and again, until `over` is set.

    In the main thread: the kernel ends a process when the thread that started it ends.
    """
    chance = random.Random(seed)  # noqa: S311
    next_ones: List[str] = []
    while not over.wait(chance.uniform(*SECONDS_BETWEEN_KILLS)):
        next_ones = next_ones or chance.sample(sorted(services), len(services))
        name = next_ones.pop()
        services[name].kill()
        server = services["server"].process
        if name == "server" and server is not None:  # or it would never be up
            processes.wait_until_up(url, server)


def submit_all(visitors: List[Visitor], over: threading.Event) -> Dict[str, Optional[str]]:
    """Return the reference that each visitor's e-mail address was told; then set `over`."""
    try:
        with ThreadPoolExecutor(VISITORS_AT_ONCE) as pool:
            told = list(pool.map(Visitor.submit, visitors))
    finally:
        over.set()
    return dict(zip((visitor.email for visitor in visitors), told, strict=True))


def problems(
    engine: Engine, told: Dict[str, Optional[str]], received: Counter[str]
) -> Iterator[str]:
    """Yield what isn't as it must be. `told`: the reference that each e-mail address was told."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(requests.c.reference, requests.c.email)).all()
    by_email = collections.defaultdict(list)
    for row in rows:
        by_email[row.email].append(row.reference)
    for email, reference in told.items():
        if reference is None:
            yield f"{email} was told no reference in {PATIENCE_SECONDS:.0f} s"
        elif by_email[email] != [reference]:
            yield f"{email} was told {reference}, but stored is {by_email[email]}"
        elif not received[reference]:
            yield f"{reference} was not delivered"


def undelivered(engine: Engine) -> int:
    """Return how many deliveries are still to be made."""
    query = sa.select(sa.func.count()).where(deliveries.c.state != "delivered")
    with reading(engine) as connection:
        return int(connection.execute(query.select_from(deliveries)).scalar())


def run(submissions: int, seed: int, folder: Path) -> int:
    """Run everything, print what came out, and return the number of problems."""
    port, actions_port, receiver = processes.free_port(), processes.free_port(), Receiver()
    database = f"sqlite:///{folder / 'consultations.db'}"
    env = {
        **processes.environment(actions_port),
        "CONVERSATIONS_DATABASE_URL": f"sqlite:///{folder / 'conversations.db'}",
        "DATABASE_URL": database,
        "CONSULTATION_SINKS": "webhook",
        "WEBHOOK_URL": receiver.url,
        "WEBHOOK_SECRET": SECRET,
    }
    commands = {
        "server": processes.rest_server_command(port),
        "actions": processes.action_server_command(actions_port),
        "worker": [*processes.worker_command(), "--lease", str(LEASE_SECONDS)],
    }
    services = {
        name: Service(command, env, folder / f"{name}.log") for name, command in commands.items()
    }
    base = f"http://{processes.HOST}:{port}/webhooks/rest"
    try:
        server = services["server"].process
        assert server is not None
        if not processes.wait_until_up(f"{base}/", server):
            processes.fail("the REST server didn't start")
        visitors = [Visitor(number, f"{base}/webhook") for number in range(submissions)]
        over = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            submitted = pool.submit(submit_all, visitors, over)
            kill_until(over, services, seed, f"{base}/")
            told = submitted.result()
        engine = create_engine(database)
        deadline = time.monotonic() + DRAIN_SECONDS
        while undelivered(engine) and time.monotonic() < deadline:
            time.sleep(0.5)
        found = list(problems(engine, told, receiver.received))
    finally:
        for service in services.values():
            if service.process is not None:
                processes.stop(service.process)
        receiver.shutdown()
    kills = ", ".join(f"{name} {service.kills}" for name, service in services.items())
    again = sum(count > 1 for count in receiver.received.values())
    confirmed = sum(reference is not None for reference in told.values())
    print(f"killed: {kills}")
    print(f"{submissions} submissions, {confirmed} confirmed, {again} delivered more than once")
    for problem in found:
        print(f"Error: {problem}")
    print(f"{len(found)} problems")
    return len(found)


def main() -> int:
    """Run as many submissions as asked for; return 1 when anything was lost or told wrongly."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("submissions", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    processes.require_model()
    with tempfile.TemporaryDirectory() as folder:
        return 1 if run(arguments.submissions, arguments.seed, Path(folder)) else 0


if __name__ == "__main__":
    sys.exit(main())
