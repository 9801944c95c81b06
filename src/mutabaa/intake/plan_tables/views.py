"""The pages of a plan's table: its columns and its plan, names of institutions to assign, the rows kept aside."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.core.downloads import download
from mutabaa.core.errors import Invalid
from mutabaa.core.exports import Column, Sheet
from mutabaa.core.installation import installation_of
from mutabaa.institutions.models import Institution
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.plan_tables import choosing
from mutabaa.intake.plan_tables.forms import PlanColumnsForm
from mutabaa.intake.plan_tables.services import grid_of, rows_of, target_of
from mutabaa.intake.states import BatchState, Format, Outcome
from mutabaa.intake.wording import reason_text
from mutabaa.plans.models import Plan

SAMPLE = 5


@allow(SECRETARIAT)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reads the table at each visit: at most 20,000 rows, and only for the secretariat."""
    found = get_object_or_404(ImportBatch, public_id=public_id, format=Format.PLAN, state__in=choosing.OPEN)
    grid = grid_of(found)
    mapping = choosing.suggested_mapping(found, grid.header)
    form = PlanColumnsForm(request.POST or None, grid=grid, mapping=mapping, initial=first_values(request, found))
    if request.method == "POST" and form.is_valid():
        choosing.keep_columns(found, request.user, form.result(), grid.header, form.chosen_plan())
        messages.success(request, _("The table is being read."))
        return redirect("intake:batch", public_id)
    context = {
        "batch": found,
        "form": form,
        "header": grid.header,
        "first_rows": [[cell or "" for cell in line.cells] for line in grid.lines[:SAMPLE]],
        "count": len(grid.lines),
    }
    return render(request, "intake/plan/columns.html", context, status=422 if form.errors else 200)


def first_values(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """What was chosen before, else the plan from whose page the table was sent."""
    chosen = batch.options.get("plan") or {}
    language = (installation_of(request).languages or ["en"])[0]
    if chosen.get("id"):
        return {"plan": Plan.objects.filter(public_id=chosen["id"]).first(), "language": language}
    return {"language": language, "title": batch.file_name.rsplit(".", 1)[0][:200]} | chosen


@allow(SECRETARIAT)
@require_POST
def institutions(request: HttpRequest, public_id: str) -> HttpResponse:
    """`name_N` holds a name of the table, `institution_N` what a person chose for it."""
    found = get_object_or_404(ImportBatch, public_id=public_id, format=Format.PLAN)
    chosen = {
        name: request.POST.get(f"institution_{key.removeprefix('name_')}", "")
        for key, name in request.POST.items()
        if key.startswith("name_")
    }
    try:
        choosing.assign_institutions(found, request.user, chosen)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The institutions were assigned. The table is being read again."))
    return redirect("intake:batch", public_id)


@allow(SECRETARIAT)
@require_safe
def aside(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The rows kept aside, all their cells and why, to be mended and imported again."""
    found = get_object_or_404(ImportBatch, public_id=public_id, format=Format.PLAN)
    kept = {row.line: row for row in found.rows.filter(outcome=Outcome.REFUSED)}
    grid = grid_of(found)

    def lines() -> Iterator[list[Any]]:
        for row in rows_of(found, target_of(found)) if kept else ():
            if row.line in kept:
                why = " ".join(reason_text(code, detail) for code, detail in kept[row.line].reasons)
                yield [*row.cells[: len(grid.header)], why]

    sheet = Sheet(
        title=_("Rows kept aside"),
        columns=[
            *(Column(str(place), name or str(place + 1), "text", 30) for place, name in enumerate(grid.header)),
            Column("why", _("Why"), "text", 60),
        ],
        rows=lines(),
        language=(get_language() or "en")[:2],
    )
    return download(sheet, _("rows kept aside"), "xlsx")


def batch_context(batch: ImportBatch) -> dict[str, Any]:
    """What the page of an import shows of a plan's table: the plan, and the names to assign. Two queries."""
    chosen = batch.options.get("plan") or {}
    plan = Plan.objects.filter(public_id=chosen["id"]).first() if chosen.get("id") else None
    unknown = batch.counts.get("unknown", []) if batch.state == BatchState.PREVIEWED else []
    return {
        "plan": plan,
        "plan_title": str(plan) if plan else chosen.get("title", ""),
        "unknown": [{"number": n, "name": name, "rows": count} for n, (name, count) in enumerate(unknown)],
        "institutions": Institution.objects.filter(active=True) if unknown else [],
        "may_choose": batch.state == BatchState.PREVIEWED
        or (batch.state == BatchState.REFUSED and "mapping" in batch.options),
        "kept_aside": batch.counts.get("refused", 0),
    }
