"""Says where a topic is missing: catalogue, domain, rule and examples each have to name it."""

import re
from pathlib import Path
from typing import Iterator, List

from knowledge.payload import ASK
from knowledge.yaml_file import load_yaml

ANSWER = "action_answer_question"
_INTENT = re.compile(r"^- intent: *(\w+)", re.MULTILINE)


def problems(root: Path) -> List[str]:
    """Return a line for each topic, or intent named after one, that is missing somewhere.

    Args:
        root: the project's folder. Its files are valid YAML.
    """
    topics = {f"{ASK}{name}" for name in load_yaml(root / "documents" / "topics.yml")["topics"]}
    domain = {str(intent) for intent in load_yaml(root / "domain.yml")["intents"]}
    rules = set(_answered(root))
    examples = set(_with_examples(root))
    places = {
        "domain.yml lists no such intent: add it under `intents:`": domain,
        f"no rule in data/rules leads to {ANSWER}: add it to questions.yml": rules,
        "data/nlu has no examples of it: add a file": examples,
    }
    found = [
        f"documents/topics.yml: topic {name[len(ASK) :]}, intent {name}: {what}"
        for what, there in places.items()
        for name in sorted(topics - there)
    ]
    # Other rules lead to the same answer: what isn't a topic has another prefix.
    unknown = {name for name in rules if name.startswith(ASK)} - topics
    return found + [
        f"data/rules: {name} is answered, but documents/topics.yml has no topic {name[len(ASK) :]}"
        for name in sorted(unknown)
    ]


def _answered(root: Path) -> Iterator[str]:
    for path in sorted((root / "data" / "rules").glob("*.yml")):
        for rule in load_yaml(path)["rules"]:
            first, *others = rule["steps"]
            if {"action": ANSWER} in others:
                for choice in first.get("or", [first]):
                    yield str(choice.get("intent"))


def _with_examples(root: Path) -> Iterator[str]:
    for path in (root / "data" / "nlu").rglob("*.yml"):
        yield from _INTENT.findall(path.read_text(encoding="utf-8"))
