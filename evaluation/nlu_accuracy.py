"""Train an NLU pipeline on one file and count right intents on another; prints one JSON line.

    python evaluation/nlu_accuracy.py CONFIG TRAIN TEST [PREDICTIONS]

PREDICTIONS is a file to write: a JSON list of [intent, predicted intent, confidence], one a
message. Runs in any environment that has Rasa: ours, or the one with TensorFlow.
"""

import asyncio
import json
import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Dict, Optional


def measure(
    config: str, train: str, test: str, predictions: Optional[str] = None
) -> Dict[str, Any]:
    """Return accuracy (0 to 1), number of test messages, training seconds and CPU ms a message.

    Writes each message's intent, predicted intent and confidence to `predictions`, if given.
    """
    import rasa.model_training
    from rasa.core.agent import load_agent
    from rasa.shared.nlu.training_data.loading import load_data
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    logging.getLogger().setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        # Rasa's usual cache would skip parts of the training that is measured here, and misses
        # changes of code outside the components' classes.
        os.environ["RASA_CACHE_DIRECTORY"] = folder
        started = time.process_time()
        model = rasa.model_training.train_nlu(config=config, nlu_data=train, output=folder)
        trained = time.process_time()
        agent = asyncio.run(load_agent(model))
    examples = load_data(test).intent_examples
    ranked = time.process_time()
    rows = []
    for example in examples:
        best = asyncio.run(agent.parse_message(example.get("text")))["intent"]
        rows.append([example.get("intent"), best["name"], best["confidence"]])
    done = time.process_time()
    if predictions:
        Path(predictions).write_text(json.dumps(rows), encoding="utf-8")
    return {
        "accuracy": sum(intent == predicted for intent, predicted, _ in rows) / len(rows),
        "messages": len(rows),
        "train_cpu_seconds": round(trained - started, 1),
        "cpu_ms_a_message": round((done - ranked) / len(rows) * 1000, 1),
    }


if __name__ == "__main__":
    print("RESULT " + json.dumps(measure(*sys.argv[1:5])))
