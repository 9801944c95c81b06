"""From an address to what a person may see there; and what every page of plans does with a refusal."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from mutabaa.core.errors import Refusal
from mutabaa.plans.models import Measure, Outcome, Plan


def plan_or_404(request: HttpRequest, public_id: str) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user), public_id=public_id)


def outcome_or_404(request: HttpRequest, public_id: str) -> Outcome:
    rows = Outcome.objects.filter(removed=False, plan__in=Plan.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("plan", "cluster", "theme"), public_id=public_id)


def measure_or_404(request: HttpRequest, public_id: str) -> Measure:
    rows = Measure.objects.visible_to(request.user).select_related("plan", "outcome", "lead", "agreed_by")
    return get_object_or_404(rows, public_id=public_id)


def say(form: Any, refusal: Refusal) -> None:
    """Show a refusal at its field, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


def version_in(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdigit() else None
