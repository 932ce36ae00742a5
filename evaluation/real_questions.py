"""How the bot treats questions that real people asked; the set is not part of this repository.

    make real-questions       needs ../shared/questions/real-questions.tsv, says so without it

Answerable questions must get the right passage; the others `not_covered`, `advice` or `handoff`.
Partly answerable ones may get either, the passage being right if there is one.
"""

import asyncio
import csv
import sys
from typing import Any, Dict, List

from evaluation.judge import quotes_of
from knowledge.catalogue import Catalogue, load_catalogue
from scripts import processes
from scripts.ask import ask
from settings import DOCUMENTS

SET = processes.ROOT.parent / "shared" / "questions" / "real-questions.tsv"
TURNED_AWAY = {"not_covered", "advice", "handoff"}
# The set's topics, and ours whose quotes answer them.
ANSWERED_BY: Dict[str, List[str]] = {
    "what_is": ["what_is_spinraza", "indication", "first_approved", "approval_world", "age_range"],
    "mechanism": ["mechanism", "smn_role"],
    "efficacy": ["aims", "trial_outcomes", "results_vary"],
    "efficacy_trials": ["adults_in_trials", "trial_outcomes", "later_onset_trial"],
    "delivery": ["route", "why_spinal_fluid"],
    "delivery_procedure": ["route", "tests_before_dose"],
    "dosing_schedule": ["schedule", "dose_factors"],
    "eligibility": ["eligibility", "indication", "age_range"],
    "side_effects": ["side_effects", "safety", "side_effects_complete"],
    "disease": ["cause", "what_is_sma"],
    "other_language": ["what_is_spinraza"],
}


def is_right(row: Dict[str, str], outcome: Dict[str, Any], catalogue: Catalogue) -> bool:
    """Say whether a question of the set was treated rightly."""
    topics = ANSWERED_BY.get(row["topic"], [])
    expected = {source.quote.text for topic in topics for source in catalogue.sources(topic)}
    answered = bool(expected & quotes_of(outcome))
    turned_away = outcome["kind"] in TURNED_AWAY
    if row["answerable"] == "yes":
        return answered
    return turned_away or (row["answerable"] == "partial" and answered)


def main() -> int:
    """Print how many are right, by how far the page answers them, and which aren't."""
    if not SET.is_file():
        print(f"skipped: there is no {SET}")
        return 0
    with SET.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    processes.require_model()
    port = processes.free_port()
    with processes.starting_action_server(port) as wait:
        replies = asyncio.run(ask([row["question"] for row in rows], port, wait))
    catalogue = load_catalogue(DOCUMENTS)
    counts: Dict[str, List[bool]] = {}
    for row, reply in zip(rows, replies, strict=True):
        outcome = reply["replies"][0]["custom"]
        right = is_right(row, outcome, catalogue)
        counts.setdefault(row["answerable"], []).append(right)
        if not right:
            print(
                f"  {row['answerable']:8}{outcome['kind']} {outcome['topic']} | {row['question']}"
            )
    for answerable, results in counts.items():
        print(f"answerable {answerable:8} {sum(results)} of {len(results)} right")
    print(f"together {sum(map(sum, counts.values()))} of {len(rows)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
