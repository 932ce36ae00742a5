"""Asks the bot, started as it is deployed, every question and every dialogue."""

import asyncio
import contextlib
import hashlib
import logging
import os
import sys
import tempfile
import time
import uuid
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Sequence

import httpx

import settings
from channels.turns.guard import defuse
from evaluation.judge import Outcome, judge_question, judge_turn, main_kind, topics_of
from evaluation.results import Answered, Results, TurnAnswered, Understood
from evaluation.sets import Dialogue, Question
from evaluation.verdict import gives_verdict
from knowledge.catalogue import Catalogue, load_catalogue
from scripts import processes

PROGRESS_EVERY = 200
# A developer's own settings would change the replies.
OWN_SETTINGS = ("CONSULTATION_FORM_URL", "PAGE_URL", "ACTION_TIMEOUT_SECONDS")


@dataclass(frozen=True)
class BotReply:
    """The bot's reply: its words, its outcome, and how long it took."""

    text: str
    outcome: Outcome
    milliseconds: float


class Bot:
    """A running bot, asked over REST."""

    def __init__(self, client: httpx.Client, url: str) -> None:
        self._client, self._url = client, url

    def ask(self, text: str, sender: str) -> BotReply:
        """Send `text` in the conversation `sender` and return the reply to it.

        Raises:
            httpx.HTTPError: the server doesn't answer.
        """
        started = time.perf_counter()
        response = self._client.post(self._url, json={"sender": sender, "message": text})
        milliseconds = (time.perf_counter() - started) * 1000
        response.raise_for_status()
        replies: List[Dict[str, Any]] = response.json()
        outcome = dict(replies[0]["custom"])
        # A reply in several messages is one outcome in parts.
        more = [reply["custom"] for reply in replies[1:] if reply.get("custom")]
        if more:
            outcome["parts"] = [*outcome.get("parts", []), *more]
        return BotReply("\n".join(r.get("text", "") for r in replies), outcome, milliseconds)


@contextlib.contextmanager
def served_bot() -> Iterator[Bot]:
    """Run REST and action server as `make serve` does, with a conversations database of its own."""
    processes.require_model()
    port, actions_port = processes.free_port(), processes.free_port()
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **{key: value for key, value in os.environ.items() if key not in OWN_SETTINGS},
            "PORT": str(port),
            "ACTIONS_PORT": str(actions_port),
            "CONVERSATIONS_DATABASE_URL": f"sqlite:///{folder}/conversations.db",
            "DATABASE_URL": f"sqlite:///{folder}/consultations.db",
        }
        log_path = Path(folder) / "serve.log"
        with log_path.open("w") as log:
            command = [sys.executable, "-W", "ignore", "scripts/serve.py"]
            process = processes.start(command, env, log)
            try:
                base = f"http://{processes.HOST}:{port}/webhooks/rest"
                action_server = f"http://{processes.HOST}:{actions_port}/health"
                up = processes.wait_until_up(f"{base}/", process, 300)
                if not (up and processes.wait_until_up(action_server, process)):
                    processes.fail(f"the bot didn't start:\n{log_path.read_text()[-2000:]}")
                with httpx.Client(timeout=60) as client:
                    yield Bot(client, f"{base}/webhook")
            finally:
                processes.stop(process, patience=30)


def understand(texts: Sequence[str]) -> List[Understood]:
    """Return what the model makes of each text, in the same order."""
    return asyncio.run(_understand(texts))


async def _understand(texts: Sequence[str]) -> List[Understood]:
    from rasa.core.agent import load_agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # used as a library, Rasa prints every message otherwise
    agent = await load_agent(str(processes.MODEL))
    found = []
    for text in texts:
        parsed: Dict[str, Any] = await agent.parse_message(defuse(text))
        intent = parsed["intent"]
        others = [e for e in parsed.get("intent_ranking", []) if e["name"] != intent["name"]]
        second: Dict[str, Any] = others[0] if others else {"name": "", "confidence": 0.0}
        found.append(
            Understood(intent["name"], intent["confidence"], second["name"], second["confidence"])
        )
    return found


def run(questions: Sequence[Question], dialogues: Sequence[Dialogue]) -> Results:
    """Ask everything and judge every reply; prints progress."""
    catalogue = load_catalogue(settings.DOCUMENTS)
    model = _model_hash()
    print("• Starting the bot", flush=True)
    replies: List[BotReply] = []
    turns: List[TurnAnswered] = []
    # A reply doesn't tell what the model was unsure of: another process reads it beside the bot.
    with ProcessPoolExecutor(1) as another, served_bot() as bot:
        reading = another.submit(understand, [question.text for question in questions])
        for number, question in enumerate(questions, start=1):
            replies.append(bot.ask(question.text, uuid.uuid4().hex))
            if number % PROGRESS_EVERY == 0 or number == len(questions):
                print(f"  {number} of {len(questions)} questions asked", flush=True)
        for dialogue in dialogues:
            turns += _have(dialogue, bot)
        understood = reading.result()
        if _model_hash() != model:
            processes.fail("the model was trained again in between. Run the evaluation again.")
    answered = [
        _answered(question, meaning, reply, catalogue)
        for question, meaning, reply in zip(questions, understood, replies, strict=True)
    ]
    print(f"  {sum(a.right for a in answered)} of {len(answered)} questions right", flush=True)
    print(f"  {len(turns)} turns of dialogues, {sum(t.right for t in turns)} right", flush=True)
    return Results(model, tuple(answered), tuple(turns))


def _model_hash() -> str:
    return hashlib.sha256(processes.MODEL.read_bytes()).hexdigest()


def _answered(
    question: Question, understood: Understood, reply: BotReply, catalogue: Catalogue
) -> Answered:
    return Answered(
        question,
        main_kind(reply.outcome),
        _topics(reply.outcome),
        judge_question(question, reply.outcome, catalogue),
        gives_verdict(reply.text),
        understood,
        reply.milliseconds,
    )


def _have(dialogue: Dialogue, bot: Bot) -> Iterator[TurnAnswered]:
    sender = uuid.uuid4().hex
    for number, turn in enumerate(dialogue.turns, start=1):
        reply = bot.ask(turn.user, sender)
        outcome = reply.outcome
        yield TurnAnswered(
            dialogue,
            number,
            main_kind(outcome),
            _topics(outcome),
            judge_turn(turn, outcome),
            reply.milliseconds,
        )


def _topics(outcome: Outcome) -> str:
    return ", ".join(sorted(topics_of(outcome)))
