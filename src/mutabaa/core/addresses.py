"""Addresses that a page needs many times. The table of addresses is gone through once for each, not once per use."""

from collections.abc import Callable
from functools import cache

from django.urls import get_script_prefix, reverse

PLACE = "_place_"  # may stand where an identifier or a slug is expected


def address(view: str) -> str:
    """`reverse(view)` of a page without arguments."""
    return looked_up(get_script_prefix(), view)


def addresses(view: str) -> Callable[[str], str]:
    """Gives `reverse(view, args=[part])` for one part after another, which must need no escaping: a public id, a slug."""
    start, _place, end = looked_up(get_script_prefix(), view, PLACE).partition(PLACE)
    return lambda part: f"{start}{part}{end}"


@cache
def looked_up(prefix: str, view: str, *args: str) -> str:
    """`prefix` is where the site stands on its host: addresses begin with it."""
    return reverse(view, args=args)
