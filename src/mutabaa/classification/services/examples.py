"""What the installation holds to learn from: tagged texts, and what people decided on suggestions."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from mutabaa.classification.models import Suggestion
from mutabaa.classification.states import FIELDS, Decision, TagKind
from mutabaa.core.models import Visibility
from mutabaa.recommendations.models import Recommendation

MOST_TEXTS = 20_000
FEWEST_OF_A_LABEL = 8
DECIDED = 2.0  # what a person accepted or rejected weighs this much
Label = tuple[str, str]  # kind and code


@dataclass
class Examples:
    """Texts in the order of time. `wanted` and `weights`: texts × labels; weight 0 where nothing is known.

    A record without any tag of a kind was not tagged for it, so its labels of that kind are unknown, not absent. National themes
    and UHRI's are two kinds in this.
    """

    texts: list[tuple[str, str]]
    labels: list[str]
    wanted: Any
    weights: Any
    tags: int
    rejections: int


def examples(language: str = "") -> Examples:
    """Latest texts first where there are more than `MOST_TEXTS`; restricted and withdrawn records are never learned from.

    Six queries and about 1 kB per text.
    """
    import numpy as np

    rows = Recommendation.objects.filter(withdrawn=False).exclude(visibility=Visibility.RESTRICTED)
    if language:
        rows = rows.filter(language=language)
    held, lists = tags_held(rows)
    decided: dict[int, dict[Label, bool]] = defaultdict(dict)
    decisions = Suggestion.objects.filter(recommendation__in=rows).exclude(state=Decision.PROPOSED)
    for pk, kind, code, state in decisions.values_list("recommendation_id", "kind", "code", "state"):
        decided[pk][(kind, code)] = state == Decision.ACCEPTED
    wanted_pks = set(held) | set(decided)
    newest = rows.order_by(F("published_on").desc(nulls_last=True), "-pk").values_list("pk", "text", "language")
    found = [row for row in newest.iterator(chunk_size=2000) if row[0] in wanted_pks][:MOST_TEXTS][::-1]

    counts: Counter[Label] = Counter()
    for pk, _text, _language in found:
        counts.update(held.get(pk, ()))
    labels = sorted(label for label, n in counts.items() if n >= FEWEST_OF_A_LABEL)
    place = {label: k for k, label in enumerate(labels)}
    of_list: dict[str, list[int]] = defaultdict(list)
    for label, k in place.items():
        of_list[lists[label]].append(k)
    wanted = np.zeros((len(found), len(labels)), dtype=np.float32)
    weights = np.zeros((len(found), len(labels)), dtype=np.float32)
    rejections = 0
    for i, (pk, _text, _language) in enumerate(found):
        mine = held.get(pk, set())
        for name in {lists[label] for label in mine}:
            weights[i, of_list[name]] = 1
        for label in mine:
            if label in place:
                wanted[i, place[label]] = 1
        for label, accepted in decided.get(pk, {}).items():
            rejections += not accepted
            if label in place and (accepted == (label in mine)):
                weights[i, place[label]] = DECIDED
    return Examples(
        [(text, written) for _pk, text, written in found],
        [f"{kind}:{code}" for kind, code in labels],
        wanted,
        weights,
        sum(counts.values()),
        rejections,
    )


def tags_held(rows: Any) -> tuple[dict[int, set[Label]], dict[Label, str]]:
    """The tags of each record, and the list that each tag belongs to. Three queries."""
    held: dict[int, set[Label]] = defaultdict(set)
    lists: dict[Label, str] = {}
    for kind, field in FIELDS.items():
        columns = ["pk", f"{field}__code"] + ([f"{field}__scheme"] if kind == TagKind.THEME else [])
        for pk, code, *scheme in (
            rows.filter(**{f"{field}__isnull": False}).order_by().values_list(*columns).iterator(5000)
        ):
            held[pk].add((kind, code))
            lists[(kind, code)] = f"{kind}:{scheme[0]}" if scheme else kind
    return held, lists
