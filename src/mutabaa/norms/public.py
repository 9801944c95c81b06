"""What the portal and the open API may see of this room: public instruments, linked with public recommendations."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mutabaa.norms.exports import export
from mutabaa.norms.listing import InstrumentView, linked_counts, linked_to
from mutabaa.norms.models import Instrument, InstrumentQuerySet
from mutabaa.norms.on_record import linked_instruments, names_on_record

EVERYONE = AnonymousUser()


def public_instruments() -> InstrumentQuerySet:
    return Instrument.objects.visible_to(EVERYONE)


def public_recommendations_of(instrument: Instrument) -> QuerySet[Any]:
    return linked_to(instrument, EVERYONE)


def instruments_on(recommendation_id: int) -> list[Instrument]:
    """Those that carry out a recommendation, the latest first: one query."""
    rows = public_instruments().filter(recommendations=recommendation_id).for_list().prefetch_related(None)
    return list(rows)


__all__ = [
    "EVERYONE",
    "InstrumentView",
    "export",
    "instruments_on",
    "linked_counts",
    "linked_instruments",
    "names_on_record",
    "public_instruments",
    "public_recommendations_of",
]
