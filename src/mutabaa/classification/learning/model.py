"""A model of tags: linear judges and a small network side by side, their scores brought to probabilities.

Learned in two passes: first on the earlier texts, to see on the later ones how far each member can be trusted and from which score on
a label is worth suggesting (drift between sessions matters, so the split is by time, not by chance); then on all texts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutabaa.classification.learning import keeping, linear, network, thresholds
from mutabaa.classification.learning.explaining import words_behind
from mutabaa.classification.learning.features import FAMILIES, Seen, seen
from mutabaa.classification.learning.keywords import named
from mutabaa.classification.learning.linear import Linear
from mutabaa.classification.learning.matrix import Vocabulary
from mutabaa.classification.learning.measures import Figures, figures
from mutabaa.classification.learning.network import Network

Text = tuple[str, str]  # a text and its language
Progress = Callable[[float], None]
CHECKED = 0.2  # share of the texts, the last by time, on which thresholds are set
JUDGED = 0.15  # share after these on which an installation's model is judged
FEWEST_CHECKED = 20
NETS = 1  # networks from different beginnings, averaged


@dataclass(frozen=True)
class Suggested:
    label: str
    score: float
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Blend:
    """How the members' scores become one probability: `squash(judge × linear + net × network's log-odds + shift)`."""

    judge: float
    net: float
    shift: float


def look_at(texts: Sequence[Text]) -> list[Seen]:
    return [seen(text, language, tags_named(text, language)) for text, language in texts]


def tags_named(text: str, language: str) -> set[tuple[str, str]]:
    """Themes and groups that the keyword table finds; the goals follow from them, and would say nothing more."""
    return {tag for found in named(text, language) for tag in found.concept.tags if tag[0] != "sdg"}


@dataclass
class TagModel:
    """Scores every label of a text. `one`: exactly one label per text (an action category); else each on its own."""

    labels: list[str]
    vocabulary: Vocabulary
    linear: Linear
    nets: list[Network]
    blend: Blend
    thresholds: Any
    one: bool = False
    held: Figures | None = None  # on texts that neither weights nor thresholds were learned from
    held_out: int = 0

    def scores(self, texts: Sequence[Text]) -> Any:
        """Probabilities, texts × labels."""
        return self.scores_of(self.vocabulary.matrix(look_at(texts)))

    def scores_of(self, matrix: Any) -> Any:
        return mixed(self.linear.scores(matrix), nets_scores(self.nets, matrix), self.blend, self.one)

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
        looked = look_at(texts)
        scores = self.scores_of(self.vocabulary.matrix(looked))
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
        for n, net in enumerate(self.nets):
            parts = (net.first.astype("float16"), net.first_bias, net.second, net.second_bias)
            arrays |= {f"net{n}_{i}": part for i, part in enumerate(parts)}
        entries = {family: list(places) for family, places in self.vocabulary.places.items()}
        kept = {
            "labels": self.labels, "one": self.one, "nets": len(self.nets), "weight": self.vocabulary.weight,
            "blend": [self.blend.judge, self.blend.net, self.blend.shift],
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
            nets = []
            for n in range(int(about["nets"])):
                first, first_bias, second, second_bias = (arrays[f"net{n}_{i}"].astype("float32") for i in range(4))
                if first.shape[0] != count or second.shape[1] != len(labels):
                    raise keeping.Unreadable("the parts do not fit together")
                nets.append(Network(first, first_bias, second, second_bias, one))
            if weights.shape != (count, len(labels)) or len(arrays["rarity"]) != count:
                raise keeping.Unreadable("the parts do not fit together")
            vocabulary = Vocabulary(places, arrays["rarity"], {str(k): float(v) for k, v in about["weight"].items()})
            judge, net, shift = (float(value) for value in about["blend"])
            members = Linear(weights, arrays["linear_bias"])
            return cls(labels, vocabulary, members, nets, Blend(judge, net, shift), arrays["thresholds"], one)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
            raise keeping.Unreadable(f"a part is missing: {fault}") from fault


UNCHECKED = Blend(1.0, 0.5, 0.0)


def nets_scores(nets: list[Network], matrix: Any) -> Any:
    return sum(net.scores(matrix) for net in nets) / len(nets)


def mixed(judged: Any, probable: Any, blend: Blend, one: bool) -> Any:
    import numpy as np

    bounded = np.clip(probable, 1e-5, 1 - 1e-5)
    odds = np.log(bounded) if one else np.log(bounded / (1 - bounded))
    return network.squash(blend.judge * judged + blend.net * odds + blend.shift, one)


def fitted_blend(judged: Any, probable: Any, truth: Any, known: Any, one: bool) -> Blend:
    """The two members' weights by logistic regression over all labels together; for one label per text by a small grid."""
    import numpy as np

    if one:
        return best_blend_of_one(judged, probable, truth)
    from sklearn.linear_model import LogisticRegression

    bounded = np.clip(probable, 1e-5, 1 - 1e-5)
    both = np.column_stack([judged[known], np.log(bounded / (1 - bounded))[known]])
    target = truth[known].astype(int)
    if not len(target) or target.min() == target.max():
        return UNCHECKED
    found = LogisticRegression(C=1.0).fit(both, target)
    judge, net = (max(0.0, float(value)) for value in found.coef_[0])
    return Blend(judge, net, float(found.intercept_[0]))


def best_blend_of_one(judged: Any, probable: Any, truth: Any) -> Blend:
    """The blend of a small grid under which the right labels are likeliest."""
    import numpy as np

    right = truth.astype(bool)

    def likelihood(pair: tuple[float, float]) -> float:
        scores = mixed(judged, probable, Blend(*pair, 0.0), True)
        return float(np.log(np.maximum(scores[right], 1e-9)).mean())

    pairs = [(judge, net) for judge in (0.0, 0.5, 1.0, 1.5, 2.0) for net in (0.25, 0.5, 0.75, 1.0)]
    return Blend(*max(pairs, key=likelihood), 0.0)


def train(
    texts: Sequence[Text],
    wanted: Any,
    labels: Sequence[str],
    *,
    one: bool = False,
    weights: Any = None,
    judged_on: float = 0.0,
    looked: list[Seen] | None = None,
    progress: Progress | None = None,
) -> TagModel:
    """Texts in the order of time; `wanted` (texts × labels, 0 or 1); `weights` of the same shape, 0 where it is not known.

    `judged_on`: the share of the texts, the last ones, on which the model of the first pass is judged (`held`); the model that is
    returned has learned from them too. `progress` is told the share done, 0 to 1.
    """
    import numpy as np

    def tell(part: float, start: float, end: float) -> None:
        if progress:
            progress(start + part * (end - start))

    looked = looked if looked is not None else look_at(texts)
    tell(1.0, 0.0, 0.1)
    n = len(looked)
    wanted = np.asarray(wanted, dtype=np.float32)
    known = np.ones(wanted.shape, dtype=bool) if weights is None else weights > 0
    judged_from = n - round(n * judged_on)
    checked_from = judged_from - max(FEWEST_CHECKED, round(n * CHECKED))
    vocabulary = Vocabulary.of(looked)
    matrix = vocabulary.matrix(looked)
    tell(1.0, 0.1, 0.2)

    def members(end: int, start: float, until: float) -> tuple[Linear, list[Network]]:
        given = None if weights is None else weights[:end]
        middle = start + 0.6 * (until - start)
        judges = linear.fit(matrix[:end], wanted[:end], weights=given, progress=lambda part: tell(part, start, middle))
        nets = [
            network.fit(
                matrix[:end], wanted[:end], one=one, weights=given, seed=seed,
                progress=lambda part: tell(part, middle, until),
            )
            for seed in range(NETS)
        ]  # fmt: skip
        return judges, nets

    blend, cut, held = UNCHECKED, np.full(len(labels), 0.5), None
    if checked_from >= FEWEST_CHECKED:
        judges, nets = members(checked_from, 0.2, 0.6)
        part = slice(checked_from, judged_from)
        judged, probable, truth = judges.scores(matrix[part]), nets_scores(nets, matrix[part]), wanted[part]
        blend = fitted_blend(judged, probable, truth, known[part], one)
        if not one:
            cut = thresholds.per_label(np.where(known[part], mixed(judged, probable, blend, False), 0), truth)
        if judged_from < n:
            first = TagModel(list(labels), vocabulary, judges, nets, blend, cut, one)
            chosen = first.chosen(first.scores_of(matrix[judged_from:]))
            held = figures(labels, chosen & known[judged_from:], wanted[judged_from:])
    judges, nets = members(n, 0.6, 1.0)
    return TagModel(list(labels), vocabulary, judges, nets, blend, cut, one, held, n - judged_from if held else 0)
