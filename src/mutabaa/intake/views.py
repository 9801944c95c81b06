"""The imports pages: upload, progress, preview, decision, undo, columns."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.core.errors import Invalid
from mutabaa.intake import receiving, services, undo
from mutabaa.intake.forms import MappingForm, UploadForm
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.plan_tables.undo import created_count
from mutabaa.intake.plan_tables.views import batch_context
from mutabaa.intake.states import QUIRKS, REASONS, BatchState, Format, Outcome
from mutabaa.intake.wording import shown_rows
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import State


@allow(SECRETARIAT)
def index(request: HttpRequest) -> HttpResponse:
    """`?plan=` comes from the page of a plan whose measures stand in a table."""
    plan = request.POST.get("plan", "") or request.GET.get("plan", "")
    initial = {"plan": plan, "format": Format.PLAN if plan else receiving.AUTO}
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            batch = receiving.receive(
                form.cleaned_data["file"],
                request.user,
                format=form.cleaned_data["format"] or receiving.AUTO,
                state=form.scope_code(),
                plan=form.cleaned_data["plan"],
            )
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            return redirect("intake:batch", batch.public_id)
    page = Paginator(ImportBatch.objects.select_related("created_by"), 25).get_page(request.GET.get("page"))
    return render(request, "intake/index.html", {"form": form, "page": page}, status=422 if form.errors else 200)


@allow(SECRETARIAT)
@require_safe
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the import stands: its progress while the worker has it, then the preview or the result."""
    found = get_object_or_404(ImportBatch.objects.select_related("created_by"), public_id=public_id)
    if found.state == BatchState.MAPPING:
        return redirect("intake:plan_columns" if found.format == Format.PLAN else "intake:mapping", public_id)
    if found.state == BatchState.REVIEW:
        return redirect("intake:document", public_id)
    code = str(found.options.get("state", ""))
    context: dict[str, Any] = {"batch": found, "of": State.objects.filter(code=code).first() or code}
    if not found.is_working:
        context |= preview_context(request, found)
        if found.format == Format.PLAN:
            context |= batch_context(found)
    if request.headers.get("HX-Request") and not found.is_working:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    template = "intake/_progress.html" if request.headers.get("HX-Request") else "intake/batch.html"
    return render(request, template, context)


def preview_context(request: HttpRequest, found: ImportBatch) -> dict[str, Any]:
    rows = found.rows.all()
    counts = {outcome: rows.filter(outcome=outcome).count() for outcome in Outcome.values}
    tabs = [outcome for outcome in ("refused", "doubtful", "changed", "new") if counts[outcome]]
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in tabs else (tabs[0] if tabs else "")
    search = request.GET.get("q", "").strip()[:200]
    rows = rows.filter(outcome=outcome)
    if search:
        rows = rows.filter(Q(excerpt__icontains=search) | Q(label__icontains=search))
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    pks = [row.recommendation_id for row in page.object_list if row.recommendation_id]
    records = Recommendation.objects.visible_to(request.user).only("pk", "public_id").in_bulk(pks)
    quirks = [(QUIRKS.get(name, name), count) for name, count in found.counts.get("quirks", {}).items()]
    reasons = [(REASONS[code], code) for code in REASONS]
    return {
        "tabs": [(o, Outcome(o).label, counts[o]) for o in tabs],
        "outcome": outcome,
        "page": page,
        "rows": shown_rows(page.object_list, records),
        "search": search,
        "quirks": quirks,
        "reasons": reasons,
        "may_apply": found.state == BatchState.PREVIEWED,
        "may_discard": found.state in {BatchState.PREVIEWED, BatchState.REFUSED, BatchState.MAPPING},
        "may_undo": found.state == BatchState.APPLIED,
        "may_review": found.format == Format.DOCUMENT and found.state == BatchState.PREVIEWED,
        "may_map": found.format == Format.TABLE and found.state in {BatchState.PREVIEWED, BatchState.REFUSED},
        "nothing_to_do": found.state == BatchState.PREVIEWED
        and not (found.counts.get("new") or found.counts.get("changed") or found.counts.get("doubtful")),
    }


@allow(SECRETARIAT)
@require_POST
def apply(request: HttpRequest, public_id: str) -> HttpResponse:
    receiving.ask_to_apply(get_object_or_404(ImportBatch, public_id=public_id), request.user)
    return redirect("intake:batch", public_id)


@allow(SECRETARIAT)
@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    services.discard(get_object_or_404(ImportBatch, public_id=public_id), request.user)
    messages.success(request, _("The import was discarded. Nothing was changed."))
    return redirect("intake:index")


@allow(SECRETARIAT)
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """What an undo would do, then the undo."""
    found = get_object_or_404(ImportBatch, public_id=public_id, state=BatchState.APPLIED)
    if request.method == "POST":
        undo.undo(found, request.user)
        messages.success(request, _("The import was undone."))
        return redirect("intake:batch", public_id)
    context = {
        "batch": found,
        "builds_on": undo.builds_on(found),
        "records": created_count(found) if found.format == Format.PLAN else undo.created_by(found).count(),
        "changed": undo.changed_rows(found).filter(outcome__in=[Outcome.CHANGED, Outcome.DOUBTFUL]).count(),
    }
    return render(request, "intake/undo.html", context)


@allow(SECRETARIAT)
def mapping(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the columns hold. Reads the table at each visit: at most 200 MB, and only for the secretariat."""
    states = [BatchState.MAPPING, BatchState.PREVIEWED, BatchState.REFUSED]
    found = get_object_or_404(ImportBatch, public_id=public_id, format=Format.TABLE, state__in=states)
    table = receiving.table_of(found)
    suggested = receiving.suggested_mapping(found, table)
    form = MappingForm(request.POST or None, table=table, mapping=suggested)
    if not suggested.name:
        form.fields["name"].initial = found.file_name.rsplit(".", 1)[0][:120]
    if request.method == "POST" and form.is_valid():
        try:
            receiving.keep_mapping(found, request.user, form.result(), table.header)
        except Invalid as refusal:
            form.add_error(
                f"column_{refusal.field}" if f"column_{refusal.field}" in form.fields else None, str(refusal.message)
            )
        else:
            messages.success(request, _("The mapping was kept. The table is being read."))
            return redirect("intake:batch", public_id)
    context = {
        "batch": found,
        "form": form,
        "header": table.header,
        "first_rows": [cells for _n, cells in table.rows[:5]],
        "encoding": table.encoding,
    }
    return render(request, "intake/mapping.html", context, status=422 if form.errors else 200)
