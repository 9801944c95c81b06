"""A statistician looks at what was entered: only then does anybody use it."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import names_of
from mutabaa.indicators.models import Observation
from mutabaa.indicators.policies import may_validate
from mutabaa.indicators.states import ObservationState
from mutabaa.notifications.services import notify


def require_statistician(by: Any) -> None:
    if not may_validate(by):
        raise NotAllowed(_("Only a statistician validates figures."))


@transaction.atomic
def validate(by: Any, rows: Any) -> int:
    """Bring waiting figures into force; those they replace end at the same moment and stay as an earlier vintage. Four statements,
    however many there are. Returns how many came into force."""
    require_statistician(by)
    now = timezone.now()
    waiting = rows.filter(state=ObservationState.ENTERED)
    same = {name: OuterRef(name) for name in ("indicator_id", "area_id", "period", "breakdown")}
    chosen = Observation.objects.filter(pk__in=waiting.order_by().values("pk"))
    replaced = Observation.objects.filter(Exists(chosen.filter(**same)), state=ObservationState.VALIDATED)
    ended = replaced.update(state=ObservationState.REPLACED, ended_at=now)
    indicators = sorted(set(waiting.order_by().values_list("indicator_id", flat=True).distinct()))
    done = Observation.objects.filter(pk__in=waiting.order_by().values("pk")).update(
        state=ObservationState.VALIDATED, validated_by=by, validated_at=now
    )
    if done:
        audit(by, "figures.validated", None, indicators=indicators, figures=done, replaced=ended)
    return done


@transaction.atomic
def return_figure(by: Any, row: Observation, reason: str) -> Observation:
    """Send a figure back to the person who entered it, with the reason."""
    require_statistician(by)
    found = Observation.objects.select_for_update(no_key=True).get(pk=row.pk)
    if found.state != ObservationState.ENTERED:
        raise Invalid(_("This figure does not wait for validation any more."))
    if not reason.strip():
        raise Invalid(_("Say what is wrong with it."), field="reason")
    found.state, found.reason, found.ended_at = ObservationState.RETURNED, reason.strip()[:500], timezone.now()
    found.save()
    audit(by, "figure.returned", found, key=list(map(str, found.key)), reason=found.reason)
    if found.entered_by and found.entered_by_id != by.pk:
        notify(
            [found.entered_by],
            kind="indicators.returned",
            key=f"returned:{found.pk}",
            url=found.indicator.get_absolute_url(),
            indicator=names_of(found.indicator) or found.indicator.code,
            period=found.period,
            reason=found.reason,
        )
    return found
