"""From which score on a label is suggested: set per label on texts that were not learned from."""

from typing import Any

GRID = 200
DOUBT = 20.0  # texts: how much F1 a label must gain for each step away from the common threshold, a rare one more


def f1(right: float, said: float, true: float) -> float:
    """Of `said` suggestions and `true` labels, `right` in common. 0 where there is neither."""
    return 2 * right / (said + true) if said + true else 0.0


def common(scores: Any, truth: Any) -> float:
    """The one threshold for all labels that gives the best micro-F1."""
    import numpy as np

    order = np.argsort(-scores, axis=None)
    flat, hits = scores.ravel()[order], truth.ravel()[order].astype(np.float64)
    right = hits.cumsum()
    quality = 2 * right / (np.arange(1, len(flat) + 1) + hits.sum())
    best = int(quality.argmax())
    after = flat[best + 1] if best + 1 < len(flat) else flat[best]
    return float((flat[best] + after) / 2)


def per_label(scores: Any, truth: Any, shared: float | None = None) -> Any:
    """One threshold per label: best F1 of the label, held back to the common threshold by `DOUBT`: thresholds set freely
    fit the texts that they are set on, and do worse on later ones."""
    import numpy as np

    shared = common(scores, truth) if shared is None else shared
    grid = np.unique(np.concatenate([np.linspace(0.05, 0.95, GRID), [shared]]))
    out = np.full(truth.shape[1], shared)
    for k in range(truth.shape[1]):
        true = float(truth[:, k].sum())
        if true < 5:
            continue
        order = np.argsort(-scores[:, k])
        ranked, right = scores[order, k], truth[order, k].cumsum()
        said = np.searchsorted(-ranked, -grid, side="right")  # scores of at least the threshold
        hits = np.where(said > 0, right[np.maximum(said - 1, 0)], 0)
        quality = 2 * hits / (said + true)
        quality = quality - (DOUBT / true) * np.abs(grid - shared)
        out[k] = grid[int(quality.argmax())]
    return out
