"""Sentence vectors of the training examples, kept from one training to the next."""

import contextlib
import hashlib
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence

import numpy as np
from numpy.typing import NDArray

from understanding.at_once import at_once
from understanding.encoder import DIMENSIONS, VERSION, encode

Encode = Callable[[Sequence[str]], NDArray[Any]]

# So many texts are worth another process, which takes 2 s to start.
_WORTH_A_PROCESS = 2000
_CHUNK = 1024
# Twice the examples there are; 2 KB each.
_MOST = 120_000


class VectorCache:
    """Vectors by text in one file; when they are too many, those not asked for are dropped.

    A file that can't be read, or was written by another version of the encoder, counts as none.
    """

    def __init__(
        self, folder: Path, encoder: Encode, version: str = VERSION, most: int = _MOST
    ) -> None:
        """Keep up to `most` vectors in `folder`; `encoder` makes those that are missing."""
        self._most = most
        self._path = folder / f"{version}.npz"
        self._encoder = encoder

    def vectors(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return the vectors of `texts`, an array of shape (texts, 512), float32."""
        keys = [_key(text) for text in texts]
        known = self._read()
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            known.update(zip(missing, self._encoder(list(missing.values())), strict=True))
            used = {key: known[key] for key in keys}
            self._write(known if len(known) <= self._most else used)
        return np.array([known[key] for key in keys], np.float32).reshape(-1, DIMENSIONS)

    def _read(self) -> Dict[bytes, NDArray[Any]]:
        # Cut short by a crash or a full disk, the file raises whatever its reader stumbles over.
        with contextlib.suppress(Exception), np.load(self._path, allow_pickle=False) as content:
            keys, vectors = content["keys"], content["vectors"]
            if vectors.shape == (len(keys), DIMENSIONS):
                return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
        return {}

    def _write(self, vectors: Dict[bytes, NDArray[Any]]) -> None:
        keys = np.frombuffer(b"".join(vectors), np.uint8).reshape(len(vectors), -1)
        with at_once(self._path) as new, new.open("wb") as file:
            np.savez(file, keys=keys, vectors=np.array(list(vectors.values())))


def encode_on_all_cores(texts: Sequence[str]) -> NDArray[Any]:
    """Return what `encode` does, computed by a process for each core when there is much to do."""
    cores = min(len(os.sched_getaffinity(0)), 1 + len(texts) // _WORTH_A_PROCESS)
    # By length: a batch takes as long as its longest text.
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    in_order = [texts[place] for place in order]
    chunks = [in_order[start : start + _CHUNK] for start in range(0, len(in_order), _CHUNK)]
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
    if chunks:
        vectors[order] = np.vstack(_encode_chunks(chunks, cores))
    return vectors


def _encode_chunks(chunks: List[List[str]], cores: int) -> List[NDArray[Any]]:
    if cores == 1:
        return [encode(chunk) for chunk in chunks]
    # Not forked: threads of numerical libraries don't survive that.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=context) as pool:
        return list(pool.map(encode, reversed(chunks)))[::-1]


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]
