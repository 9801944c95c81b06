"""A small network: one hidden layer that all labels share, so that what labels have in common is learned once.

It sees what a linear model cannot: that a group with one violated right is tagged differently from a group with several. Written
out in numpy: no framework, and what it learned is four arrays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

HIDDEN = 160
ROUNDS = 10  # times that every text is shown
BATCH = 128
RATE = 0.003
DROPPED_IN, DROPPED_HIDDEN = 0.1, 0.4
DECAY = 1e-5


@dataclass
class Network:
    """`first` (columns × hidden) and `second` (hidden × labels) with their biases. `one`: exactly one label per text."""

    first: Any
    first_bias: Any
    second: Any
    second_bias: Any
    one: bool

    def scores(self, matrix: Any) -> Any:
        """Probabilities, one row per text."""
        import numpy as np

        hidden = np.maximum(matrix @ self.first + self.first_bias, 0)
        return squash(hidden @ self.second + self.second_bias, self.one)


def squash(raw: Any, one: bool) -> Any:
    import numpy as np

    if one:
        raised = np.exp(raw - raw.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)
    return 1 / (1 + np.exp(-np.clip(raw, -30, 30)))


def fit(
    matrix: Any,
    wanted: Any,
    *,
    one: bool,
    seed: int = 0,
    hidden: int = HIDDEN,
    rounds: int = ROUNDS,
    rate: float = RATE,
    weights: Any = None,
    progress: Callable[[float], None] | None = None,
) -> Network:
    """Learn from a sparse matrix and the wanted labels (texts × labels, 0 or 1; `weights` of the same shape, 0 where unknown).

    Adam on mini-batches with a rate that falls to nothing; columns are moved only when a text of the batch has them. Memory:
    three arrays of columns × hidden.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    n, d = matrix.shape
    labels = wanted.shape[1]
    f32 = np.float32
    first = (rng.standard_normal((d, hidden)) * 0.25).astype(f32)
    second = (rng.standard_normal((hidden, labels)) * np.sqrt(2 / hidden)).astype(f32)
    first_bias = np.zeros(hidden, f32)
    share = np.clip(wanted.mean(axis=0), 1e-4, 1 - 1e-4)
    second_bias = (np.log(share) if one else np.log(share / (1 - share))).astype(f32)
    params = [first, first_bias, second, second_bias]
    moved = [(np.zeros_like(p), np.zeros_like(p)) for p in params]
    steps = rounds * -(-n // BATCH)
    step = 0
    for turn in range(rounds):
        order = rng.permutation(n)
        for start in range(0, n, BATCH):
            step += 1
            at = order[start : start + BATCH]
            rows = matrix[at]
            if DROPPED_IN:
                rows = rows.copy()
                rows.data *= (rng.random(len(rows.data)) >= DROPPED_IN) / f32(1 - DROPPED_IN)
            columns, local = np.unique(rows.indices, return_inverse=True)
            small = type(rows)(
                (rows.data.astype(f32), local.astype(np.int32), rows.indptr), shape=(len(at), len(columns))
            )
            raw = small @ first[columns] + first_bias
            kept = (rng.random(raw.shape) >= DROPPED_HIDDEN).astype(f32) / f32(1 - DROPPED_HIDDEN)
            active = np.maximum(raw, 0) * kept
            out = squash(active @ second + second_bias, one)
            wrong = (out - wanted[at]) / f32(len(at))
            if weights is not None:
                wrong = wrong * weights[at]
            wrong = wrong.astype(f32)
            back = (wrong @ second.T) * kept * (raw > 0)
            grads = [small.T @ back, back.sum(axis=0), active.T @ wrong, wrong.sum(axis=0)]
            now = f32(rate * (1 - step / (steps + 1)) * min(1.0, step / 100))
            adam(params[0], moved[0], grads[0], now, step, columns)
            for param, m, grad in zip(params[1:], moved[1:], grads[1:], strict=True):
                adam(param, m, grad, now, step, slice(None))
        if progress:
            progress((turn + 1) / rounds)
    return Network(first, first_bias, second, second_bias, one)


def adam(param: Any, moved: Any, grad: Any, rate: Any, step: int, at: Any) -> None:
    """One step of Adam on the rows `at`."""
    import numpy as np

    mean, square = moved
    m = 0.9 * mean[at] + 0.1 * grad
    v = 0.99 * square[at] + 0.01 * grad * grad
    mean[at], square[at] = m, v
    unbiased = np.float32(np.sqrt(1 - 0.99**step) / (1 - 0.9**step))
    param[at] -= rate * (unbiased * m / (np.sqrt(v) + 1e-8) + DECAY * param[at])
