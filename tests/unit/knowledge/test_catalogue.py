"""Topics and documents fit together, or loading says where they don't."""

from pathlib import Path

import pytest

from knowledge.catalogue import load_catalogue
from knowledge.document import DocumentError
from tests.conftest import ROOT
from tests.unit.knowledge.test_document import DESCRIPTION, write

TOPICS = """
topics:
  eligibility:
    label: who it is for
    question: Who is it for?
    related: [cost, route]
  cost:
    label: what it costs
    question: What does it cost?
  route:
    label: how it is given
    question: How is it given?
"""


def load(folder: Path, topics: str = TOPICS, description: str = DESCRIPTION):
    write(folder, description)
    (folder / "topics.yml").write_text(topics, encoding="utf-8")
    return load_catalogue(folder)


@pytest.mark.parametrize(
    ("topics", "complaint"),
    [
        (
            TOPICS.replace("[cost, route]", "[price]"),
            "topic eligibility: related: there is no topic",
        ),
        (TOPICS.replace("    label: what it costs\n", ""), "topic cost: missing label"),
        (TOPICS + "advice:\n  dose: dosage\n", "advice dose: there is no topic 'dosage'"),
        (TOPICS + "themes:\n  - [y]\n", "themes: there is no topic 'y'"),
        (TOPICS.replace("eligibility", "fitness"), "topic eligibility is not in topics.yml"),
        ("topics: [", "topics.yml:2: not valid YAML"),
        ("- a list", "topics.yml:1: expected"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, topics: str, complaint: str) -> None:
    with pytest.raises(DocumentError) as raised:
        load(tmp_path, topics)
    assert complaint in str(raised.value)


def test_a_topic_is_covered_as_soon_as_a_document_quotes_it(tmp_path: Path) -> None:
    catalogue = load(tmp_path)
    assert not catalogue.is_covered("cost")
    assert catalogue.sources("cost") == ()
    quoting = DESCRIPTION + "  cost:\n    - Children and adults\n"
    catalogue = load(tmp_path, description=quoting)
    assert catalogue.is_covered("cost")
    assert [source.quote.text for source in catalogue.sources("cost")] == ["Children and adults"]


def test_two_documents_may_answer_one_topic(tmp_path: Path) -> None:
    second = DESCRIPTION.replace("id: page", "id: second").replace("Patients of", "adults with")
    (tmp_path / "second.yml").write_text(second.replace("all ages", "5q SMA"), encoding="utf-8")
    catalogue = load(tmp_path)
    assert [s.document.id for s in catalogue.sources("eligibility")] == ["page", "second"]


def test_only_answered_topics_are_suggested(tmp_path: Path) -> None:
    assert load(tmp_path).related("eligibility") == []
    quoting = DESCRIPTION + "  route:\n    - Children and adults\n"
    related = load(tmp_path, description=quoting).related("eligibility")
    assert [topic.name for topic in related] == ["route"]


def test_labels_complete_the_sentence_that_the_page_says_nothing_about_them() -> None:
    for topic in load_catalogue(ROOT / "documents").topics.values():
        assert topic.label == topic.label.strip().rstrip(".?"), topic.name
        assert topic.question.endswith("?"), topic.name
