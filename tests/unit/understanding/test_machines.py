"""Machines learn what scikit-learn's do, on any number of cores."""

from typing import List, Tuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from understanding.machines import fit_machines

Data = Tuple[NDArray[np.float32], sparse.csr_matrix, List[str]]


def data(examples: int, classes: int, columns: int, words: int, noise: float) -> Data:
    """Return dense and sparse columns and labels; the first class has half of the examples."""
    random = np.random.default_rng(0)
    places = random.integers(0, classes, examples) * random.integers(0, 2, examples)
    centres = random.normal(size=(classes, columns))
    dense = centres[places] + noise * random.normal(size=(examples, columns))
    dense /= np.linalg.norm(dense, axis=1, keepdims=True)
    ngrams = sparse.random(examples, words, 0.1, "csr", np.float32, random)
    return dense.astype(np.float32), ngrams, [f"class {place:02}" for place in places]


@pytest.mark.parametrize(
    ("examples", "classes", "columns", "words", "noise", "c"),
    [
        (900, 30, 40, 60, 0.5, 0.3),
        (900, 5, 40, 0, 2.0, 0.3),  # no n-grams; classes that can't be told apart
        (12, 3, 40, 20, 0.5, 0.3),
        (900, 2, 40, 60, 1.0, 30.0),  # two mirrored machines; little said against large weights
        (900, 5, 1, 200, 1.0, 3.0),  # hardly anything dense
        (30_000, 3, 10, 20, 0.5, 0.3),  # so many that the start looks at some only
    ],
)
def test_they_are_those_of_scikit_learn(
    examples: int, classes: int, columns: int, words: int, noise: float, c: float
) -> None:
    dense, ngrams, labels = data(examples, classes, columns, words, noise)
    names, weights, biases = fit_machines(dense, ngrams, labels, c)
    features = sparse.hstack([sparse.csr_matrix(dense), ngrams]).tocsr()
    assert names == sorted(set(labels))
    for place, name in enumerate(names):
        is_own = [label == name for label in labels]
        theirs = LinearSVC(C=c, tol=1e-6, max_iter=100_000, random_state=0).fit(features, is_own)
        ours = features @ weights[:, place] + biases[place]
        assert np.allclose(ours, theirs.decision_function(features), atol=0.01)


def test_the_number_of_cores_changes_not_a_bit() -> None:
    made = data(900, 30, 40, 60, 0.5)
    _, weights, biases = fit_machines(*made, 0.3, workers=1)
    _, others, other_biases = fit_machines(*made, 0.3, workers=3)
    assert np.array_equal(weights, others) and np.array_equal(biases, other_biases)
