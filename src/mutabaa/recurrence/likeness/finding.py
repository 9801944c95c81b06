"""Finds the pairs that ask for the same, among thousands of texts in six languages. Pure.

Two passes. Texts of one language: nearest neighbours by rare words, then each candidate judged closely (`scoring.py`). Items
without a common language: neighbours by what needs no language – named things of the glossary, deeds, treaties, tags – and a
higher bar.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mutabaa.recurrence.likeness.items import Item, Pair
from mutabaa.recurrence.likeness.neighbours import near, rarities
from mutabaa.recurrence.likeness.reading import Reading, read
from mutabaa.recurrence.likeness.scoring import judge

VERSION = 1  # of the method: pairs remember by which they were found
LEAST = 0.6  # score from which a pair is proposed
LEAST_ACROSS = 0.7
NEIGHBOURS = 20  # candidates looked at per text
PROPOSED = 12  # pairs proposed per item, so that one formula of two hundred texts does not flood the list
COSINE = 0.38
SAID_ELSE = 0.08  # of the weight of a word, where it cannot be compared for want of a common language
ACROSS_MOST = 0.9  # no pair without a common language is more certain than this

Progress = Callable[[float], None]


class Cancelled(Exception):
    """Raised by a `progress` that wants the search to end."""


def find(
    items: Sequence[Item],
    *,
    only: Iterable[int] | None = None,
    progress: Progress = lambda share: None,
    least: float = LEAST,
) -> list[Pair]:
    """The best first; each pair once. With `only`, pairs that have at least one of these ids.

    `progress` gets the share done, 0–1, and may raise to end the search. 24,000 English texts: see docs/recurrence.md.
    """
    wanted = None if only is None else set(only)
    rows, owners, languages = _rows(items, progress)
    rarity = rarities([r.weights for r in rows], languages)
    best: dict[tuple[int, int], Pair] = {}
    blocks = _blocks(items, owners, languages)
    done = 0
    for places in blocks:
        asked = None if wanted is None else [i for i, p in enumerate(places) if items[owners[p]].id in wanted]
        if asked == []:
            done += len(places)
            continue

        def tell(n: int, done: int = done) -> None:
            progress(0.25 + 0.6 * (done + n) / max(1, len(rows)))

        weights = [rows[p].weights for p in places]
        for i, j, _cosine in near(weights, rarity, least=COSINE, at_most=NEIGHBOURS, asked=asked, tell=tell):
            _keep(best, _judged(items, owners, rows, rarity, places[i], places[j]), least)
        done += len(places)
    progress(0.85)
    for pair in _across(items, rows, owners, languages, wanted):
        _keep(best, pair, max(least, LEAST_ACROSS))
    progress(1.0)
    return _bounded(best.values(), wanted)


def _rows(items: Sequence[Item], progress: Progress) -> tuple[list[Reading], list[int], list[str]]:
    rows: list[Reading] = []
    owners: list[int] = []
    languages: list[str] = []
    for number, item in enumerate(items):
        for language, text in item.texts:
            rows.append(read(text, language))
            owners.append(number)
            languages.append(language)
        if number % 500 == 0:
            progress(0.25 * number / max(1, len(items)))
    return rows, owners, languages


def _blocks(items: Sequence[Item], owners: list[int], languages: list[str]) -> list[list[int]]:
    """Rows that may be compared: one language, one block. In a fixed order."""
    out: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, owner in enumerate(owners):
        out[(items[owner].block, languages[place])].append(place)
    return [out[key] for key in sorted(out)]


def _judged(
    items: Sequence[Item], owners: list[int], rows: Sequence[Reading], rarity: Mapping[str, float], i: int, j: int
) -> Pair | None:
    a, b = items[owners[i]], items[owners[j]]
    if a.id == b.id:
        return None
    if a.id > b.id:
        a, b, i, j = b, a, j, i
    tags = len(a.tags & b.tags) / len(a.tags | b.tags) if a.tags and b.tags else None
    found = judge(rows[i], rows[j], rarity, tags)
    return Pair(a.id, b.id, round(found.score, 3), found.relation)


def _keep(best: dict[tuple[int, int], Pair], pair: Pair | None, least: float) -> None:
    if pair is None or pair.score < least:
        return
    key = (pair.first, pair.second)
    if key not in best or pair.score > best[key].score:
        best[key] = pair


def _across(
    items: Sequence[Item], rows: list[Reading], owners: list[int], languages: list[str], wanted: set[int] | None
) -> Iterable[Pair]:
    """Pairs of items that no language joins, from the original texts. Ask for two named things or treaties in common."""
    first = {owner: place for place, owner in reversed(list(enumerate(owners)))}
    if len({languages[p] for p in first.values()}) < 2:
        return
    spoken: dict[int, set[str]] = defaultdict(set)
    for place, owner in enumerate(owners):
        spoken[owner].add(languages[place])
    free: dict[int, Reading] = {owner: _without_language(rows[p], items[owner]) for owner, p in first.items()}
    blocks: dict[str, list[int]] = defaultdict(list)
    for owner, reading in free.items():
        if len(reading.things | reading.treaties) >= 1:
            blocks[items[owner].block].append(owner)
    rarity = rarities([r.weights for r in free.values()], ["*"] * len(free))
    for key in sorted(blocks):
        owned = sorted(blocks[key])
        weights = [free[o].weights for o in owned]
        tongues = [languages[first[o]] for o in owned]
        if len(set(tongues)) < 2:
            continue
        asked = None if wanted is None else [i for i, o in enumerate(owned) if items[o].id in wanted]
        if asked == []:
            continue
        for i, j, _cosine in near(weights, rarity, least=0.6, at_most=3 * NEIGHBOURS, asked=asked):
            a, b = owned[i], owned[j]
            if spoken[a] & spoken[b] or not _enough(free[a], free[b]):
                continue
            found = _judged(items, list(range(len(items))), free, rarity, a, b)  # type: ignore[arg-type]
            if found:
                yield replace(found, score=round(min(found.score, ACROSS_MOST), 3), across=True)


def _enough(a: Reading, b: Reading) -> bool:
    """A treaty to ratify, or two things that have names, or one with the same deed and nothing else named."""
    things = (a.things & b.things) | (a.treaties & b.treaties)
    return bool(things) and (len(things) >= 2 or bool(a.deeds & b.deeds))


def _without_language(reading: Reading, item: Item) -> Reading:
    """What needs no language; the words that do are one feature that no other text has: what they ask for is not known."""
    weights: dict[str, Any] = {f: w for f, w in reading.weights.items() if f[0] in "§#!"}
    said_else = sum(w for f, w in reading.weights.items() if f[0] not in "§#!")
    if said_else:
        weights[f"~{item.id}"] = SAID_ELSE * said_else
    weights |= {f"@{tag}": 0.6 for tag in sorted(item.tags)}
    weights |= dict.fromkeys(sorted(reading.numbers), 1.0)
    line = " ".join(sorted(f for f in weights if f[0] not in "@~"))
    return replace(reading, weights=weights, line=line)


def _bounded(pairs: Iterable[Pair], wanted: set[int] | None) -> list[Pair]:
    """The best pairs of each item; a pair stays if it is among the best of either. Contradictions always stay."""
    used: dict[int, int] = defaultdict(int)
    out = []
    for pair in sorted(pairs, key=lambda p: (-p.score, p.first, p.second)):
        if wanted is not None and not {pair.first, pair.second} & wanted:
            continue
        if pair.relation != "contradicts" and min(used[pair.first], used[pair.second]) >= PROPOSED:
            continue
        used[pair.first] += 1
        used[pair.second] += 1
        out.append(pair)
    return out
