"""Figures come in: by hand, as an answer to a request, or from a file. All go through the same checks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core import bulk
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.indicators.breakdowns import Groups
from mutabaa.indicators.models import Delivery, Indicator, Observation
from mutabaa.indicators.policies import entering_institutions, may_enter, may_withdraw
from mutabaa.indicators.states import ObservationState
from mutabaa.indicators.statistics.entries import Entry, completed, wrong_with
from mutabaa.indicators.wording import faults_in_words
from mutabaa.taxonomy.models import State

FIELDS = (
    "indicator", "area", "period", "starts_on", "breakdown", "value", "numerator", "denominator", "low", "high", "n", "status",
    "breaks", "source", "note", "state", "institution", "delivery", "entered_by", "entered_at", "validated_by", "validated_at",
    "ended_at", "reason",
)  # fmt: skip
KEY = ("indicator__code", "area_id", "period", "breakdown")
CONTENT = ("value", "numerator", "denominator", "low", "high", "n", "status", "breaks", "source", "note")
PART = 400  # indicators looked up at once; SQLite takes a thousand values in a statement


@dataclass
class Sorted:
    """Entries told apart: `new` and `changed` are to be written, `same` stands already, `refused` with its codes."""

    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    same: int = 0
    refused: list[tuple[Entry, list[str]]] = field(default_factory=list)

    @property
    def to_write(self) -> list[Entry]:
        return [*self.new, *self.changed]


class Refused(Invalid):
    """Figures that cannot be right; `rows` tells which and why. Nothing was written."""

    def __init__(self, rows: Sequence[tuple[Entry, list[str]]]) -> None:
        super().__init__(_("Nothing was kept: %(reasons)s") % {"reasons": faults_in_words(rows[0][1])})
        self.rows = list(rows)


def sort_out(entries: Iterable[Entry], indicators: dict[str, Indicator], today: dt.date | None = None) -> Sorted:
    """Check each entry and set it against what is there. Five queries, and one for each 400 indicators; writes nothing."""
    today = today or timezone.localdate()
    groups, areas = Groups.load(), set(State.objects.values_list("code", flat=True))
    out, seen = Sorted(), set()
    good: list[Entry] = []
    known: dict[str, bool] = {}
    for raw in entries:
        indicator = indicators.get(raw.indicator)
        if indicator is None:
            out.refused.append((raw, ["unknown_indicator"]))
            continue
        entry = completed(raw, indicator.scale)
        wrong = wrong_with(entry, indicator.scale)
        if entry.area not in areas:
            wrong.append("unknown_area")
        if entry.period.starts > today:
            wrong.append("future")
        if entry.breakdown and not known.setdefault(entry.breakdown, groups.is_known(entry.breakdown)):
            wrong.append("unknown_group")
        if entry.key in seen:
            wrong.append("twice")
        seen.add(entry.key)
        if wrong:
            out.refused.append((entry, wrong))
        else:
            good.append(entry)
    standing = present(sorted({e.indicator for e in good}))
    for entry in good:
        found = standing.get(entry.key)
        if found is None:
            out.new.append(entry)
        elif found == entry.content:
            out.same += 1
        else:
            out.changed.append(entry)
    return out


def present(codes: Sequence[str]) -> dict[tuple[str, ...], tuple[Any, ...]]:
    """What stands for each key: the figure that waits, else the one in force."""
    out: dict[tuple[str, ...], tuple[Any, ...]] = {}
    states = Q(state__in=[ObservationState.VALIDATED, ObservationState.ENTERED])
    for start in range(0, len(codes), PART):
        rows = Observation.objects.filter(states, indicator__code__in=codes[start : start + PART])
        # "validated" sorts after "entered": the figure that waits is read last and stays.
        for row in rows.order_by("-state").values_list(*KEY, *CONTENT).iterator(chunk_size=5000):
            out[row[:4]] = row[4:]
    return out


@transaction.atomic
def enter(by: Any, indicator: Indicator, entries: Iterable[Entry], *, institution_id: int | None = None) -> Sorted:
    """Keep figures of one indicator, to be validated. All or none: `Refused` names the ones that cannot be right."""
    if institution_id is None and not may_enter(by, indicator):
        raise NotAllowed(_("Figures are entered by statisticians and by the institution that holds the data."))
    if institution_id is None:
        institution_id = next(iter(entering_institutions(by, indicator)), None)
    found = sort_out(entries, {indicator.code: indicator})
    if found.refused:
        raise Refused(found.refused)
    write(found.to_write, {indicator.code: indicator}, by, institution_id=institution_id)
    if found.to_write:
        audit(by, "figures.entered", indicator, new=len(found.new), changed=len(found.changed))
    return found


def write(
    entries: Sequence[Entry], indicators: dict[str, Indicator], by: Any, *, institution_id: int | None = None,
    delivery: Delivery | None = None,
) -> None:  # fmt: skip
    """Insert checked entries. An earlier figure that waits for the same key is withdrawn: the later one speaks."""
    now = timezone.now()
    withdraw_waiting(entries, now)
    author, file = getattr(by, "pk", None), delivery.pk if delivery else None
    rows = (
        (
            indicators[e.indicator].pk, e.area, e.period.code, e.period.starts, e.breakdown, e.value, e.numerator, e.denominator,
            e.low, e.high, e.n, e.status, e.breaks, e.source[:300], e.note[:500], ObservationState.ENTERED.value, institution_id, file,
            author, now, None, None, None, "",
        )
        for e in entries
    )  # fmt: skip
    bulk.insert(Observation, FIELDS, _plain(rows))


def _plain(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    """SQLite's driver takes no decimals."""
    from decimal import Decimal

    from django.db import connection

    if connection.vendor != "sqlite":
        yield from rows
        return
    for row in rows:
        yield tuple(str(cell) if isinstance(cell, Decimal) else cell for cell in row)


def withdraw_waiting(entries: Sequence[Entry], now: dt.datetime) -> None:
    keys = {e.key for e in entries}
    codes = sorted({e.indicator for e in entries})
    gone: list[int] = []
    for start in range(0, len(codes), PART):
        waiting = Observation.objects.waiting().filter(indicator__code__in=codes[start : start + PART])
        gone += [pk for pk, *key in waiting.values_list("pk", *KEY).iterator(chunk_size=5000) if tuple(key) in keys]
    for start in range(0, len(gone), PART):
        Observation.objects.filter(pk__in=gone[start : start + PART]).update(
            state=ObservationState.WITHDRAWN, ended_at=now
        )


@transaction.atomic
def withdraw(by: Any, row: Observation, reason: str) -> Observation:
    """Take a figure out of use. It stays in the history with the reason."""
    found = Observation.objects.select_for_update(no_key=True).get(pk=row.pk)
    if not may_withdraw(by, found):
        raise NotAllowed(_("Only a statistician withdraws a figure."))
    if found.state not in (ObservationState.ENTERED, ObservationState.VALIDATED):
        raise Invalid(_("This figure is not in use any more."))
    if not reason.strip():
        raise Invalid(_("Say why."), field="reason")
    found.state, found.ended_at, found.reason = ObservationState.WITHDRAWN, timezone.now(), reason.strip()[:500]
    found.save()
    audit(by, "figure.withdrawn", found, key=list(map(str, found.key)), reason=found.reason)
    return found
