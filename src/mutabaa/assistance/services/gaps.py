"""Gaps in capacity: recorded from obstacles or freely, changed, addressed, closed."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutabaa.assistance.models import Gap
from mutabaa.assistance.policies import may_choose_readers, may_edit_gap, may_record_gap
from mutabaa.assistance.services.obstacles import Reported, review
from mutabaa.assistance.services.rows import changes_of, put, refuse_stale, write
from mutabaa.assistance.states import GAP_STEPS, GapState, Scope
from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import Visibility
from mutabaa.followup.services.rows import locked, required
from mutabaa.recommendations.models import Recommendation

READERS = (Visibility.PUBLIC, Visibility.INSTITUTIONS, Visibility.SECRETARIAT)
OWN_ONLY = gettext_lazy("You record gaps of your own institution only.")


@transaction.atomic
def record_gap(by: Any, *, reported: Iterable[Reported] = (), **fields: Any) -> Gap:
    """A new gap; `reported` are the obstacles it comes from, which count as looked at from now on."""
    many = {name: fields.pop(name, []) for name in ("obstacles", "recommendations")}
    if not may_choose_readers(by):
        fields.pop("visibility", None)
    gap = Gap(recorded_by=by, recorded_on=timezone.localdate(), **fields)
    if not may_record_gap(by, gap.institution_id):
        raise NotAllowed(OWN_ONLY)
    check(by, gap, many["recommendations"])
    chosen = list(reported)
    with_codes = {o.pk: o for o in [*many["obstacles"], *(o for _u, o in chosen if o is not None)]}
    gap.save()
    gap.obstacles.set(with_codes.values())
    gap.recommendations.set(many["recommendations"])
    for line in chosen:
        review(by, line, gap=gap)
    record(by, "gap.recorded", gap, scope=gap.scope, obstacles=len(chosen), visibility=gap.visibility)
    return gap


def check(by: Any, gap: Gap, recommendations: Iterable[Recommendation]) -> None:
    required(gap.title, _("Give the gap a title."), "title")
    required(gap.description, _("Say what is lacking."), "description")
    if gap.scope == Scope.INSTITUTION and gap.institution_id is None:
        raise Invalid(_("Name the institution that the gap concerns."), field="institution")
    if gap.scope == Scope.THEME and gap.theme_id is None:
        raise Invalid(_("Name the theme that the gap concerns."), field="theme")
    if gap.visibility not in READERS:
        raise Invalid(_("Choose who may read it."), field="visibility")
    wanted = {r.pk for r in recommendations}
    if Recommendation.objects.own().visible_to(by).filter(pk__in=wanted).count() != len(wanted):
        raise Invalid(_("Choose recommendations that you can see."), field="recommendations")


@transaction.atomic
def change_gap(by: Any, gap: Gap, version: int | None, **fields: Any) -> Gap:
    """Raises `Conflict` where somebody else saved since `version`. Recommendations that the person cannot see stay."""
    row = locked(gap)
    if not may_edit_gap(by, row):
        raise NotAllowed(OWN_ONLY)
    if not may_choose_readers(by):
        fields.pop("visibility", None)
    chosen = fields.get("recommendations", [])
    if "recommendations" in fields:
        seen = Recommendation.objects.visible_to(by).values("pk")
        fields["recommendations"] = [*chosen, *row.recommendations.exclude(pk__in=seen)]
    changes = changes_of(row, fields)
    if not changes:
        return row
    refuse_stale(row, version, fields)
    put(row, changes)
    check(by, row, chosen)
    if not may_edit_gap(by, row):
        raise NotAllowed(OWN_ONLY)
    write(row, changes)
    record(by, "gap.changed", row, fields=sorted(changes))
    return row


@transaction.atomic
def change_state(by: Any, gap: Gap, state: str, *, reason: str = "", version: int | None = None) -> Gap:
    """Open, being addressed, closed with a reason; a closed one can be opened again."""
    row = locked(gap, version)
    if not may_edit_gap(by, row):
        raise NotAllowed(OWN_ONLY)
    if state not in GAP_STEPS[row.state]:
        raise Invalid(_("The gap stands there already. Open it again to see where it stands."))
    if state == GapState.CLOSED:
        row.closed_because = required(reason, _("Say why the gap is closed."), "reason")
    else:
        row.closed_because = ""
    row.state = state
    row.version += 1
    row.save()
    record(by, "gap.state", row, state=state, reason=reason)
    return row
