"""From an address to what a person may see there; and what every page of plans does with a refusal."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from mutabaa.core.errors import Refusal
from mutabaa.plans.models import KeptEdit, Measure, Outcome, Plan


def plan_or_404(request: HttpRequest, public_id: str) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user), public_id=public_id)


def outcome_or_404(request: HttpRequest, public_id: str) -> Outcome:
    rows = Outcome.objects.filter(removed=False, plan__in=Plan.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("plan", "cluster", "theme"), public_id=public_id)


def measure_or_404(request: HttpRequest, public_id: str) -> Measure:
    """With `has_instruments` and `has_links`: most measures have none, and their page asks no more. `kept_id` and `kept_at` name the
    last text of the person that met another one and was kept."""
    links = Measure.depends_on.through.objects.filter(Q(from_measure=OuterRef("pk")) | Q(to_measure=OuterRef("pk")))
    kept = KeptEdit.objects.filter(measure=OuterRef("pk"), author_id=request.user.pk, resolved_at=None)
    rows = Measure.objects.visible_to(request.user).annotate(
        has_instruments=Exists(Measure.instruments.through.objects.filter(measure=OuterRef("pk"))),
        has_links=Exists(links),
        kept_id=Subquery(kept.order_by("-kept_at").values("public_id")[:1]),
        kept_at=Subquery(kept.order_by("-kept_at").values("kept_at")[:1]),
    )
    return get_object_or_404(rows.select_related("plan", "outcome__plan", "lead", "agreed_by"), public_id=public_id)


def say(form: Any, refusal: Refusal) -> None:
    """Show a refusal at its field, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


def version_in(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() else None
