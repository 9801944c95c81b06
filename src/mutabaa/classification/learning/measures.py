"""How good suggestions are: precision, recall and F1 per label, together (micro) and label by label (macro)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mutabaa.classification.learning.thresholds import f1


@dataclass(frozen=True)
class LabelFigures:
    label: str
    texts: int  # that carry it
    suggested: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.texts if self.texts else 0.0

    @property
    def f1(self) -> float:
        return f1(self.right, self.suggested, self.texts)


@dataclass(frozen=True)
class Figures:
    """`macro_f1` is the mean over labels that occur in the held-out part or are suggested there: others have no F1."""

    labels: list[LabelFigures]

    @property
    def micro_f1(self) -> float:
        return f1(
            sum(row.right for row in self.labels),
            sum(row.suggested for row in self.labels),
            sum(row.texts for row in self.labels),
        )

    @property
    def macro_f1(self) -> float:
        seen = [row.f1 for row in self.labels if row.texts or row.suggested]
        return sum(seen) / len(seen) if seen else 0.0


def figures(names: Sequence[str], suggested: Any, truth: Any) -> Figures:
    """`suggested` and `truth`: texts × labels, true or false."""
    suggested, truth = suggested.astype(bool), truth.astype(bool)
    rows = zip(names, truth.sum(axis=0), suggested.sum(axis=0), (suggested & truth).sum(axis=0), strict=True)
    return Figures([LabelFigures(name, int(t), int(s), int(r)) for name, t, s, r in rows])
