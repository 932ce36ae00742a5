"""Messages are cut into sentences, and sentences into the questions they join."""

import pytest

from understanding.sentences import SentenceReader, asks


@pytest.fixture(scope="module")
def reader() -> SentenceReader:
    return SentenceReader()


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("?", []),
        ("is it safe", ["is it safe"]),
        ("thank you! what does it cost?", ["thank you!", "what does it cost?"]),
        ("how do they give it, how often", ["how do they give it", "how often"]),
        ("what does it cost and is it safe", ["what does it cost", "is it safe"]),
        ("is it safe and effective", ["is it safe and effective"]),
        ("since he fell, how is he", ["since he fell, how is he"]),
        ("打完会不会发烧,医保能报多少", ["打完会不会发烧", "医保能报多少"]),
        ("有什么副作用?一针多少钱?", ["有什么副作用?", "一针多少钱?"]),
        ("cuanto cuesta y como se pone", ["cuanto cuesta", "como se pone"]),
        ("it was 3.5 mg. is that ok?", ["it was 3.5 mg.", "is that ok?"]),
    ],
)
def test_split(reader: SentenceReader, text: str, sentences: list) -> None:
    assert reader.split(text) == sentences


def test_nothing_of_a_sentence_is_lost_when_it_is_cut(reader: SentenceReader) -> None:
    text = "what is it, how does it work, who pays and when can we come"
    assert " ".join(reader.split(text)).split() == text.replace(",", "").replace(" and", "").split()


@pytest.mark.parametrize(
    "text",
    [
        "is it safe",
        "and what about kidneys",
        "i want to know the price",
        "多少钱",
        "¿duele?",
        "cost?",
    ],
)
def test_what_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["he is four and loves trains.", "thank you", "住了两周院"])
def test_what_does_not_ask(text: str) -> None:
    assert not asks(text)
