"""Two people changed one record from the same base: what can stand together, and what cannot. Pure."""

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
