"""Ask one question from the command line: prints intent, confidence, outcome and reply."""

import asyncio
import json
import logging
import os
import sys
import uuid
from pathlib import Path
from typing import Any, Callable, Dict, List

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import processes


async def ask(
    questions: List[str], action_server_port: int, until_ready: Callable[[], None]
) -> List[Dict[str, Any]]:
    """Return what the bot understood of each question, and its replies, as on the REST channel.

    Every question is asked in a conversation of its own. `until_ready` waits for the action server.
    """
    from rasa.core.agent import load_agent
    from rasa.core.channels.channel import UserMessage
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.endpoints import EndpointConfig
    from rasa.utils.log_utils import configure_structlog

    from channels.turns.answering import CollectedReplies
    from channels.turns.guard import defuse

    configure_structlog(logging.ERROR)  # used as a library, Rasa prints every message otherwise
    endpoints = AvailableEndpoints(
        action=EndpointConfig(
            f"http://{processes.HOST}:{action_server_port}/webhook", enable_selective_domain=True
        )
    )
    agent = await load_agent(str(processes.MODEL), endpoints=endpoints)
    until_ready()
    results = []
    for text in map(defuse, questions):
        collected = CollectedReplies()
        understood = await agent.parse_message(text)
        await agent.handle_message(UserMessage(text, collected, uuid.uuid4().hex))
        results.append({"intent": understood["intent"], "replies": collected.replies})
    return results


def show(result: Dict[str, Any]) -> None:
    """Print the result for people."""
    intent = result["intent"]
    print(f"intent:     {intent['name']}")
    print(f"confidence: {intent['confidence']:.2f}")
    replies: List[Dict[str, Any]] = result["replies"]
    for reply in replies:
        outcome = {key: reply.get("custom", {}).get(key) for key in ("kind", "topic")}
        print(f"outcome:    {json.dumps(outcome)}")
        print(reply.get("text", ""))
        for button in reply.get("buttons", []):
            print(f"  [{button['title']}]")


def main() -> int:
    """Answer the question in the arguments; `--json` prints everything for programs."""
    words = [word for word in sys.argv[1:] if word != "--json"]
    if not " ".join(words).strip():
        processes.fail('ask something, for example: make ask Q="How is Spinraza given?"')
    processes.require_settings()
    processes.require_documents()
    processes.require_model()
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    port = processes.free_port()
    with processes.starting_action_server(port) as wait:
        [result] = asyncio.run(ask([" ".join(words)], port, wait))
    if "--json" in sys.argv[1:]:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        show(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
