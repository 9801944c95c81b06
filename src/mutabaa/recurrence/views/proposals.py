"""Proposed clusters: the list, one proposal, and the deeds on it; what is unclustered; splitting and merging clusters that exist."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, SIGNED_IN, allow
from mutabaa.core.downloads import download
from mutabaa.core.installation import installation_of
from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.recommendations import clustering
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.models import Recommendation
from mutabaa.recurrence import services
from mutabaa.recurrence.exports import clusters_sheet
from mutabaa.recurrence.forms import AcceptForm, TitlesForm
from mutabaa.recurrence.models import ClusterProposal
from mutabaa.recurrence.policies import may_decide
from mutabaa.recurrence.states import ProposalState


def seen_by(person: Any) -> Any:
    return Recommendation.objects.own().visible_to(person)


@allow(SECRETARIAT)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """The proposals that wait, the most recurrent first; figures over what the person may read."""
    state = request.GET.get("state", "")
    state = state if state in ProposalState.values else ProposalState.PROPOSED.value
    counts = dict(ClusterProposal.objects.order_by().values_list("state").annotate(n=Count("pk")))
    mine = Q(members__in=seen_by(request.user).values("pk"))
    rows = (
        ClusterProposal.objects.filter(state=state)
        .select_related("theme", "cluster")
        .annotate(
            size=Count("members", filter=mine, distinct=True),
            bodies=Count("members__mechanism", filter=mine, distinct=True),
            rounds=Count("members__document", filter=mine, distinct=True),
            cycles=Count("members__cycle", filter=mine, distinct=True),
        )
        .order_by("-bodies", "-size", "pk")
    )
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "state": state,
        "states": [(s.value, s.label, counts.get(s.value, 0)) for s in ProposalState],
        "unclustered": services.unclustered(request.user).count(),
        "tab": "proposals",
        "may_decide": True,
    }
    return render(request, "recurrence/proposals.html", context)


def open_proposal(request: HttpRequest, pk: int) -> ClusterProposal:
    return get_object_or_404(ClusterProposal.objects.select_related("theme", "cluster"), pk=pk)


def version_of(request: HttpRequest) -> int | None:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else None


def ticked(request: HttpRequest) -> Any:
    return seen_by(request.user).filter(public_id__in=request.POST.getlist("selected")[:2000])


@allow(SECRETARIAT)
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    row = open_proposal(request, pk)
    members = row.members.filter(pk__in=seen_by(request.user).values("pk"))
    listed = members.select_related("document", "mechanism").order_by("mechanism__family", "published_on", "pk")
    raised = (
        members.order_by()
        .values("mechanism__code", "cycle", "year")
        .annotate(items=Count("pk"))
        .order_by("mechanism__code", "year", "cycle")
    )
    others = ClusterProposal.objects.filter(state=ProposalState.PROPOSED).exclude(pk=row.pk)
    initial = {f"title_{c}": getattr(row, f"title_{c}") for c in CONTENT_LANGUAGES} | {"version": row.version}
    context = {
        "proposal": row,
        "members": Paginator(listed, 200).get_page(request.GET.get("page")),
        "recurrence": clustering.recurrence(members),
        "raised": list(raised),
        "titles": TitlesForm(initial=initial, languages=installation_of(request).languages),
        "accept": AcceptForm(initial={"version": row.version, "visibility": "institutions"}),
        "others": others[:300],
        "open": row.state == ProposalState.PROPOSED,
    }
    return render(request, "recurrence/proposal.html", context)


@allow(SECRETARIAT)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    row = open_proposal(request, pk)
    form = AcceptForm(request.POST)
    visibility = form.cleaned_data["visibility"] if form.is_valid() else "institutions"
    cluster = services.accept_proposal(request.user, row, version=version_of(request), visibility=visibility)
    messages.success(request, _("The cluster was made."))
    return redirect("recommendations:cluster", cluster.code)


@allow(SECRETARIAT)
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    row = open_proposal(request, pk)
    form = TitlesForm(request.POST, languages=installation_of(request).languages)
    if form.is_valid():
        services.rename(request.user, row, form.titles(), version=form.cleaned_data["version"])
        messages.success(request, _("The proposal was renamed."))
    return redirect("recurrence:proposal", pk)


@allow(SECRETARIAT)
@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked ones into a proposal of their own, or out of it."""
    row = open_proposal(request, pk)
    if "leave_out" in request.POST:
        n = services.leave_out(request.user, row, ticked(request), version=version_of(request))
        messages.success(
            request,
            ngettext("%(n)d recommendation was taken out.", "%(n)d recommendations were taken out.", n) % {"n": n},
        )
        return redirect("recurrence:proposal", pk)
    made = services.split(request.user, row, ticked(request), version=version_of(request))
    messages.success(request, _("The ticked recommendations are a proposal of their own now. Give it a title."))
    return redirect("recurrence:proposal", made.pk)


@allow(SECRETARIAT)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    row = open_proposal(request, pk)
    chosen = [v for v in request.POST.getlist("others") if v.isdecimal() and len(v) < 12][:50]
    services.merge(request.user, row, ClusterProposal.objects.filter(pk__in=chosen), version=version_of(request))
    messages.success(request, _("The proposals were merged."))
    return redirect("recurrence:proposal", pk)


@allow(SECRETARIAT)
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    services.dismiss(request.user, open_proposal(request, pk), version=version_of(request))
    messages.success(request, _("The proposal was dismissed. Its recommendations stay unclustered."))
    return redirect("recurrence:proposals")


@allow(SIGNED_IN)
@require_safe
def unclustered(request: HttpRequest) -> HttpResponse:
    rows = services.unclustered(request.user)
    page = Paginator(rows.select_related("document", "mechanism").order_by("-published_on", "pk"), 50)
    return render(
        request,
        "recurrence/unclustered.html",
        {"page": page.get_page(request.GET.get("page")), "tab": "unclustered", "may_decide": may_decide(request.user)},
    )


@allow(SIGNED_IN)
@require_safe
def clusters_file(request: HttpRequest, form: str) -> HttpResponseBase:
    return download(clusters_sheet(request.user), "clusters", form)


@allow(SECRETARIAT)
def split_cluster(request: HttpRequest, code: str) -> HttpResponse:
    """Tick the members that go into a new cluster, and name it."""
    row = get_object_or_404(visible_clusters(request.user), code=code)
    form = TitlesForm(request.POST or None, languages=installation_of(request).languages)
    if request.method == "POST" and form.is_valid():
        named = {f"title_{language}": title.strip() for language, title in form.titles().items() if title.strip()}
        if not named:
            form.add_error(None, _("Give the cluster a title."))
        else:
            made = clustering.split_cluster(request.user, row, ticked(request), **named)
            messages.success(request, _("The cluster was split."))
            return redirect("recommendations:cluster", made.code)
    members = row.members.own().visible_to(request.user).select_related("document", "mechanism")  # type: ignore[attr-defined]
    chosen = set(request.POST.getlist("selected"))
    context = {"cluster": row, "form": form, "members": members.order_by("published_on", "pk")[:500], "chosen": chosen}
    return render(request, "recurrence/split_cluster.html", context, status=422 if form.errors else 200)


@allow(SECRETARIAT)
@require_POST
def merge_cluster(request: HttpRequest, code: str) -> HttpResponse:
    """Another cluster's members into this one."""
    row = get_object_or_404(visible_clusters(request.user), code=code)
    other = get_object_or_404(visible_clusters(request.user).exclude(pk=row.pk), code=request.POST.get("other", ""))
    clustering.merge_clusters(request.user, row, [other])
    messages.success(request, _("The clusters were merged."))
    return redirect("recommendations:cluster", row.code)
