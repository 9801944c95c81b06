"""The list of indicators, their metadata sheets, and the path from baseline to target."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import without_history
from mutabaa.indicators.models import Indicator, TargetPoint
from mutabaa.indicators.policies import may_manage
from mutabaa.recommendations.services import locked

TAGS = ("themes", "sdgs", "dimensions")


def require_manager(by: Any) -> None:
    if not may_manage(by):
        raise NotAllowed(_("Only the secretariat and the statisticians change the list of indicators."))


@transaction.atomic
def create_indicator(by: Any, **fields: Any) -> Indicator:
    require_manager(by)
    if Indicator.objects.filter(code=fields.get("code", "")).exists():
        raise Invalid(_("There is an indicator with this code already."), field="code")
    tags = {name: fields.pop(name) for name in TAGS if name in fields}
    row = Indicator(**fields)
    _written(row, tags)
    audit(by, "indicator.created", row, code=row.code)
    return row


@transaction.atomic
def update_indicator(by: Any, indicator: Indicator, version: int | None, **fields: Any) -> Indicator:
    """Change the sheet. Measure and multiplier stand fast once figures rest on them: another definition is another indicator."""
    require_manager(by)
    row: Indicator = locked(Indicator, indicator.pk, version, fields)
    tags = {name: fields.pop(name) for name in TAGS if name in fields}
    for name in ("measure", "factor"):
        if name in fields and fields[name] != getattr(row, name) and row.observations.exists():
            raise Invalid(
                _("Figures rest on this measure. Make a new indicator for another way of measuring."), field=name
            )
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    _written(row, tags)
    audit(by, "indicator.changed", row, fields=sorted([*fields, *tags]))
    return row


def _written(row: Indicator, tags: dict[str, Any]) -> None:
    """One version in the history, with the tags that belong to it."""
    with without_history(row):
        row.save()
        for name, values in tags.items():
            getattr(row, name).set(values)
    row.save()


@transaction.atomic
def set_path(
    by: Any, indicator: Indicator, version: int | None, points: Sequence[tuple[bool, int, Decimal, str]]
) -> None:
    """The whole path: (is the baseline, year, value, set by) for each point; what is not among them goes, and stays in the history."""
    require_manager(by)
    row: Indicator = locked(Indicator, indicator.pk, version, {"points": points})
    baselines = [year for baseline, year, _value, _by in points if baseline]
    if len(baselines) > 1:
        raise Invalid(_("There is one baseline."))
    if len({year for _b, year, _v, _s in points}) < len(points):
        raise Invalid(_("Each year stands once."))
    if baselines and any(year < baselines[0] for _b, year, _v, _s in points):
        raise Invalid(_("A target comes after the baseline."))
    for old in row.targets.all():
        old.delete()
    for baseline, year, value, set_by in points:
        TargetPoint.objects.create(indicator=row, baseline=baseline, year=year, value=value, set_by=set_by)
    row.version += 1
    row.save()
    audit(by, "indicator.path_set", row, points=[[b, y, str(v), s] for b, y, v, s in points])
