"""What became of a measure: reports by its lead institution. Nothing here touches a recommendation's status."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import without_history
from mutabaa.followup.models import Obstacle
from mutabaa.followup.services.rows import locked, required
from mutabaa.institutions.policies import posts_of
from mutabaa.plans.models import Measure, Progress
from mutabaa.plans.policies import may_report
from mutabaa.plans.states import Execution

EXPLAINED = {Execution.DELAYED, Execution.SUSPENDED, Execution.CANCELLED}


@transaction.atomic
def report_progress(
    by: Any,
    measure: Measure,
    *,
    execution: str,
    reported_on: dt.date | None = None,
    percent: int | None = None,
    text: str = "",
    next_step: str = "",
    obstacles: Iterable[Obstacle] = (),
    obstacle_text: str = "",
) -> Progress:
    """Add a report; the measure shows the latest by date. The reports before it stay.

    Delay, suspension and cancellation are explained; completion says what was done.
    """
    row = locked(measure, None, None, "plan")
    if not may_report(by, row):
        raise NotAllowed(_("The lead institution and the secretariat report on this measure."))
    reported_on = reported_on or timezone.localdate()
    if reported_on > timezone.localdate():
        raise Invalid(_("This day lies in the future."), field="reported_on")
    if execution not in Execution.values:
        raise Invalid(_("There is no such status."), field="execution")
    if percent is not None and not 0 <= percent <= 100:
        raise Invalid(_("Progress goes from 0 to 100 per cent."), field="percent")
    chosen = list(obstacles)
    if execution in EXPLAINED and not (text.strip() or obstacle_text.strip()):
        required("", _("Say why: what stands in the way, or what was decided."), "text")
    if execution == Execution.COMPLETED:
        required(text, _("Say what was done."), "text")
        if percent is not None and percent < 100:
            raise Invalid(_("A completed measure stands at 100 per cent. Correct one of the two."), field="percent")
    mine = {post.institution_id: post.institution for post in posts_of(by)}
    entry = Progress.objects.create(
        measure=row,
        execution=execution,
        percent=percent,
        text=text.strip(),
        next_step=next_step.strip(),
        obstacle_text=obstacle_text.strip(),
        language=(translation.get_language() or "en")[:2],
        reported_on=reported_on,
        institution=mine.get(row.lead_id),
        author=by,
    )
    entry.obstacles.set(chosen)
    latest = Progress.objects.filter(measure=row).order_by("-reported_on", "-recorded_at", "-id")[0]
    if row.execution != latest.execution:
        row.execution_on = latest.reported_on
    row.execution, row.percent, row.reported_on = latest.execution, latest.percent, latest.reported_on
    with without_history(row):  # the reports are the history
        row.save(update_fields=["execution", "execution_on", "percent", "reported_on", "updated_at"])
    record(by, "measure.reported", row, execution=execution, on=reported_on, obstacles=[o.code for o in chosen])
    return entry
