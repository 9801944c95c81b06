"""Decisions on pairs. Each stands beside the earlier ones, never instead."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid
from mutabaa.recommendations.services import locked
from mutabaa.recurrence.models import Decision, Likeness
from mutabaa.recurrence.services.rows import require_decider
from mutabaa.recurrence.states import DECISIONS, LinkState

NEAR_IDENTICAL = 0.97
AT_ONCE = 500  # pairs confirmed by one deed


@transaction.atomic
def decide(by: Any, pair: Likeness, state: str, *, note: str = "", version: int | None = None) -> Likeness:
    """Say what a pair is. A decision can be revised; `PROPOSED` takes it back. Two ends that one may not read: `DoesNotExist`."""
    require_decider(by)
    if state not in {*DECISIONS, LinkState.PROPOSED}:
        raise Invalid(_("There is no such decision."), field="state")
    if version is not None:
        locked(Likeness, pair.pk, version, {"state": state, "note": note})
    row = Likeness.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=pair.pk)
    if (row.state, row.note) == (state, note):
        return row
    row.state, row.note, row.version = state, note, row.version + 1
    row.decided_by, row.decided_at = (by, timezone.now()) if state != LinkState.PROPOSED else (None, None)
    row.save()
    Decision.objects.create(likeness=row, state=state, note=note, decided_by=by)
    audit(by, "likeness.decided", row, first=row.first_id, second=row.second_id, state=state, note=note)
    return row


@transaction.atomic
def decide_several(by: Any, pairs: Iterable[Likeness], state: str) -> int:
    """One decision for ticked pairs that wait for one; decided ones are left as they are. Returns how many were decided."""
    require_decider(by)
    keys = [pair.pk for pair in pairs]
    waiting = Likeness.objects.visible_to(by).filter(pk__in=keys, state=LinkState.PROPOSED)
    found = list(waiting[:AT_ONCE])
    for pair in found:
        decide(by, pair, state)
    return len(found)


def near_identical(by: Any) -> Any:
    """Pairs that wait for a decision and hardly differ: what "confirm all" confirms."""
    return Likeness.objects.visible_to(by).filter(
        state=LinkState.PROPOSED, suggested=LinkState.REPEATS, across=False, score__gte=NEAR_IDENTICAL
    )
