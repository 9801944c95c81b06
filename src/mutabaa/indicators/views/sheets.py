"""The metadata sheet and its history, and the path from baseline to target."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.accounts.models import Role
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.core.installation import current
from mutabaa.indicators import services
from mutabaa.indicators.forms import PathFormSet, SheetForm
from mutabaa.indicators.models import Indicator
from mutabaa.indicators.views.pages import visible

MANAGING = SECRETARIAT | frozenset({Role.STATISTICIAN.value})


@allow(MANAGING)
def new(request: HttpRequest) -> HttpResponse:
    form = SheetForm(request.POST or None, languages=current().languages)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("version")
        row = services.create_indicator(request.user, **given)
        messages.success(request, _("The indicator was added."))
        return redirect("indicators:detail", row.code)
    context = {"form": form, "title": _("New indicator")}
    return render(request, "indicators/sheet.html", context, status=422 if form.errors else 200)


@allow(MANAGING)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    indicator = visible(request, code)
    form = SheetForm(request.POST or None, instance=indicator, languages=current().languages)
    conflict = None
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        version = given.pop("version")
        given.pop("code")
        try:
            services.update_indicator(request.user, Indicator.objects.get(pk=indicator.pk), version, **given)
        except Conflict as refusal:
            conflict = str(refusal)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The sheet was kept."))
            return redirect("indicators:detail", code)
    context = {"form": form, "title": _("Metadata sheet"), "indicator": indicator, "conflict": conflict}
    return render(request, "indicators/sheet.html", context, status=409 if conflict else 422 if form.errors else 200)


@allow(MANAGING)
def path(request: HttpRequest, code: str) -> HttpResponse:
    """Baseline and targets, all on one page."""
    indicator = visible(request, code)
    initial = [
        {"baseline": t.baseline, "year": t.year, "value": t.value.normalize(), "set_by": t.set_by}
        for t in indicator.targets.all()
    ]
    # Without the old points beside what was sent: a line that stands as it was would be taken for an empty one.
    forms = PathFormSet(request.POST) if request.method == "POST" else PathFormSet(initial=initial)
    refused = ""
    if request.method == "POST" and forms.is_valid():
        given = [f.cleaned_data for f in forms if f.cleaned_data.get("year") is not None]
        points = [(bool(g["baseline"]), g["year"], g["value"], g["set_by"].strip()) for g in given]
        version = request.POST.get("version", "")
        try:
            services.set_path(
                request.user, indicator, int(version) if version.isdecimal() and len(version) < 9 else None, points
            )
        except (Conflict, Invalid) as refusal:
            refused = str(refusal.message)
        else:
            messages.success(request, _("The path was kept."))
            return redirect("indicators:detail", code)
    wrong = refused or (request.method == "POST" and not forms.is_valid())
    context: dict[str, Any] = {"indicator": indicator, "forms": forms, "refused": refused}
    return render(request, "indicators/path.html", context, status=422 if wrong else 200)


@allow(MANAGING)
@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Who changed the sheet and the path, when, and what."""
    indicator = visible(request, code)
    versions = list(indicator.history.select_related("history_user").order_by("-history_date", "-history_id")[:100])  # type: ignore[attr-defined]
    lines = []
    for n, version in enumerate(versions):
        earlier = versions[n + 1] if n + 1 < len(versions) else None
        changed = []
        if earlier is not None:
            for field in Indicator._meta.concrete_fields:
                if field.name not in ("id", "created_at", "updated_at", "version") and (
                    (before := getattr(earlier, field.attname)) != (after := getattr(version, field.attname))
                ):
                    changed.append((field.verbose_name, before, after))
        lines.append((version, changed))
    return render(request, "indicators/history.html", {"indicator": indicator, "lines": lines})
