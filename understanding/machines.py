"""Linear support vector machines, one for each class against all others, fitted by Newton's method.

Each minimises half of its weights' squared length plus `c` times the sum of max(0, 1 - margin)²
(the squared hinge loss; the bias counts as a weight): what scikit-learn's LinearSVC does, in less
than half of its time and memory. Of 55,000 examples, some 2,000 lie inside a machine's margin and
decide what it learns. So a round scores all examples with all machines at once; then each machine
takes what lies inside its margin, solves the least squares problem that this leaves with conjugate
gradients, and goes towards the solution as far as its loss falls. Seven rounds are enough.

Nothing here is random, and the work is cut in the same pieces whatever the number of cores.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, Callable, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

Array = NDArray[Any]

_MOST_ROUNDS = 30
# Early on it isn't worth solving precisely: what lies inside the margins changes yet.
_TOLERANCES = (0.1, 0.03, 0.01, 0.003, 1e-3, 1e-4, 1e-5)
_PRECISE = 0.002
_MOST_STEPS = 100
# The last round is the one that could save no more than this share of a machine's loss: rounds
# converge faster and faster, so that hardly anything is left after it.
_CONVERGED = 1e-4
_HALVINGS = 12
# The start looks at dense columns and some of the examples only.
_START_EXAMPLES, _START_ROUNDS, _START_STEPS = 14_000, 5, 8
_PIECES = 16
_TINY = 1e-12


@dataclass(frozen=True)
class _Rows:
    """Examples: dense columns, the last of them all ones for the bias, and sparse ones."""

    dense: Array
    sparse: sparse.csr_matrix

    def __getitem__(self, which: Any) -> "_Rows":
        return _Rows(self.dense[which], self.sparse[which])

    def scores(self, weights: Array) -> Array:
        width = self.dense.shape[1]
        return np.asarray(self.dense @ weights[:width] + self.sparse @ weights[width:])

    def sums(self, factors: Array) -> Array:
        """Return the sum of the rows, each times its factor."""
        return np.concatenate([self.dense.T @ factors, self.sparse.T @ factors])


def fit_machines(
    dense: Array,
    ngrams: sparse.csr_matrix,
    labels: Sequence[str],
    c: float,
    workers: Optional[int] = None,
) -> Tuple[List[str], Array, Array]:
    """Fit one machine for each label, on all cores unless `workers` says on how many.

    Returns:
        The labels in order, weights of shape (dense and sparse columns, labels), and a bias each.
    """
    names = sorted(set(labels))
    labelled = np.array(labels)
    signs = np.array([np.where(labelled == name, 1, -1) for name in names], np.float32)
    ones = np.ones((len(labels), 1), np.float32)
    rows = _Rows(np.hstack([dense.astype(np.float32), ones]), ngrams.tocsr().astype(np.float32))
    width = dense.shape[1]
    # One thread a computation: several would add up in another order on another machine.
    cores = workers or len(os.sched_getaffinity(0))
    with threadpool_limits(1), ThreadPoolExecutor(cores) as pool:
        weights = _newton(rows, signs, c, pool).T
    return names, np.delete(weights, width, axis=0), weights[width]


def _newton(rows: _Rows, signs: Array, c: float, pool: ThreadPoolExecutor) -> Array:
    """Return weights, one row a machine; `signs` are 1 for the machine's own examples, else -1."""
    weights = _start(rows, signs, c, pool)
    scores = _all_scores(rows, weights, pool)
    for number in range(_MOST_ROUNDS):
        tolerance = _TOLERANCES[min(number, len(_TOLERANCES) - 1)]
        solve = partial(_solve, rows, c, tolerance)
        solved = np.array(list(pool.map(solve, signs, scores)))
        solved_scores = _all_scores(rows, solved, pool)
        search = partial(_line_search, c)
        found = pool.map(search, signs, weights, solved, scores, solved_scores)
        lengths, gains = np.array(list(found), np.float32).T
        weights += lengths[:, np.newaxis] * (solved - weights)
        scores += lengths[:, np.newaxis] * (solved_scores - scores)
        if tolerance < _PRECISE and gains.max() <= _CONVERGED:
            break
    return weights


def _all_scores(rows: _Rows, weights: Array, pool: ThreadPoolExecutor) -> Array:
    """Return the scores of all examples, one row a machine."""
    columns = np.ascontiguousarray(weights.T)
    ends = np.linspace(0, len(rows.dense), _PIECES + 1).astype(int)
    pieces = [slice(*pair) for pair in pairwise(ends)]
    return np.hstack(list(pool.map(lambda piece: rows[piece].scores(columns).T, pieces)))


def _start(rows: _Rows, signs: Array, c: float, pool: ThreadPoolExecutor) -> Array:
    """Return rough weights of the dense columns: the same rounds, for many machines at once."""
    stride = -(-len(rows.dense) // _START_EXAMPLES)
    some = rows.dense[::stride]

    def fit(own: Array) -> Array:
        weights = np.zeros((some.shape[1], own.shape[1]), np.float32)
        for _ in range(_START_ROUNDS):
            inside = own * (some @ weights) < 1
            weights = _descend(some, inside, own, weights, 2 * c * stride)
        return weights.T

    pieces = np.array_split(signs[:, ::stride].T, min(_PIECES, len(signs)), axis=1)
    dense = np.vstack(list(pool.map(fit, map(np.ascontiguousarray, pieces))))
    return np.hstack([dense, np.zeros((len(signs), rows.sparse.shape[1]), np.float32)])


def _descend(some: Array, inside: Array, own: Array, weights: Array, twice_c: float) -> Array:
    """Solve all machines' least squares problems roughly: conjugate gradients on the weights."""

    def times(vectors: Array) -> Array:
        return np.asarray(vectors + twice_c * (some.T @ (inside * (some @ vectors))))

    rest = twice_c * (some.T @ (inside * own)) - times(weights)
    return _conjugate_gradients(times, weights, rest, 0.0, _START_STEPS)


def _solve(rows: _Rows, c: float, tolerance: float, sign: Array, score: Array) -> Array:
    """Return the weights that are best when only what is inside the margin now counts.

    They are a sum of those rows, whose factors are looked for. In the end each is 2c times what its
    row lacks, which is also where to begin.
    """
    inside = np.flatnonzero(sign * score < 1)
    inner, wanted = rows[inside], sign[inside]

    def times(factors: Array) -> Array:
        return np.asarray(inner.scores(inner.sums(factors)) + factors / np.float32(2 * c))

    factors = np.float32(2 * c) * (wanted - score[inside])
    rest = wanted - times(factors)
    stop = tolerance**2 * len(inside)
    return inner.sums(_conjugate_gradients(times, factors, rest, stop, _MOST_STEPS))


def _conjugate_gradients(
    times: Callable[[Array], Array], start: Array, rest: Array, stop: float, most: int
) -> Array:
    """Return the solution of a linear system, or of one a column; `rest` is what `start` leaves.

    It is found when the squared length of the rest is not above `stop`.
    """
    found, direction = start.copy(), rest.copy()
    squared = (rest * rest).sum(axis=0)
    for _ in range(most):
        if np.all(squared <= stop):
            break
        product = times(direction)
        length = squared / ((direction * product).sum(axis=0) + np.float32(_TINY))
        found += length * direction
        rest = rest - length * product
        before, squared = squared, (rest * rest).sum(axis=0)
        direction = rest + squared / (before + np.float32(_TINY)) * direction
    return found


def _line_search(
    c: float, sign: Array, weights: Array, solved: Array, score: Array, solved_score: Array
) -> Tuple[float, float]:
    """Return how far to go from `weights` to `solved`, 0 to 1, and the share of the loss it saves.

    The loss is convex along the way: the best place is where its slope is 0. The share is what the
    slope at the beginning promises.
    """
    way, lacking = solved - weights, 1 - sign * score
    margin_way = sign * (solved_score - score)
    along, squared = float(weights @ way), float(way @ way)

    def slope(length: float) -> float:
        left = np.maximum(0, lacking - np.float32(length) * margin_way)
        return along + length * squared - 2 * c * float(left @ margin_way)

    first = abs(slope(0.0))
    missed = np.maximum(0, lacking)
    share = first / (float(weights @ weights) / 2 + c * float(missed @ missed) + _TINY)
    if slope(1.0) <= first / 100:
        return 1.0, share
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if slope(middle) > 0 else (middle, high)
    return (low + high) / 2, share
