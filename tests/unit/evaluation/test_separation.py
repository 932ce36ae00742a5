"""What the bot is evaluated on isn't what it was trained on."""

from evaluation.compare import read_examples
from evaluation.separation import collisions, count_words, sentences
from evaluation.sets import QUESTIONS, load_dialogues, load_questions


def test_no_evaluation_sentence_is_a_training_example_or_nearly_one() -> None:
    texts = sentences(load_questions(), load_dialogues())
    texts.update(sentences(load_questions(QUESTIONS.parent / "calibration"), []))
    assert len(texts) > 2500
    assert collisions(texts, [text for text, _ in read_examples()]) == []


def test_case_and_punctuation_make_no_difference() -> None:
    assert collisions({"q1": "How is it GIVEN??"}, ["how is it given"])


def test_nearly_the_same_long_sentence_is_found() -> None:
    example = "how often does my daughter need to have the injections repeated"
    assert collisions({"q1": example.replace("my daughter", "my  daughters")}, [example])
    assert not collisions({"q1": example.replace("my daughter", "an older person")}, [example])


def test_nearly_the_same_chinese_sentence_is_found() -> None:
    example = "请问我女儿打这个针以后还需要做哪些检查才能放心回家呢"
    assert collisions({"q1": example + "啊"}, [example])


def test_short_phrases_may_coincide() -> None:
    assert not collisions({"q1": "Thank you!", "q2": "谢谢"}, ["thank you", "谢谢"])


def test_two_chinese_characters_are_a_word() -> None:
    assert [count_words(text) for text in ("how is it", "谢谢你", "sma 是什么病")] == [3, 2, 3]
