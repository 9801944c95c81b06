"""Texts as rows of numbers: a vocabulary learned from the training texts, weighed by how rare its entries are."""

from collections.abc import Iterable
from typing import Any

from mutabaa.classification.learning.features import FAMILIES, Seen

RAREST = {"words": 2, "pieces": 3, "signs": 2}  # texts in which an entry must stand
MOST = {"words": 120_000, "pieces": 80_000, "signs": 20_000}  # the most frequent entries that are kept
WEIGHT = {"words": 1.0, "pieces": 0.8, "signs": 0.6}  # of each family's unit vector


class Vocabulary:
    """`places` maps `family:entry` to its column; `rarity` weighs each column (inverse document frequency)."""

    def __init__(self, places: dict[str, dict[str, int]], rarity: Any, weight: dict[str, float] | None = None) -> None:
        self.places, self.rarity = places, rarity
        self.weight = weight or WEIGHT
        self.size = len(rarity)

    @classmethod
    def of(
        cls, texts: Iterable[Seen], rarest: dict[str, int] | None = None, weight: dict[str, float] | None = None
    ) -> "Vocabulary":
        """`texts` are gone through twice, so that the features of all of them are never held together: 20,000 would take a
        gigabyte. The first time only the hashes of entries are kept, the second time the entries that stand often enough."""
        import numpy as np

        rarest = rarest or RAREST
        hashes: dict[str, list[Any]] = {family: [] for family in FAMILIES}
        total = 0
        for text in texts:
            total += 1
            for family in FAMILIES:
                entries = getattr(text, family)
                hashes[family].append(np.fromiter(map(hash, entries), dtype=np.int64, count=len(entries)))
        kept = {}
        for family in FAMILIES:
            kept[family] = often_enough(hashes.pop(family), rarest[family], MOST[family])
        named: dict[str, dict[str, int]] = {family: {} for family in FAMILIES}
        for text in texts:
            for family in FAMILIES:
                often, names = kept[family], named[family]
                for entry in getattr(text, family):
                    stands = often.get(hash(entry))
                    if stands is not None:
                        names[entry] = stands
        places: dict[str, dict[str, int]] = {}
        counts: list[int] = []
        for family in FAMILIES:
            entries = sorted(named[family])
            places[family] = {entry: len(counts) + i for i, entry in enumerate(entries)}
            counts.extend(named[family][entry] for entry in entries)
        rarity = np.log((1 + total) / (1 + np.array(counts, dtype=np.float32))) + 1
        return cls(places, rarity.astype(np.float32), weight)

    def row(self, text: Seen) -> tuple[list[int], Any]:
        """Columns and values of one text; each family is a vector of length `WEIGHT`."""
        import numpy as np

        columns: list[int] = []
        values: list[Any] = []
        for family in FAMILIES:
            places = self.places[family]
            found = [
                (place, n) for entry, n in getattr(text, family).items() if (place := places.get(entry)) is not None
            ]
            if not found:
                continue
            at = [place for place, _n in found]
            weights = (1 + np.log(np.array([n for _place, n in found], dtype=np.float32))) * self.rarity[at]
            columns.extend(at)
            values.append(weights * (self.weight[family] / float(np.sqrt((weights * weights).sum()))))
        return columns, np.concatenate(values) if values else np.zeros(0, dtype=np.float32)

    def matrix(self, texts: Iterable[Seen]) -> Any:
        """A sparse matrix, one row per text."""
        import numpy as np
        from scipy.sparse import csr_matrix

        ends, columns, values = [0], [], []
        for text in texts:
            at, weights = self.row(text)
            columns.append(np.array(at, dtype=np.int32))
            values.append(weights)
            ends.append(ends[-1] + len(at))
        return csr_matrix(
            (np.concatenate(values), np.concatenate(columns), np.array(ends)),
            shape=(len(ends) - 1, self.size),
            dtype=np.float32,
        )


def often_enough(hashes: list[Any], fewest: int, most: int) -> dict[int, int]:
    """hash of an entry → texts it stands in: at least `fewest`, and more where that would keep over `most` entries."""
    import numpy as np

    if not hashes:
        return {}
    values, stands = np.unique(np.concatenate(hashes), return_counts=True)
    if (stands >= fewest).sum() > most:
        fewest = int(np.sort(stands)[-most]) + 1
    keep = stands >= fewest
    return dict(zip(values[keep].tolist(), stands[keep].tolist(), strict=True))
