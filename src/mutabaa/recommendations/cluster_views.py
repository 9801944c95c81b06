"""Clusters: the list, one cluster's page, and the deeds on it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, SIGNED_IN, allow
from mutabaa.core import pages
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.core.installation import installation_of
from mutabaa.recommendations import clustering
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.figures import added_up, figures_by
from mutabaa.recommendations.forms import ClusterForm, ClusterPriorityForm, initial_of_cluster
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.recommendations.policies import may_edit
from mutabaa.recommendations.states import STATUS_TONE, Status
from mutabaa.recommendations.views import conflict_of, selected


@allow(SIGNED_IN)
@require_safe
def clusters(request: HttpRequest) -> HttpResponse:
    """Every cluster with its size and recurrence, counted over what the person may see."""
    links = Cluster.members.through.objects.filter(
        recommendation__in=Recommendation.objects.own().visible_to(request.user)
    )
    sizes = {
        row.pop("cluster_id"): row
        for row in links.values("cluster_id").annotate(
            size=Count("pk"),
            bodies=Count("recommendation__mechanism", distinct=True),
            documents=Count("recommendation__document", distinct=True),
            implemented=Count("pk", filter=Q(recommendation__status=Status.IMPLEMENTED)),
            last=Max("recommendation__last_update_on"),
        )
    }
    nothing = {"size": 0, "bodies": 0, "documents": 0, "implemented": 0, "last": None}
    rows = [
        {"cluster": row, **sizes.get(row.pk, nothing)} for row in visible_clusters(request.user).select_related("theme")
    ]
    rows.sort(key=lambda row: (-row["bodies"], -row["size"], row["cluster"].code))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    own = Recommendation.objects.in_scope(request.user)
    gathered = own.filter(pk__in=Cluster.members.through.objects.values("recommendation_id")).count()
    return render(
        request,
        "recommendations/clusters.html",
        {"page": page, "may_edit": may_edit(request.user), "gathered": gathered, "total": own.count()},
    )


@allow(SIGNED_IN)
@require_safe
def cluster(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(visible_clusters(request.user).select_related("theme"), code=code)
    members = row.members.own().visible_to(request.user)
    by_mechanism = figures_by(members, "mechanism")
    figures = added_up(by_mechanism, None, "")  # a record has one mechanism
    listed = members.select_related("document", "mechanism", "lead").order_by(
        "mechanism__family", "-published_on", "id"
    )
    paginator = Paginator(listed, 100)
    paginator.count = figures.total  # type: ignore[misc]  # counted already
    return render(
        request,
        "recommendations/cluster.html",
        {
            "cluster": row,
            "members": paginator.get_page(request.GET.get("page")),
            "figures": figures,
            "statuses": [(s, Status(s).label, n, STATUS_TONE[s]) for s, n in figures.statuses.items() if n],
            "recurrence": clustering.recurrence(members),
            "by_mechanism": by_mechanism,
            "by_year": sorted(figures_by(members, "year"), key=lambda line: line.code),
            "panels": pages.collect(pages.cluster_panels, request, row),
            "may_edit": may_edit(request.user),
        },
    )


@allow(SECRETARIAT)
def create(request: HttpRequest) -> HttpResponse:
    """A new cluster, with the rows ticked in the table as its first members."""
    chosen = selected(request)
    sent = request.method == "POST" and "code" in request.POST
    form = ClusterForm(
        request.POST if sent else None, initial={"visibility": "public"}, languages=installation_of(request).languages
    )
    if sent and form.is_valid():
        data = {k: v for k, v in form.cleaned_data.items() if k != "version"}
        try:
            row = clustering.create_cluster(request.user, members=chosen, **data)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The cluster was made."))
            return redirect("recommendations:cluster", row.code)
    return render(request, "recommendations/form.html", {"form": form, "title": _("New cluster"), "carried": chosen})


@allow(SECRETARIAT)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(visible_clusters(request.user), code=code)
    form = ClusterForm(
        request.POST or None, initial=initial_of_cluster(row), languages=installation_of(request).languages
    )
    conflict: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            row = clustering.edit_cluster(request.user, row, data.pop("version"), **data)
        except Conflict as error:
            conflict = conflict_of(form, error, initial_of_cluster(error.current))
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The cluster was changed."))
            return redirect("recommendations:cluster", row.code)
    context = {"form": form, "title": _("Edit the cluster"), "conflict": conflict, "cluster": row}
    return render(request, "recommendations/form.html", context, status=409 if conflict else 200)


@allow(SECRETARIAT)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add the ticked rows to the cluster chosen on the table."""
    row = get_object_or_404(visible_clusters(request.user), code=request.POST.get("cluster", ""))
    n = clustering.add_members(request.user, row, selected(request))
    messages.success(
        request, ngettext("%(n)d recommendation was added.", "%(n)d recommendations were added.", n) % {"n": n}
    )
    return redirect("recommendations:cluster", row.code)


@allow(SECRETARIAT)
@require_POST
def remove(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(visible_clusters(request.user), code=code)
    n = clustering.remove_members(request.user, row, selected(request))
    messages.success(
        request, ngettext("%(n)d recommendation was taken out.", "%(n)d recommendations were taken out.", n) % {"n": n}
    )
    return redirect("recommendations:cluster", row.code)


@allow(SECRETARIAT)
def priority(request: HttpRequest, code: str) -> HttpResponse:
    """Set the priority; the form opens with what the recurrence suggests."""
    row = get_object_or_404(visible_clusters(request.user), code=code)
    found = clustering.recurrence(row.members.own().visible_to(request.user))
    initial = {
        "priority": row.priority or found.suggested,
        "priority_reason": row.priority_reason or found.reason,
        "priority_note": row.priority_note or found.sentence(),
        "members_too": True,
    }
    form = ClusterPriorityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            clustering.set_cluster_priority(
                request.user,
                row,
                data["priority"],
                data["priority_reason"],
                data["priority_note"],
                members_too=data["members_too"],
            )
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The priority was set."))
            return redirect(reverse("recommendations:cluster", args=[row.code]))
    context = {"form": form, "title": _("Priority of the cluster"), "cluster": row, "recurrence": found}
    return render(request, "recommendations/form.html", context)
