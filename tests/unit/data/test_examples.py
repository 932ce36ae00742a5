"""The data fits together: every intent has examples and a rule, and no example has two meanings."""

import re
from collections import Counter, defaultdict

import yaml

from actions.knowledge_base import catalogue
from evaluation.compare import read_examples
from tests.conftest import ROOT

EXAMPLES = read_examples()
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
# The pipeline sets this one; it has no examples.
WITHOUT_EXAMPLES = {"nlu_fallback"}
FEWEST_EXAMPLES = 80


def rules() -> dict:
    """Return which action each intent leads to."""
    leads_to = {}
    for path in sorted((ROOT / "data/rules").glob("*.yml")):
        for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]:
            first, action, *_ = rule["steps"]
            if "condition" in rule:
                continue  # what a form does at its end follows no intent
            for choice in first.get("or", [first]):
                assert choice["intent"] not in leads_to, f"two rules for {choice['intent']}"
                leads_to[choice["intent"]] = action["action"]
    return leads_to


def test_every_intent_leads_somewhere() -> None:
    assert set(rules()) == set(DOMAIN["intents"])


def test_every_topic_has_its_intent_and_every_question_its_topic() -> None:
    answered = {name for name, action in rules().items() if action == "action_answer_question"}
    asked = {f"ask_{topic}" for topic in catalogue().topics}
    advice = {f"seek_advice_{name}" for name in catalogue().advice}
    assert answered == asked | advice | {"report_side_effect", "out_of_scope"}


def test_every_emergency_is_answered_without_the_action_server() -> None:
    for intent, action in rules().items():
        if intent.startswith("emergency_"):
            assert action in ("utter_emergency", "utter_self_harm")


def test_every_intent_has_examples_enough() -> None:
    counts = Counter(intent for _, intent in EXAMPLES)
    assert set(counts) == set(DOMAIN["intents"]) - WITHOUT_EXAMPLES
    few = {intent: count for intent, count in counts.items() if count < FEWEST_EXAMPLES}
    assert not few


def test_every_intent_is_known_in_all_languages() -> None:
    wanted = set(DOMAIN["intents"]) - WITHOUT_EXAMPLES
    for language in ("en", "es", "zh"):
        found = set()
        for path in (ROOT / "data/nlu" / language).rglob("*.yml"):
            found |= {e["intent"] for e in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]}
        assert found == wanted, language


def test_no_message_is_an_example_of_two_intents() -> None:
    intents = defaultdict(set)
    for text, intent in EXAMPLES:
        intents[re.sub(r"\W+", " ", text.lower()).strip() or text].add(intent)
    assert not {text: names for text, names in intents.items() if len(names) > 1}


def test_nobodys_real_data_stands_in_the_examples() -> None:
    texts = [text.lower() for text, _ in EXAMPLES]
    domains = {domain for text in texts for domain in re.findall(r"@([\w.-]+\.\w+)", text)}
    real = {d for d in domains if not re.search(r"(^|\.)example(\.|$)|^test\.|invalid$", d)}
    assert not real


def test_every_action_of_the_domain_exists_and_the_other_way_round() -> None:
    import importlib
    import inspect

    from rasa_sdk import Action

    names = set()
    for path in (ROOT / "actions").glob("*.py"):
        module = importlib.import_module(f"actions.{path.stem}")
        names |= {
            cls().name()
            for _, cls in inspect.getmembers(module, inspect.isclass)
            if issubclass(cls, Action) and cls is not Action
        }
    assert names == set(DOMAIN["actions"])
