"""Which texts share enough rare words to be worth a comparison: sparse TF-IDF rows and their products. Pure.

NumPy and SciPy are imported when this runs, in the worker: the web's start does not pay for them.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

CHUNK = 512  # rows multiplied at a time: bounds the memory of the product
COMMON = 0.08  # a feature in a larger share of the texts finds nobody, it only weighs


def rarities(rows: Sequence[Mapping[str, float]], groups: Sequence[str]) -> dict[str, float]:
    """Feature → the rarity of it among the rows of its language (`groups`): a small language's words must not all seem rare.

    Smoothed, so that in a collection of thirty texts no word weighs five times another.
    """
    sizes = Counter(groups)
    seen: dict[str, Counter[str]] = {}
    for row, group in zip(rows, groups, strict=True):
        seen.setdefault(group, Counter()).update(row.keys())
    out: dict[str, float] = {}
    for group, counted in seen.items():
        size = sizes[group]
        for feature, number in counted.items():
            rarity = 1.0 + math.log((size + 20) / (number + 4))
            out[feature] = min(out.get(feature, rarity), rarity)
    return out


def near(
    rows: Sequence[Mapping[str, float]],
    rarity: Mapping[str, float],
    *,
    least: float,
    at_most: int,
    asked: Sequence[int] | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> Iterator[tuple[int, int, float]]:
    """(row, neighbour, cosine) with cosine ≥ `least`: the `at_most` nearest of each row in `asked` (of all, where None).

    A pair may come twice, once from either side. `tell` is called with the number of rows done.
    """
    import numpy as np
    from scipy import sparse

    columns: dict[str, int] = {}
    starts, places, values = [0], [], []
    for row in rows:
        for feature, weight in row.items():
            places.append(columns.setdefault(feature, len(columns)))
            values.append(weight * rarity.get(feature, 1.0))
        starts.append(len(places))
    if not columns:
        return
    matrix = sparse.csr_matrix(
        (np.asarray(values, dtype=np.float32), np.asarray(places, dtype=np.int32), np.asarray(starts, dtype=np.int64)),
        shape=(len(rows), len(columns)),
    )
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    matrix = sparse.diags((1.0 / lengths).astype(np.float32)) @ matrix
    found_in = np.bincount(matrix.indices, minlength=len(columns))
    too_common = found_in > max(200, COMMON * len(rows))
    searched = matrix.copy()
    searched.data[too_common[searched.indices]] = 0
    searched.eliminate_zeros()
    by_feature = searched.T.tocsr()
    # What the common features could add at most: pairs below `least` without them are judged again with them.
    lost = np.sqrt(np.maximum(0.0, 1.0 - np.asarray(searched.multiply(searched).sum(axis=1)).ravel()))
    wanted = np.arange(len(rows)) if asked is None else np.asarray(asked, dtype=np.int64)
    for begin in range(0, len(wanted), CHUNK):
        part = wanted[begin : begin + CHUNK]
        product = (searched[part] @ by_feature).tocsr()
        for offset, row in enumerate(part):
            low, high = product.indptr[offset], product.indptr[offset + 1]
            others, cosines = product.indices[low:high], product.data[low:high]
            bound = cosines + lost[row] * lost[others]
            kept = (bound >= least) & (others != row)
            others, cosines = others[kept], cosines[kept]
            if not len(others):
                continue
            if len(others) > 4 * at_most:
                best = np.argpartition(-bound[kept], 4 * at_most)[: 4 * at_most]
                others = others[best]
            exact = np.asarray((matrix[others] @ matrix[row].T).todense()).ravel()
            order = np.lexsort((others, -exact))[:at_most]
            for i in order:
                if exact[i] >= least:
                    yield int(row), int(others[i]), float(exact[i])
        tell(min(begin + CHUNK, len(wanted)))
