"""Files of figures: previewed, imported whole or not at all, undone until somebody validated a figure of theirs.

The reading is the intake room's; what arrives here are entries.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutabaa.audit.services import record as audit
from mutabaa.core import bulk
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.indicators.models import Delivery, Indicator, Observation
from mutabaa.indicators.policies import may_import
from mutabaa.indicators.services.entering import Sorted, sort_out, write
from mutabaa.indicators.states import DeliveryState, ObservationState
from mutabaa.indicators.statistics.entries import Entry
from mutabaa.recommendations.services import locked

KEPT_REFUSALS, KEPT_ROWS = 500, 25
LONG = 20_000
Refusal = tuple[int, list[str], str]  # line, codes, what stood there


def require_importer(by: Any) -> None:
    if not may_import(by):
        raise NotAllowed(_("Only statisticians import figures."))


def indicators_by_code() -> dict[str, Indicator]:
    """All in use: one query."""
    return {i.code: i for i in Indicator.objects.filter(active=True)}


@transaction.atomic
def take_in(by: Any, delivery: Delivery, entries: Iterable[Entry], refused: Sequence[Refusal] = ()) -> Delivery:
    """Preview: what an import would do. `refused` are rows that could not be read. No figure is written."""
    require_importer(by)
    started = time.monotonic()
    found = sort_out(entries, indicators_by_code())
    _counted(delivery, found, refused, started)
    delivery.state = DeliveryState.PREVIEWED
    delivery.save()
    audit(by, "delivery.previewed", delivery, file=delivery.file_name, **delivery.counts)
    return delivery


def _counted(delivery: Delivery, found: Sorted, refused: Sequence[Refusal], started: float) -> None:
    unreadable: list[list[Any]] = [list(row) for row in refused]
    wrong: list[list[Any]] = [
        [entry.line, codes, f"{entry.indicator} {entry.period.code} {entry.breakdown}"]
        for entry, codes in found.refused
    ]
    everything = sorted([*unreadable, *wrong], key=lambda row: row[0])
    delivery.counts = {
        "rows": len(found.to_write) + found.same + len(everything),
        "new": len(found.new),
        "changed": len(found.changed),
        "same": found.same,
        "refused": len(everything),
        "seconds": round(time.monotonic() - started, 2),
    }
    delivery.refused = everything[:KEPT_REFUSALS]
    delivery.sample = [
        [e.line, e.indicator, e.area, e.period.code, e.breakdown, None if e.value is None else f"{e.value.normalize():f}", e.status]
        for e in found.to_write[:KEPT_ROWS]
    ]  # fmt: skip


def apply_delivery(
    by: Any, delivery: Delivery, read: Callable[[], tuple[Iterable[Entry], Sequence[Refusal]]], version: int | None = None
) -> Delivery:  # fmt: skip
    """Write the figures of a previewed file, to be validated. `read` reads the file again, outside the transaction. A file with a
    refused row is not imported: nothing is half there."""
    require_importer(by)
    entries, refused = read()
    kept = list(entries)
    with bulk.long_write() if len(kept) >= LONG else nullcontext(), transaction.atomic():
        row: Delivery = locked(Delivery, delivery.pk, version, {})
        if row.state != DeliveryState.PREVIEWED:
            raise Invalid(_("This file was decided on already."))
        started = time.monotonic()
        indicators = indicators_by_code()
        found = sort_out(kept, indicators)
        if found.refused or refused:
            raise Invalid(
                _(
                    "The file holds rows that cannot be right. Correct them in the file and send it again: nothing was imported."
                )
            )
        write(found.to_write, indicators, by, delivery=row)
        if len(kept) >= LONG:
            bulk.verify()
        _counted(row, found, refused, started)
        row.state, row.applied_at, row.version = DeliveryState.APPLIED, timezone.now(), row.version + 1
        row.save()
        audit(by, "delivery.applied", row, file=row.file_name, **row.counts)
    if len(kept) >= LONG:
        bulk.analyse()
    return row


@transaction.atomic
def discard_delivery(by: Any, delivery: Delivery, version: int | None = None) -> Delivery:
    require_importer(by)
    row: Delivery = locked(Delivery, delivery.pk, version, {})
    if row.state not in (DeliveryState.PREVIEWED, DeliveryState.MAPPING):
        raise Invalid(_("This file was decided on already."))
    row.state, row.version = DeliveryState.DISCARDED, row.version + 1
    row.save()
    audit(by, "delivery.discarded", row, file=row.file_name)
    return row


@transaction.atomic
def undo_delivery(by: Any, delivery: Delivery, version: int | None = None) -> Delivery:
    """Take the figures of a file out again, as long as nobody validated one of them."""
    require_importer(by)
    row: Delivery = locked(Delivery, delivery.pk, version, {})
    if row.state != DeliveryState.APPLIED:
        raise Invalid(_("This file was not imported."))
    rows = Observation.objects.filter(delivery=row)
    used = rows.filter(state__in=[ObservationState.VALIDATED, ObservationState.REPLACED]).count()
    if used:
        raise Invalid(
            ngettext(
                "%(n)d figure of this file was validated. Withdraw it on the page of its indicator.",
                "%(n)d figures of this file were validated. Withdraw them on the pages of their indicators.",
                used,
            )
            % {"n": used}
        )
    gone = rows.filter(state=ObservationState.ENTERED).update(state=ObservationState.WITHDRAWN, ended_at=timezone.now())
    row.state, row.version = DeliveryState.UNDONE, row.version + 1
    row.save()
    audit(by, "delivery.undone", row, file=row.file_name, figures=gone)
    return row
