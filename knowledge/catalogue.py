"""The topic catalogue: what visitors ask about, and which document answers it with which words."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, Iterable, List, Tuple

from knowledge.document import Document, DocumentError, Quote, load_document
from knowledge.yaml_file import YamlFileError, load_yaml

TOPICS_FILE = "topics.yml"
TRANSLATED_TOPICS_FILES = "topics.??.yml"  # labels and questions in another language


@dataclass(frozen=True)
class Topic:
    """Something visitors ask about, in words they understand.

    `question` is what a button for the topic asks; `related` are names of other topics.
    """

    name: str
    label: str
    question: str
    related: Tuple[str, ...]
    translations: Dict[str, Tuple[str, str]] = field(default_factory=dict)

    def words(self, language: str) -> Tuple[str, str]:
        """Return label and question in a language, in English where they aren't translated."""
        return self.translations.get(language, (self.label, self.question))

    def title(self, language: str) -> str:
        """Return what stands on a button for the topic."""
        label, _ = self.words(language)
        return label[:1].upper() + label[1:]


@dataclass(frozen=True)
class Source:
    """A quote and the document it comes from."""

    document: Document
    quote: Quote


class Catalogue:
    """All topics and documents. A topic that no document quotes is not covered."""

    def __init__(
        self,
        topics: Iterable[Topic],
        documents: Iterable[Document],
        advice: Dict[str, str],
        themes: Iterable[Iterable[str]],
    ) -> None:
        self.topics: Dict[str, Topic] = {topic.name: topic for topic in topics}
        self.documents: Tuple[Document, ...] = tuple(documents)
        self.advice = advice
        self.themes: Tuple[Tuple[str, ...], ...] = tuple(map(tuple, themes))

    def sources(self, topic: str) -> Tuple[Source, ...]:
        """Return the quotes that answer `topic`, from all documents; empty when not covered."""
        return tuple(
            Source(document, quote)
            for document in self.documents
            for quote in document.quotes.get(topic, ())
        )

    def is_covered(self, topic: str) -> bool:
        """Say whether some document answers `topic`."""
        return any(topic in document.quotes for document in self.documents)

    def related(self, topic: str) -> List[Topic]:
        """Return the topics to suggest beside an answer: only those that have an answer."""
        return [self.topics[name] for name in self.topics[topic].related if self.is_covered(name)]


def load_catalogue(folder: Path, page_url: str = "") -> Catalogue:
    """Read topics.yml, its translations, and every other `*.yml` in `folder` as a document.

    Args:
        folder: where the documents are.
        page_url: the address of the page on the clinic's site, if the documents don't name it.

    Raises:
        DocumentError: the files contradict each other; the message names file, topic and quote.
    """
    topics_path = folder / TOPICS_FILE
    try:
        content = load_yaml(topics_path)
        translated = {
            path.name.split(".")[1]: load_yaml(path)["topics"]
            for path in sorted(folder.glob(TRANSLATED_TOPICS_FILES))
        }
    except YamlFileError as error:
        raise DocumentError(str(error)) from error

    topics = {}
    for name, entry in content.get("topics", {}).items():
        missing = [key for key in ("label", "question") if not entry.get(key)]
        if missing:
            raise DocumentError(f"{topics_path}: topic {name}: missing {', '.join(missing)}")
        translations = {
            language: (words[name]["label"], words[name]["question"])
            for language, words in translated.items()
            if name in words
        }
        related = tuple(entry.get("related", ()))
        topics[name] = Topic(name, entry["label"], entry["question"], related, translations)
    advice = dict(content.get("advice", {}))
    themes = content.get("themes", ())

    mentioned = [
        (f"topic {name}: related", other) for name in topics for other in topics[name].related
    ]
    mentioned += [(f"advice {name}", topic) for name, topic in advice.items()]
    mentioned += [("themes", topic) for theme in themes for topic in theme]
    for where, name in mentioned:
        if name not in topics:
            raise DocumentError(f"{topics_path}: {where}: there is no topic {name!r}")

    documents = [
        load_document(path, page_url)
        for path in sorted(folder.glob("*.yml"))
        if not path.name.startswith("topics.")
    ]
    for document in documents:
        for name in document.quotes:
            if name not in topics:
                raise DocumentError(
                    f"{folder / document.id}.yml: topic {name} is not in {TOPICS_FILE}"
                )
    return Catalogue(topics.values(), documents, advice, themes)
