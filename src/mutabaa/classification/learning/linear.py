"""One linear judge per label (support vector machine): quick, and it can say which words it rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

STRICTNESS = 1.0  # the C of the support vector machine
ROUNDS = 200


@dataclass
class Linear:
    """`weights`: columns × labels, float32; `bias` per label. A score above 0 speaks for the label."""

    weights: Any
    bias: Any

    def scores(self, matrix: Any) -> Any:
        return matrix @ self.weights + self.bias


def fit(
    matrix: Any,
    wanted: Any,
    *,
    weights: Any = None,
    strictness: float = STRICTNESS,
    progress: Callable[[float], None] | None = None,
) -> Linear:
    """`wanted`: texts × labels, 0 or 1; `weights` of the same shape: 0 where it is not known, more than 1 where a person decided."""
    import numpy as np
    from sklearn.svm import LinearSVC

    labels = wanted.shape[1]
    out = np.zeros((matrix.shape[1], labels), dtype=np.float32)
    bias = np.full(labels, -1.0, dtype=np.float32)
    wide = matrix.astype(np.float64)  # what liblinear works on: converted once, not once per label
    for k in range(labels):
        here, given, target = wide, None, wanted[:, k]
        if weights is not None:
            known = weights[:, k] > 0
            given = weights[:, k]
            if not known.all():
                here, given, target = wide[known], given[known], target[known]
        if 0 < target.sum() < len(target):
            judge = LinearSVC(C=strictness, dual=True, max_iter=ROUNDS, random_state=0)
            judge.fit(here, target, sample_weight=given)
            out[:, k], bias[k] = judge.coef_[0], judge.intercept_[0]
        if progress:
            progress((k + 1) / labels)
    return Linear(out, bias)
