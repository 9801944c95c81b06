"""A model of tags: a linear judge per label, its scores brought to probabilities, a threshold per label.

Learned in two passes: first on the earlier texts, to see on the later ones how far the scores can be trusted and from which score on
a label is worth suggesting (drift between sessions matters, so the split is by time, not by chance); then on all texts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutabaa.classification.learning import keeping, linear, thresholds
from mutabaa.classification.learning.explaining import words_behind
from mutabaa.classification.learning.features import FAMILIES, Seen, seen
from mutabaa.classification.learning.keywords import named
from mutabaa.classification.learning.linear import Linear
from mutabaa.classification.learning.matrix import Vocabulary
from mutabaa.classification.learning.measures import Figures, figures

Text = tuple[str, str]  # a text and its language
Progress = Callable[[float], None]
CHECKED = 0.2  # share of the texts, the last by time, on which thresholds are set
JUDGED = 0.15  # share after these on which an installation's model is judged
FEWEST_CHECKED = 20


@dataclass(frozen=True)
class Suggested:
    label: str
    score: float
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Scale:
    """How a judge's score becomes a probability: `1 / (1 + exp(-(slope × score + shift)))`, the same for all labels."""

    slope: float
    shift: float


UNCHECKED = Scale(2.0, 0.0)


class Looks:
    """The features of texts, made anew each time they are gone through."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts

    def __iter__(self) -> Iterator[Seen]:
        return (seen(text, language, tags_named(text, language)) for text, language in self.texts)


def tags_named(text: str, language: str) -> set[tuple[str, str]]:
    """Themes and groups that the keyword table finds; the goals follow from them, and would say nothing more."""
    return {tag for found in named(text, language) for tag in found.concept.tags if tag[0] != "sdg"}


@dataclass
class TagModel:
    """Scores every label of a text. `one`: exactly one label per text (an action category); else each on its own."""

    labels: list[str]
    vocabulary: Vocabulary
    linear: Linear
    scale: Scale
    thresholds: Any
    one: bool = False
    held: Figures | None = None  # on texts that neither weights nor thresholds were learned from
    held_out: int = 0

    def scores(self, texts: Sequence[Text]) -> Any:
        """Probabilities, texts × labels."""
        return self.scores_of(self.vocabulary.matrix(Looks(texts)))

    def scores_of(self, matrix: Any) -> Any:
        return probabilities(self.linear.scores(matrix), self.scale, self.one)

    def chosen(self, scores: Any) -> Any:
        """Which labels the scores suggest, as true and false."""
        import numpy as np

        if self.one:
            return np.arange(len(self.labels)) == scores.argmax(axis=1)[:, None]
        return scores >= self.thresholds

    def suggest(self, text: str, language: str) -> list[Suggested]:
        """Labels above their threshold, the surest first, each with the words of the text that speak for it."""
        return self.suggest_all([(text, language)])[0]

    def suggest_all(self, texts: Sequence[Text]) -> list[list[Suggested]]:
        if not texts:
            return []
        scores = self.scores(texts)
        chosen = self.chosen(scores)
        out = []
        for (text, language), row, says in zip(texts, scores, chosen, strict=True):
            at = sorted((k for k in range(len(self.labels)) if says[k]), key=lambda k: -row[k])
            out.append([Suggested(self.labels[k], float(row[k]), words_behind(self, text, language, k)) for k in at])
        return out

    def save(self, path: Path, **about: Any) -> str:
        """Returns the SHA-256 of the file."""
        arrays = {
            "rarity": self.vocabulary.rarity,
            "linear_weights": self.linear.weights.astype("float16"),
            "linear_bias": self.linear.bias,
            "thresholds": self.thresholds,
        }
        entries = {family: list(places) for family, places in self.vocabulary.places.items()}
        kept = {
            "labels": self.labels, "one": self.one, "weight": self.vocabulary.weight,
            "scale": [self.scale.slope, self.scale.shift],
        }  # fmt: skip
        return keeping.write(path, {**about, **kept}, entries, arrays)

    @classmethod
    def load(cls, path: Path, digest: str = "") -> "TagModel":
        """Raises `keeping.Unreadable`."""
        about, entries, arrays = keeping.read(path, digest)
        try:
            places, count = {}, 0
            for family in FAMILIES:
                places[family] = {entry: count + i for i, entry in enumerate(entries[family])}
                count += len(entries[family])
            weights = arrays["linear_weights"].astype("float32")
            labels = [str(label) for label in about["labels"]]
            one = bool(about["one"])
            if weights.shape != (count, len(labels)) or len(arrays["rarity"]) != count:
                raise keeping.Unreadable("the parts do not fit together")
            vocabulary = Vocabulary(places, arrays["rarity"], {str(k): float(v) for k, v in about["weight"].items()})
            slope, shift = (float(value) for value in about["scale"])
            members = Linear(weights, arrays["linear_bias"])
            return cls(labels, vocabulary, members, Scale(slope, shift), arrays["thresholds"], one)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
            raise keeping.Unreadable(f"a part is missing: {fault}") from fault


def probabilities(judged: Any, scale: Scale, one: bool) -> Any:
    """Of each label on its own; with `one`, of the labels against each other."""
    import numpy as np

    raised = scale.slope * judged + scale.shift
    if one:
        powers = np.exp(raised - raised.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)
    return 1 / (1 + np.exp(-np.clip(raised, -30, 30)))


def fitted_scale(judged: Any, truth: Any, known: Any) -> Scale:
    """By logistic regression over all labels together (Platt): a label alone has too few texts."""
    from sklearn.linear_model import LogisticRegression

    scores, target = judged[known].reshape(-1, 1), truth[known].astype(int)
    if not len(target) or target.min() == target.max():
        return UNCHECKED
    found = LogisticRegression(C=1.0).fit(scores, target)
    return Scale(max(0.1, float(found.coef_[0][0])), float(found.intercept_[0]))


def read_texts(texts: Sequence[Text]) -> tuple[Vocabulary, Any]:
    vocabulary = Vocabulary.of(Looks(texts))
    return vocabulary, vocabulary.matrix(Looks(texts))


def train(
    texts: Sequence[Text],
    wanted: Any,
    labels: Sequence[str],
    *,
    one: bool = False,
    weights: Any = None,
    judged_on: float = 0.0,
    read: tuple[Vocabulary, Any] | None = None,
    progress: Progress | None = None,
) -> TagModel:
    """Texts in the order of time; `wanted` (texts × labels, 0 or 1); `weights` of the same shape, 0 where it is not known.

    `judged_on`: the share of the texts, the last ones, on which the model of the first pass is judged (`held`); the model that is
    returned has learned from them too. `read`: vocabulary and matrix of the same texts, where they were made already. `progress` is told the share done, 0 to 1.
    """
    import numpy as np

    def tell(part: float, start: float, end: float) -> None:
        if progress:
            progress(start + part * (end - start))

    vocabulary, matrix = read or read_texts(texts)
    tell(1.0, 0.0, 0.2)
    n = len(texts)
    wanted = np.asarray(wanted, dtype=np.float32)
    known = np.ones(wanted.shape, dtype=bool) if weights is None else weights > 0
    judged_from = n - round(n * judged_on)
    checked_from = judged_from - max(FEWEST_CHECKED, round(n * CHECKED))

    def judges(end: int, start: float, until: float) -> Linear:
        given = None if weights is None else weights[:end]
        return linear.fit(matrix[:end], wanted[:end], weights=given, progress=lambda part: tell(part, start, until))

    scale, cut, held = UNCHECKED, np.full(len(labels), 0.5), None
    if checked_from >= FEWEST_CHECKED:
        first = judges(checked_from, 0.2, 0.6)
        part = slice(checked_from, judged_from)
        judged, truth = first.scores(matrix[part]), wanted[part]
        scale = fitted_scale(judged, truth, known[part])
        if not one:
            cut = thresholds.per_label(np.where(known[part], probabilities(judged, scale, False), 0), truth)
        if judged_from < n:
            early = TagModel(list(labels), vocabulary, first, scale, cut, one)
            chosen = early.chosen(early.scores_of(matrix[judged_from:]))
            held = figures(labels, chosen & known[judged_from:], wanted[judged_from:])
    model = TagModel(list(labels), vocabulary, judges(n, 0.6, 1.0), scale, cut, one)
    model.held, model.held_out = held, n - judged_from if held else 0
    return model
