"""Reads the training examples of data/nlu: quickly, and each file once."""

from pathlib import Path
from typing import Any, Iterator, List, Mapping, Optional

import yaml
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from knowledge.yaml_file import LOADER

_SECTIONS = {"version", "nlu"}
_KEYS = {"intent", "examples"}
_BULLET = "- "
_AROUND = " \r\n"
# With one of these, an example may name an entity, which Rasa's own reader understands.
_MARKS = "[]{}"


def load(path: Path) -> Any:
    """Return what a YAML file holds. Raises yaml.YAMLError, with the place, when it isn't valid."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  a safe loader


def read_examples(path: Path, content: Any) -> TrainingData:
    """Return the examples of a file with its parsed `content`.

    What isn't a plain list of examples under their intent is left to Rasa's own reader, with its
    warnings.
    """
    messages = list(_messages(content))
    if None in messages:
        return RasaYAMLReader().read(str(path))
    return TrainingData([message for message in messages if message is not None])


def _messages(content: Any) -> Iterator[Optional[Message]]:
    """Yield a message for each example, None for what isn't one."""
    if not isinstance(content, Mapping) or not set(content) <= _SECTIONS:
        yield None
        return
    for item in content.get("nlu") or [None]:
        lines = _plain_lines(item)
        if not lines:
            yield None
            return
        for line in lines:
            yield Message.build(line[1:].strip(_AROUND), item["intent"])


def _plain_lines(item: Any) -> List[str]:
    """Return the lines that are an intent's examples; none when anything in them is special."""
    if not isinstance(item, Mapping) or set(item) != _KEYS:
        return []
    intent, examples = item["intent"], item["examples"]
    if not intent or not isinstance(intent, str) or not isinstance(examples, str):
        return []
    lines = examples.splitlines()
    is_plain = all(
        line.startswith(_BULLET) and not any(mark in line for mark in _MARKS) for line in lines
    )
    return lines if is_plain else []
