"""Vectors are computed once, whatever happened to the file that keeps them."""

from pathlib import Path
from typing import List, Sequence

import numpy as np
import pytest

from understanding.encoder import DIMENSIONS, encode
from understanding.vector_cache import VectorCache, encode_on_all_cores


class Counting:
    """An encoder that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: List[str] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([np.full(DIMENSIONS, len(text), np.float32) for text in texts])


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    VectorCache(tmp_path, Counting()).vectors(["a", "bb"])
    [file] = tmp_path.iterdir()
    for damage in (file.read_bytes()[:-40], b"", b"no archive"):
        file.write_bytes(damage)
        encoder = Counting()
        assert VectorCache(tmp_path, encoder).vectors(["bb"])[0, 0] == 2
        assert encoder.asked == ["bb"]


def test_another_version_of_the_encoder_counts_as_none(tmp_path: Path) -> None:
    VectorCache(tmp_path, Counting(), "1").vectors(["a"])
    encoder = Counting()
    VectorCache(tmp_path, encoder, "2").vectors(["a"])
    assert encoder.asked == ["a"]


def test_a_failing_encoder_leaves_what_was_known(tmp_path: Path) -> None:
    VectorCache(tmp_path, Counting()).vectors(["a"])

    def fail(texts: Sequence[str]) -> np.ndarray:
        raise MemoryError

    with pytest.raises(MemoryError):
        VectorCache(tmp_path, fail).vectors(["a", "b"])
    assert VectorCache(tmp_path, fail).vectors(["a"])[0, 0] == 1


def test_only_new_texts_are_encoded_each_once(tmp_path: Path) -> None:
    encoder = Counting()
    vectors = VectorCache(tmp_path, encoder).vectors(["a", "bb", "a"])
    assert list(vectors[:, 0]) == [1, 2, 1]
    assert encoder.asked == ["a", "bb"]
    VectorCache(tmp_path, encoder).vectors(["bb", "ccc"])
    VectorCache(tmp_path, encoder).vectors(["a"])
    assert encoder.asked == ["a", "bb", "ccc"]


def test_when_they_are_too_many_the_unused_are_dropped(tmp_path: Path) -> None:
    encoder = Counting()
    for texts in (["a", "bb"], ["bb", "ccc"], ["bb"], ["a"]):
        VectorCache(tmp_path, encoder, most=2).vectors(texts)
    assert encoder.asked == ["a", "bb", "ccc", "a"]


def test_no_text_gives_no_vector(tmp_path: Path) -> None:
    assert VectorCache(tmp_path, Counting()).vectors([]).shape == (0, DIMENSIONS)


def test_many_texts_keep_their_order() -> None:
    texts = ["How is Spinraza given?", "¿Cuánto cuesta?", "", "脊髓性肌萎缩症", "mri"]
    assert np.allclose(encode_on_all_cores(texts), encode(texts), atol=1e-5)
