"""The table, and the page of one recommendation."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, SIGNED_IN, STATE_STAFF, allow
from mutabaa.core import pages
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.core.installation import installation_of
from mutabaa.recommendations import services
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.figures import figures_of
from mutabaa.recommendations.filters import GROUPINGS, SORTS, RecommendationView, group_labels
from mutabaa.recommendations.forms import (
    KeepViewForm,
    NewRecommendationForm,
    PriorityForm,
    RecommendationForm,
    initial_of,
)
from mutabaa.recommendations.models import Recommendation, SavedView
from mutabaa.recommendations.options import filter_options, tag_labels
from mutabaa.recommendations.policies import may_edit
from mutabaa.recommendations.similar import similar_to
from mutabaa.recommendations.states import STATUS_TONE, Status
from mutabaa.recommendations.tagging import tags_of, translations_in
from mutabaa.recommendations.versions import versions_of

PER_PAGE = 50
VERSIONS_PER_PAGE = 100


def rows_of_page(page: Any, grouped: bool) -> list[dict[str, Any]]:
    """The records of a page of (pk, group) pairs or pks, in its order, with what a row shows."""
    pairs = [tuple(entry) if grouped else (entry, None) for entry in page.object_list]
    found = {r.pk: r for r in Recommendation.objects.for_list().filter(pk__in={pk for pk, _code in pairs})}
    return [{"record": found[pk], "group": code} for pk, code in pairs if pk in found]


def head_groups(lines: list[dict[str, Any]], groups: dict[Any, str], counts: dict[Any, int]) -> None:
    """Mark each line that begins a group, with the group's name and size."""
    before: Any = object()
    for line in lines:
        line["starts_group"] = line["group"] != before
        line["group_label"] = groups.get(line["group"]) or _("none")
        line["group_count"] = counts.get(line["group"], 0)
        before = line["group"]


@allow(SIGNED_IN)
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """All that the person works on, filtered and grouped as the address says. At most 15 queries."""
    view = RecommendationView.from_query(request.GET)
    partial = request.headers.get("HX-Target") == "results"
    scope = Recommendation.objects.in_scope(request.user)
    rows = view.apply(scope, stale_after_days=installation_of(request).stale_after_days)
    figures = figures_of(rows)
    tags = tag_labels(scope)
    counts = view.group_counts(rows) if view.group_by else {}
    listed: Any = view.grouped(rows) if view.group_by else view.ordered(rows).values_list("pk", flat=True)
    paginator = Paginator(listed, PER_PAGE)
    paginator.count = sum(counts.values()) if view.group_by else figures.total  # type: ignore[misc]
    page = paginator.get_page(request.GET.get("page"))
    lines = rows_of_page(page, bool(view.group_by))
    if view.group_by:
        groups = dict(tags.get({"lead": "institution", "target": "sdg"}.get(view.group_by, view.group_by), []))
        if not groups:
            groups = group_labels(view.group_by, {line["group"] for line in lines})
        head_groups(lines, groups, counts)
    context = {
        "view": view,
        "page": page,
        "lines": lines,
        "figures": figures,
        "statuses": [(s, Status(s).label, n, STATUS_TONE[s]) for s, n in figures.statuses.items() if n],
        "options": [] if partial else filter_options(view, tags, scope),
        "groupings": [(k, label) for k, (label, _f) in GROUPINGS.items()],
        "sorts": [(k, label) for k, (label, _o) in SORTS.items()],
        "chosen": view.chosen(tags),
        "saved": SavedView.objects.filter(user=request.user) | SavedView.objects.filter(shared=True),
        "keep_form": KeepViewForm(initial={"query": view.query()}),
        "may_edit": may_edit(request.user),
        "scope_is_empty": not view.values and figures.total == 0,
    }
    return render(request, "recommendations/_results.html" if partial else "recommendations/table.html", context)


@allow(SIGNED_IN)
@require_safe
def download(request: HttpRequest, form: str) -> HttpResponseBase:
    """Exactly the view of the address, as XLSX, CSV, DOCX or JSON."""
    from mutabaa.recommendations.exports import export

    view = RecommendationView.from_query(request.GET)
    rows = view.apply(
        Recommendation.objects.in_scope(request.user), stale_after_days=installation_of(request).stale_after_days
    )
    return export(view, rows, form, request.user)


def record_or_404(request: HttpRequest, public_id: str) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user).own()
    return get_object_or_404(rows.select_related("document", "mechanism", "state", "lead"), public_id=public_id)


@allow(SIGNED_IN)
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything known about one recommendation; other rooms add their panels."""
    rows = Recommendation.objects.visible_to(request.user).own().for_page().select_related("lead")
    record = get_object_or_404(rows, public_id=public_id)
    more = [part for make in pages.record_names for part in make(record, request.user)]
    record.named = tags = tags_of(record, visible_clusters(request.user), more)  # type: ignore[attr-defined]
    return render(
        request,
        "recommendations/detail.html",
        {
            "record": record,
            "tags": tags,
            "translations": translations_in(tags),
            "positions": record.positions_stated(),
            # The side first: follow-up reads there who is responsible, which its other panels go on with.
            "side_panels": pages.collect(pages.record_side_panels, request, record),
            "panels": pages.collect(pages.record_panels, request, record),
            "may_edit": may_edit(request.user),
        },
    )


@allow(SIGNED_IN)
@require_safe
def similar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Fetched by the record's page when a person scrolls to it; a page of its own without script."""
    record = record_or_404(request, public_id)
    found = similar_to(record, Recommendation.objects.own().visible_to(request.user))
    part = request.headers.get("HX-Request")
    template = "recommendations/_similar.html" if part else "recommendations/similar.html"
    panels = pages.collect(pages.record_likeness_panels, request, record)
    return render(request, template, {"record": record, "similar": found, "likeness_panels": panels})


@allow(STATE_STAFF)
@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every version of the record, newest first, each with what changed against the one before. Ten queries at most."""
    record = record_or_404(request, public_id)
    page = Paginator(record.history.all(), VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    entries = versions_of(record, first=(page.number - 1) * VERSIONS_PER_PAGE, limit=VERSIONS_PER_PAGE)
    return render(request, "recommendations/history.html", {"record": record, "entries": entries, "page": page})


@allow(SECRETARIAT)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    record = record_or_404(request, public_id)
    form = RecommendationForm(request.POST or None, initial=initial_of(record))
    conflict = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        version = data.pop("version")
        try:
            services.edit_recommendation(request.user, record, version, **data)
        except Conflict as error:
            conflict = conflict_of(form, error, initial_of(error.current))
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The recommendation was changed."))
            return redirect(record.workspace_url())
    return render(
        request,
        "recommendations/form.html",
        {"form": form, "record": record, "conflict": conflict, "title": _("Edit the recommendation")},
        status=409 if conflict else 200,
    )


def conflict_of(form: Any, error: Conflict, now: dict[str, Any]) -> dict[str, Any]:
    """What stands now beside what the person wrote, field by field; the form goes on from the newest version."""
    form.data = form.data.copy()
    form.data["version"] = str(error.current.version)
    rows = []
    for name, bound in ((n, form[n]) for n in form.fields if n != "version"):
        mine, theirs = error.mine.get(name), now.get(name)
        mine_text, theirs_text = shown(mine), shown(theirs)
        if name in error.mine and mine_text != theirs_text:
            rows.append({"label": bound.label, "mine": mine_text, "theirs": theirs_text})
    return {"message": str(error.message), "rows": rows}


def shown(value: Any) -> str:
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(sorted(str(v) for v in value))
    return "" if value is None else str(value)


@allow(SECRETARIAT)
def create(request: HttpRequest) -> HttpResponse:
    """Enter one item by hand: for regional bodies, judgments, pledges that no export holds."""
    installation = installation_of(request)
    initial = {
        "visibility": installation.default_visibility,
        "kind": "recommendation",
        "language": (installation.languages or ["en"])[0],
    }
    form = NewRecommendationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data.pop("version")
        try:
            with transaction.atomic():
                document = services.find_or_create_document(
                    data.pop("mechanism"), installation.state, data.pop("symbol").strip(), data.pop("published_on"),
                    kind=data.pop("document_kind"), cycle=data.pop("cycle"), language=data["language"],
                )  # fmt: skip
                record = services.create_recommendation(request.user, document=document, **data)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The recommendation was entered."))
            return redirect(record.workspace_url())
    return render(request, "recommendations/form.html", {"form": form, "title": _("Enter a recommendation")})


def selected(request: HttpRequest) -> Any:
    """The rows ticked in the table that the person may see."""
    ids = request.POST.getlist("selected") or request.GET.getlist("selected")
    return Recommendation.objects.in_scope(request.user).filter(public_id__in=ids[:2000])


@allow(SECRETARIAT)
def priority(request: HttpRequest) -> HttpResponse:
    """One priority, with its reason, for the rows that were ticked."""
    rows = selected(request).select_related("document")
    form = PriorityForm(request.POST if "priority" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            data = form.cleaned_data
            n = services.set_priority(
                request.user, rows, data["priority"], data["priority_reason"], data["priority_note"]
            )
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, ngettext("%(n)d priority was set.", "%(n)d priorities were set.", n) % {"n": n})
            return redirect("recommendations:table")
    return render(request, "recommendations/priority.html", {"form": form, "rows": rows})


@allow(SECRETARIAT)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask why, then take the item out of every list."""
    record = record_or_404(request, public_id)
    if request.method == "POST":
        services.withdraw(request.user, record, request.POST.get("reason", ""))
        messages.success(request, _("The item was withdrawn. Its history is kept."))
        return redirect("recommendations:table")
    return render(request, "recommendations/withdraw.html", {"record": record})


@allow(SIGNED_IN)
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    form = KeepViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the view a name."))
        return redirect("recommendations:table")
    kept = services.keep_view(request.user, **form.cleaned_data)
    messages.success(request, _("The view “%(name)s” was kept.") % {"name": kept.name})
    return redirect(reverse("recommendations:table") + "?" + kept.query)


@allow(SIGNED_IN)
@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = SavedView.objects.filter(pk=pk, user=request.user).first()
    if view is None:
        raise Http404
    services.drop_view(request.user, view)
    messages.success(request, _("The view was dropped."))
    return redirect("recommendations:table")
