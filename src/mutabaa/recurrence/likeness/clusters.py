"""Proposes clusters of a workable size: first what people confirmed, then what is alike, then what shares theme and words. Pure.

The same input gives the same clusters, in whatever order it comes. No item is lost: `Proposal.left` names those in no cluster.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mutabaa.recurrence.likeness.items import Item, Pair
from mutabaa.recurrence.likeness.neighbours import near, rarities
from mutabaa.recurrence.likeness.reading import Reading, read

ALIKE = 0.66  # proposed pairs from this score on bind, as long as the cluster stays workable
KINDRED = 0.3  # likeness of two groups' subjects from which they may stand in one cluster
ROUNDS = 8  # of joining groups that are too small
TAG = 0.9


@dataclass(frozen=True)
class Proposed:
    """`things` and `treaties`: what the members name most, for the title; `words`: (language, token) beside them."""

    members: tuple[int, ...]
    theme: str
    things: tuple[str, ...]
    treaties: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    mechanisms: tuple[str, ...]
    cycles: tuple[str, ...]
    rounds: int


@dataclass(frozen=True)
class Proposal:
    clusters: tuple[Proposed, ...]
    left: tuple[int, ...]


class _Groups:
    """Union-find with a limit of size: a union that would exceed it is refused."""

    def __init__(self, ids: Iterable[int], most: int, apart: set[tuple[int, int]]) -> None:
        self.head = {i: i for i in ids}
        self.members = {i: [i] for i in self.head}
        self.most, self.apart = most, apart

    def of(self, i: int) -> int:
        while self.head[i] != i:
            self.head[i] = self.head[self.head[i]]
            i = self.head[i]
        return i

    def join(self, i: int, j: int) -> bool:
        a, b = sorted((self.of(i), self.of(j)))
        if a == b or len(self.members[a]) + len(self.members[b]) > self.most:
            return False
        if self.apart and any((min(x, y), max(x, y)) in self.apart for x in self.members[a] for y in self.members[b]):
            return False
        self.head[b] = a
        self.members[a] += self.members.pop(b)
        return True


def propose(
    items: Sequence[Item],
    pairs: Iterable[Pair] = (),
    *,
    confirmed: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
    least: int = 5,
    most: int = 40,
) -> Proposal:
    """`confirmed` and `apart` are pairs of ids that a person found to be one demand, or different ones.

    Confirmed links are kept together up to `most` members; `apart` never end in one cluster. Groups of fewer than `least` stay
    unclustered.
    """
    known = {item.id: item for item in sorted(items, key=lambda item: item.id)}
    ordered = list(known.values())
    divided = {(min(a, b), max(a, b)) for a, b in apart}
    groups = _Groups(known, most, divided)
    for a, b in sorted({(min(a, b), max(a, b)) for a, b in confirmed}):
        if a in known and b in known:
            groups.join(a, b)
    for pair in sorted(pairs, key=lambda p: (-p.score, p.first, p.second)):
        if pair.score >= ALIKE and pair.first in known and pair.second in known:
            groups.join(pair.first, pair.second)
    readings = {item.id: read(item.texts[0][1], item.texts[0][0]) for item in ordered}
    rarity = rarities([readings[i.id].weights for i in ordered], [i.texts[0][0] for i in ordered])
    _join_the_small(groups, known, readings, rarity, least)
    _join_by_theme(groups, known, least)
    found = [sorted(members) for members in groups.members.values()]
    clusters = [_described(m, known, readings, rarity) for m in found if len(m) >= least]
    clusters.sort(key=lambda c: (-len(c.mechanisms), -len(c.members), c.members))
    return Proposal(tuple(clusters), tuple(sorted(i for m in found if len(m) < least for i in m)))


def _join_the_small(
    groups: _Groups, known: Mapping[int, Item], readings: Mapping[int, Reading], rarity: Mapping[str, float], least: int
) -> None:
    """Groups under the least size look for the group whose subject is nearest, among those that share a theme (or have none)."""
    for _round in range(ROUNDS):
        heads = sorted(groups.members)
        profiles = [_profile(groups.members[h], known, readings) for h in heads]
        small = [n for n, h in enumerate(heads) if len(groups.members[h]) < least]
        if not small:
            return
        themes = {h: {t for i in groups.members[h] for t in known[i].tags if t.startswith("theme:")} for h in heads}
        near_ones = near(profiles, rarity, least=KINDRED, at_most=8, asked=small)
        edges = [(-round(cosine, 6), min(heads[a], heads[b]), max(heads[a], heads[b])) for a, b, cosine in near_ones]
        joined, taken = False, set[int]()
        for _cosine, a, b in sorted(edges):
            if a in taken or b in taken or (themes[a] and themes[b] and not themes[a] & themes[b]):
                continue
            if groups.join(a, b):
                taken |= {a, b}
                joined = True
        if not joined:
            return


def _join_by_theme(groups: _Groups, known: Mapping[int, Item], least: int) -> None:
    """What no likeness gathered stands together by its theme, the theme of the most such items first."""
    tried: set[str] = set()
    while True:
        small = [h for h in sorted(groups.members) if len(groups.members[h]) < least]
        counted = Counter(t for h in small for i in groups.members[h] for t in known[i].tags if t.startswith("theme:"))
        themes = sorted(
            (t for t, n in counted.items() if n >= least and t not in tried), key=lambda t: (-counted[t], t)
        )
        if not themes:
            return
        tried.add(themes[0])
        of_theme = [h for h in small if any(themes[0] in known[i].tags for i in groups.members[h])]
        head = of_theme[0]
        for other in of_theme[1:]:
            if not groups.join(head, other) and len(groups.members[groups.of(head)]) >= least:
                head = other  # the first is full: the next one is begun


def _profile(members: Sequence[int], known: Mapping[int, Item], readings: Mapping[int, Reading]) -> dict[str, float]:
    out: dict[str, float] = defaultdict(float)
    for i in members:
        for feature, weight in readings[i].weights.items():
            if feature[0] != "!":
                out[feature] += weight / len(members)
        for tag in sorted(known[i].tags):
            out[f"@{tag}"] += TAG / len(members)
    return {f: w for f, w in out.items() if w >= 0.1 or len(members) < 8}


def _described(
    members: Sequence[int], known: Mapping[int, Item], readings: Mapping[int, Reading], rarity: Mapping[str, float]
) -> Proposed:
    themes = Counter(t[6:] for i in members for t in known[i].tags if t.startswith("theme:"))
    weighed: Counter[str] = Counter()
    spoken: dict[str, str] = {}
    for i in members:
        language = known[i].texts[0][0]
        for feature, weight in readings[i].weights.items():
            weighed[feature] += weight * rarity.get(feature, 1.0)  # type: ignore[assignment]
            spoken.setdefault(feature, language)
    ranked = sorted(weighed, key=lambda f: (-round(weighed[f], 6), f))
    often = {f for f in ranked if sum(f in readings[i].weights for i in members) >= max(2, len(members) / 4)}
    return Proposed(
        members=tuple(members),
        theme=min(themes, key=lambda t: (-themes[t], t)) if themes else "",
        things=tuple(f[1:] for f in ranked if f[0] == "§" and f in often)[:2],
        treaties=tuple(f[1:] for f in ranked if f[0] == "#" and f in often)[:2],
        words=tuple((spoken[f], f) for f in ranked if f[0] not in "§#!@" and f in often and not f.isdigit())[:3],
        mechanisms=tuple(sorted({known[i].mechanism for i in members} - {""})),
        cycles=tuple(sorted({known[i].cycle for i in members} - {""})),
        rounds=len({known[i].round for i in members} - {""}),
    )
