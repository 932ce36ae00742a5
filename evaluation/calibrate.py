"""Show what each threshold of config.yml costs and gives, on questions kept for choosing them.

    make calibrate      writes evaluation/calibration/calibration.md from the model as it is

The questions (calibration/calibration.tsv) are neither training examples nor part of the
evaluation. A threshold is read off the tables and written into config.yml by hand.
"""

import logging
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterable, List, Tuple

import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils.common import class_from_module_path
from rasa.utils.log_utils import configure_structlog

from components.linear_intent_classifier import LinearIntentClassifier
from components.parts import parts_of
from components.unclear_detector import NOT_UNDERSTOOD
from evaluation.sets import Question, load_questions
from scripts.processes import MODEL, ROOT
from understanding.emergency_rules import emergency_rules
from understanding.questions import ADVICE, REPORT, Thresholds, find_questions, read
from understanding.ranking import best_of
from understanding.sentences import asks

FOLDER = ROOT / "evaluation" / "calibration"
EMERGENCY = "emergency_"
Rankings = List[List[Dict[str, Any]]]


@dataclass(frozen=True)
class Scored:
    """A question with the rankings of the whole message (first) and of its sentences."""

    question: Question
    rankings: Rankings
    asking: Tuple[bool, ...]
    rule: bool

    @property
    def is_emergency(self) -> bool:
        """Say whether it is labelled as one."""
        return any(part.kind == "emergency" for part in self.question.parts)

    def share(self, ranking: List[Dict[str, Any]]) -> float:
        """Return how much of the probability goes to emergencies."""
        return float(sum(e["confidence"] for e in ranking if e["name"].startswith(EMERGENCY)))

    def found(self, thresholds: Thresholds) -> List[str]:
        """Return the intents that `find_questions` finds with these thresholds."""
        readings = [
            read(ranking, thresholds, asking)
            for ranking, asking in zip(self.rankings, (True, *self.asking), strict=True)
        ]
        return [r.intent for r in find_questions(readings[0], readings[1:], thresholds)]


def score(questions: Iterable[Question]) -> List[Scored]:
    """Run the components of the trained model up to the classifier over `questions`."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    rules = emergency_rules()
    with tempfile.TemporaryDirectory() as folder:
        storage, _ = LocalModelStorage.from_model_archive(Path(folder), MODEL)
        messages = [Message.build(question.text) for question in questions]
        for number, entry in enumerate(pipeline):
            config = dict(entry)
            component = class_from_module_path(config.pop("name"))
            resource = Resource(f"train_{entry['name']}{number}")
            build = component.load if (Path(folder) / resource.name).is_dir() else component.create
            context = ExecutionContext(GraphSchema({}), node_name=component.__name__)
            config = {**component.get_default_config(), **config}
            messages = build(config, storage, resource, context).process(messages)
            if component is LinearIntentClassifier:
                break
    return [
        Scored(
            question,
            [message.get("intent_ranking"), *parts_of(message).sentence_rankings],
            tuple(asks(sentence) for sentence in parts_of(message).sentences),
            rules.find(message.get("clean_text")) is not None,
        )
        for question, message in zip(questions, messages, strict=True)
    ]


def emergency_table(scored: List[Scored]) -> List[str]:
    """Return rows: both thresholds, missed emergencies, false alarms."""
    rows = ["| whole | sentence | missed | false alarms |", "| --- | --- | --- | --- |"]
    emergencies = [s for s in scored if s.is_emergency]
    others = [s for s in scored if not s.is_emergency]
    for whole in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
        for sentence in (0.3, 0.4, 0.5, 0.6, 0.8):

            def alarm(s: Scored, whole: float = whole, sentence: float = sentence) -> bool:
                shares = [s.share(ranking) for ranking in s.rankings]
                return s.rule or shares[0] >= whole or any(x >= sentence for x in shares[1:])

            missed = sum(not alarm(s) for s in emergencies)
            false = sum(alarm(s) for s in others)
            rows.append(
                f"| {whole} | {sentence} | {missed} of {len(emergencies)} "
                f"| {false} of {len(others)} ({false / len(others):.1%}) |"
            )
    return rows


def family_table(scored: List[Scored]) -> List[str]:
    """Return rows: from which threshold advice and reports are believed, and what it gives."""
    rows = [
        "| threshold | advice missed | advice found wrongly | reports missed "
        "| reports found wrongly |",
        "| --- | --- | --- | --- | --- |",
    ]
    asked = [s for s in scored if not s.is_emergency and len(s.question.parts) == 1]
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6):
        cells = []
        for kind, family in (("advice", ADVICE), ("adverse_event", REPORT)):
            wanted = [s for s in asked if s.question.kind == kind]
            others = [s for s in asked if s.question.kind != kind]
            missed = sum(best_of(s.rankings[0], family, threshold) is None for s in wanted)
            wrong = sum(best_of(s.rankings[0], family, threshold) is not None for s in others)
            cells += [f"{missed} of {len(wanted)}", f"{wrong} of {len(others)}"]
        rows.append(f"| {threshold} | {' | '.join(cells)} |")
    return rows


def question_table(scored: List[Scored], chosen: Dict[str, Any]) -> List[str]:
    """Return rows: thresholds of the question finder, what it finds in doubles, stories, others.

    What the table doesn't vary is as in `chosen`, the component's configuration.
    """
    rows = [
        "| part | statement | story | doubles: both found | stories: found | others: found "
        "| something added |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    asked = [s for s in scored if not s.is_emergency]
    groups = {
        "double": [s for s in asked if len(s.question.parts) > 1],
        "story": [s for s in asked if s.question.style == "long_story"],
    }
    groups["other"] = [s for s in asked if not any(s in group for group in groups.values())]
    for part in (0.15, 0.2, 0.3, 0.4, 0.5):
        for statement in (0.7, 0.8, 0.9):
            for story in (0.3, 0.5, 0.7):
                names = ("part", "statement", "story")
                varied = dict(zip(names, (part, statement, story), strict=True))
                kept = {name: chosen[name] for name in ("advice", "report")}
                found = {id(s): s.found(Thresholds(**varied, **kept)) for s in asked}
                cells = []
                for group in groups.values():
                    right = sum(
                        {p.intent for p in s.question.parts} <= set(found[id(s)]) for s in group
                    )
                    cells.append(f"{right / len(group):.1%}")
                added = sum(len(found[id(s)]) > len(s.question.parts) for s in asked)
                rows.append(f"| {part} | {statement} | {story} | {' | '.join(cells)} | {added} |")
    return rows


def unclear_table(scored: List[Scored]) -> List[str]:
    """Return rows: threshold, share turned away, share of right intents among the others."""
    rows = [
        "| threshold | turned away | right among the others | nonsense taken for something |",
        "| --- | --- | --- | --- |",
    ]
    single = [s for s in scored if len(s.question.parts) == 1 and not s.is_emergency]
    nonsense = [s for s in single if s.question.kind == "unclear"]
    sense = [s for s in single if s.question.kind != "unclear"]
    for threshold in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4):

        def top(s: Scored, threshold: float = threshold) -> str:
            best = s.rankings[0][0]
            return str(best["name"]) if best["confidence"] >= threshold else NOT_UNDERSTOOD

        kept = [s for s in sense if top(s) != NOT_UNDERSTOOD]
        right = sum(top(s) == s.question.intent for s in kept)
        taken = sum(top(s) not in (NOT_UNDERSTOOD, "nonsense") for s in nonsense)
        rows.append(
            f"| {threshold} | {1 - len(kept) / len(sense):.1%} | {right / len(kept):.1%} "
            f"| {taken} of {len(nonsense)} |"
        )
    return rows


def main() -> int:
    """Write calibration.md; return 0."""
    configure_structlog(logging.ERROR)
    scored = score(load_questions(FOLDER))
    config = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    chosen = {entry["name"].split(".")[-1]: entry for entry in config}
    lines = [
        "# How the thresholds were chosen",
        "",
        f"Measured on {len(scored)} questions that are neither training examples nor evaluation "
        "(`calibration.tsv`), with `make calibrate`.",
    ]
    for title, component, table in (
        ("Emergencies", "EmergencyDetector", emergency_table(scored)),
        ("Advice and reports of side effects", "QuestionFinder", family_table(scored)),
        (
            "Questions in stories, and several at once",
            "QuestionFinder",
            question_table(scored, chosen["QuestionFinder"]),
        ),
        ("Not understood", "UnclearDetector", unclear_table(scored)),
    ):
        values = {key: value for key, value in chosen[component].items() if key != "name"}
        lines += ["", f"## {title}", "", f"In config.yml: `{component}` {values}", "", *table]
    (FOLDER / "calibration.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"written to {(FOLDER / 'calibration.md').relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
