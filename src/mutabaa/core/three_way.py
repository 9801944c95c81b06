"""Two people changed one record from the same base: what can stand together, and what cannot. Pure."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Merged:
    """`changes` are mine and collide with nobody's; `collisions` are fields that both changed, to different values."""

    changes: dict[str, Any]
    collisions: frozenset[str]


def three_way(
    base: Mapping[str, Any] | None,
    current: Mapping[str, Any],
    mine: Mapping[str, Any],
    same: Callable[[Any, Any], bool] = lambda one, other: bool(one == other),
) -> Merged:
    """Compare field by field. A field that only I changed is taken; one that only the other changed stays.

    Without a base (it is no longer known) every difference between `current` and `mine` is a collision.
    """
    changes: dict[str, Any] = {}
    collisions: set[str] = set()
    for name, value in mine.items():
        if same(value, current[name]):
            continue
        if base is None:
            collisions.add(name)
        elif same(value, base[name]):
            continue
        elif same(current[name], base[name]):
            changes[name] = value
        else:
            collisions.add(name)
    return Merged(changes, frozenset(collisions))


def merged_text(base: str, current: str, mine: str) -> str:
    """One text out of two that began as `base`, line by line: what either side added, changed or took out.

    Where both changed the same lines, both readings stand one after the other, the present one first. Lines end with \\n.
    """
    old, theirs, ours = base.splitlines(), current.splitlines(), mine.splitlines()
    out: list[str] = []
    at_old = at_theirs = at_ours = 0
    for start, in_theirs, in_ours, size in [
        *common_stretches(old, theirs, ours),
        (len(old), len(theirs), len(ours), 0),
    ]:
        before, left, right = old[at_old:start], theirs[at_theirs:in_theirs], ours[at_ours:in_ours]
        if left == right or right == before:
            out += left
        elif left == before:
            out += right
        else:
            out += both(left, right)
        out += old[start : start + size]
        at_old, at_theirs, at_ours = start + size, in_theirs + size, in_ours + size
    return "\n".join(out)


def both(left: list[str], right: list[str]) -> list[str]:
    """Two readings of one place: what they share at their beginnings and ends stands once."""
    head = 0
    while head < min(len(left), len(right)) and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(left), len(right)) - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    return [*left[: len(left) - tail], *right[head : len(right) - tail], *(left[len(left) - tail :] if tail else [])]


def common_stretches(old: list[str], theirs: list[str], ours: list[str]) -> list[tuple[int, int, int, int]]:
    """Runs of lines that all three have: their places in each, and their lengths, in order."""
    places = []
    for other in (theirs, ours):
        found: dict[int, int] = {}
        for block in difflib.SequenceMatcher(None, old, other, autojunk=False).get_matching_blocks():
            found.update((block.a + n, block.b + n) for n in range(block.size))
        places.append(found)
    left, right = places
    out: list[tuple[int, int, int, int]] = []
    for line in sorted(left.keys() & right.keys()):
        if out:
            start, in_theirs, in_ours, size = out[-1]
            if (line, left[line], right[line]) == (start + size, in_theirs + size, in_ours + size):
                out[-1] = (start, in_theirs, in_ours, size + 1)
                continue
        out.append((line, left[line], right[line], 1))
    return out
