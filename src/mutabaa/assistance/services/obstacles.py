"""Looking at reported obstacles: each leads to a gap, or is set aside with a reason."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.assistance.models import Gap, ObstacleReview
from mutabaa.assistance.policies import may_record_gap
from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.models import Obstacle, Update
from mutabaa.followup.services.rows import required

Reported = tuple[Update, Obstacle | None]


def review(by: Any, reported: Reported, *, gap: Gap | None = None, reason: str = "") -> ObstacleReview:
    """Write or change what became of one reported obstacle. Inside the deed's transaction."""
    update, obstacle = reported
    if not may_record_gap(by, update.institution_id):
        raise NotAllowed(_("This obstacle was reported by another institution."))
    row = ObstacleReview.objects.select_for_update(no_key=True).filter(update=update, obstacle=obstacle).first()
    if row is None:
        row = ObstacleReview(update=update, obstacle=obstacle)
    row.gap, row.reason, row.reviewed_by = gap, reason, by
    row.save()
    return row


@transaction.atomic
def set_aside(by: Any, reported: Iterable[Reported], reason: str) -> int:
    """No gap, and why. What led to a gap already stays with it. Returns how many were set aside."""
    reason = required(reason, _("Say why this is no gap in capacity."), "reason")
    chosen = list(reported)
    if not chosen:
        raise Invalid(_("Tick at least one obstacle."), field="selected")
    done = 0
    for update, obstacle in chosen:
        if ObstacleReview.objects.filter(update=update, obstacle=obstacle, gap__isnull=False).exists():
            continue
        row = review(by, (update, obstacle), reason=reason)
        record(
            by, "obstacle.set_aside", row, update=update.pk, obstacle=obstacle.code if obstacle else "", reason=reason
        )
        done += 1
    return done
