"""Train an NLU pipeline on one file and count right intents on another; prints one JSON line.

    python evaluation/nlu_accuracy.py CONFIG TRAIN TEST

Runs in any environment that has Rasa: ours, or the one with TensorFlow.
"""

import asyncio
import json
import logging
import sys
import tempfile
import time
from typing import Any, Dict


def measure(config: str, train: str, test: str) -> Dict[str, Any]:
    """Return accuracy (0 to 1), number of test messages, training seconds and CPU ms a message."""
    import rasa.model_training
    from rasa.core.agent import load_agent
    from rasa.shared.nlu.training_data.loading import load_data
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    logging.getLogger().setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        model = rasa.model_training.train_nlu(config=config, nlu_data=train, output=folder)
        trained = time.process_time()
        agent = asyncio.run(load_agent(model))
    examples = load_data(test).intent_examples
    ranked = time.process_time()
    right = 0
    for example in examples:
        result = asyncio.run(agent.parse_message(example.get("text")))
        right += result["intent"]["name"] == example.get("intent")
    done = time.process_time()
    return {
        "accuracy": right / len(examples),
        "messages": len(examples),
        "train_cpu_seconds": round(trained - started, 1),
        "cpu_ms_a_message": round((done - ranked) / len(examples) * 1000, 1),
    }


if __name__ == "__main__":
    print("RESULT " + json.dumps(measure(*sys.argv[1:4])))
