"""Addresses of many objects of one page."""

from collections.abc import Callable

from django.urls import reverse

PLACE = "_place_"  # may stand where an identifier or a slug is expected


def addresses(view: str) -> Callable[[str], str]:
    """Gives `reverse(view, args=[part])` for one part after another, which must need no escaping: a public id, a slug. The table
    of addresses is gone through once, not for each."""
    start, _place, end = reverse(view, args=[PLACE]).partition(PLACE)
    return lambda part: f"{start}{part}{end}"
