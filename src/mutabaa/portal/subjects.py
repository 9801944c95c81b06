"""A page for each theme, group, institution, mechanism, document, SDG, right and cluster, and the lists of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.installation import current
from mutabaa.followup.public import latest_updates
from mutabaa.institutions.public import Institution, public_institutions
from mutabaa.mechanisms.public import Family, Mechanism, public_documents
from mutabaa.portal.figures import key_table, line_address, lines_by, list_address, status_chart, status_counts
from mutabaa.portal.search import shown_documents
from mutabaa.recommendations.public import Line, RecommendationView, figures_of, public_clusters, public_recommendations
from mutabaa.taxonomy.public import AffectedGroup, Right, Sdg, Theme

LATEST = 5
DOCUMENTS = 12
LINES = 12  # of a breakdown; the figures page has them all


@dataclass(frozen=True)
class Subject:
    """One kind of page. `parameter` is the filter of the public list; `breakdown` the grouping of its second chart."""

    kind: str
    one: Any
    many: Any
    lead: Any
    rows: Callable[[], QuerySet[Any]]
    breakdown: str
    key: str = "code"

    @property
    def plural_name(self) -> str:
        return f"portal:{self.kind}s"


SUBJECTS = {
    s.kind: s
    for s in [
        Subject("theme", gettext_lazy("Theme"), gettext_lazy("Themes"),
                gettext_lazy("What the recommendations are about. A recommendation can have several themes."),
                lambda: Theme.objects.select_related("right"), "family"),
        Subject("group", gettext_lazy("Affected group"), gettext_lazy("Affected groups"),
                gettext_lazy("The people whose rights the recommendations concern."),
                lambda: AffectedGroup.objects.all(), "family"),
        Subject("institution", gettext_lazy("Institution"), gettext_lazy("Institutions"),
                gettext_lazy("Who answers for the recommendations, as lead or as partner."),
                public_institutions, "theme"),
        Subject("mechanism", gettext_lazy("Mechanism"), gettext_lazy("Mechanisms"),
                gettext_lazy("The bodies and procedures that made recommendations to the State."),
                lambda: Mechanism.objects.select_related("treaty"), "theme"),
        Subject("document", gettext_lazy("Document"), gettext_lazy("Documents"),
                gettext_lazy("The official documents in which the recommendations stand."),
                lambda: shown_documents().select_related("mechanism"), "theme", "pk"),
        Subject("sdg", gettext_lazy("SDG goal or target"), gettext_lazy("Sustainable Development Goals"),
                gettext_lazy("How the recommendations relate to the 2030 Agenda, by goal and target."),
                lambda: Sdg.objects.select_related("goal"), "family"),
        Subject("right", gettext_lazy("Right"), gettext_lazy("Rights"),
                gettext_lazy("The rights to which the themes belong."),
                lambda: Right.objects.all(), "theme"),
        Subject("cluster", gettext_lazy("Cluster"), gettext_lazy("Clusters"),
                gettext_lazy("Recommendations of several mechanisms that speak of one issue, read together."),
                lambda: public_clusters().select_related("theme"), "mechanism"),
    ]
}  # fmt: skip


@allow(EVERYONE)
@require_safe
def subject(request: HttpRequest, kind: str, code: str | int) -> HttpResponse:
    """At most 12 queries."""
    about = SUBJECTS[kind]
    thing = get_object_or_404(about.rows(), **{about.key: code})
    installation = current()
    view = RecommendationView({kind: [str(code)]})
    rows = view.apply(public_recommendations(), stale_after_days=installation.stale_after_days)
    figures = figures_of(rows)
    context: dict[str, Any] = {
        "installation": installation,
        "about": about,
        "thing": thing,
        "title": title_of(thing),
        "figures": figures,
        "statuses": status_counts(figures.statuses),
        "list": list_address(**{kind: code}),
        "figures_address": f"{reverse('portal:figures')}?{view.query()}",
    }
    if figures.total:
        lines = lines_by(rows, about.breakdown)
        context |= {
            "chart": status_chart([total_line(figures)], _("Implementation status"), "status"),
            "breakdown": status_chart(
                lines, breakdown_title(about.breakdown), "breakdown", line_address(about.breakdown)
            ),
            "updates": updates_about(thing, kind, rows),
            "latest": view.ordered(rows).for_list()[:LATEST],
        }
    if kind == "sdg" and thing.goal_id is None:
        context["targets"] = targets_of(thing)
    if kind == "mechanism":
        context["documents"] = documents_of(rows)
    if kind == "right":
        context["themes"] = thing.themes.all()
    return render(request, "portal/subject.html", context)


def title_of(thing: Any) -> str:
    return f"{thing.code} {thing.name}" if isinstance(thing, Sdg) else str(thing)


def total_line(figures: Line) -> Line:
    return Line(None, _("All"), figures.total, figures.assigned, figures.updated, figures.implemented, figures.statuses)


def breakdown_title(by: str) -> str:
    return {
        "family": _("Implementation status by mechanism family"),
        "theme": _("Implementation status by theme"),
        "mechanism": _("Implementation status by mechanism"),
    }[by]


def updates_about(thing: Any, kind: str, rows: QuerySet[Any]) -> list[Any]:
    """An institution's own updates; for the others, updates on their recommendations. One query."""
    if isinstance(thing, Institution):
        return latest_updates(LATEST, institution=thing)
    return latest_updates(LATEST, recommendation__in=rows.order_by().values("pk"))


def targets_of(goal: Sdg) -> list[Any]:
    """The goal's targets with the number of published recommendations (`n`): one query."""
    published = Q(recommendations__in=public_recommendations().order_by().values("pk"))
    return list(goal.targets.annotate(n=Count("recommendations", filter=published)))


def documents_of(rows: QuerySet[Any]) -> list[Any]:
    """The newest public documents of these records, with their number (`n`): two queries."""
    counts = dict(rows.order_by().values_list("document_id").annotate(n=Count("pk")))
    found = list(public_documents().filter(pk__in=counts).order_by("-published_on", "symbol", "pk")[:DOCUMENTS])
    for document in found:
        document.n = counts[document.pk]
    return found


def counted_documents() -> QuerySet[Any]:
    """Published documents, newest first, with the number of their published recommendations (`n`)."""
    published = Q(recommendations__in=public_recommendations().order_by().values("pk"))
    return (
        shown_documents().select_related("mechanism").annotate(n=Count("recommendations", filter=published))
        .order_by("-published_on", "symbol", "pk")
    )  # fmt: skip


@allow(EVERYONE)
@require_safe
def index(request: HttpRequest, kind: str) -> HttpResponse:
    """All things of a kind that published recommendations bear, with their figures. Four queries."""
    about = SUBJECTS[kind]
    rows = public_recommendations()
    if kind == "cluster":
        lines = cluster_lines()
    else:
        lines = [line for line in lines_by(rows, kind) if line.code]
    families: list[tuple[str, list[Line]]] = []
    if kind == "mechanism":
        family_of = dict(Mechanism.objects.values_list("code", "family"))
        for family in Family:
            mine = [line for line in lines if family_of.get(line.code) == family]
            if mine:
                families.append((str(family.label), mine))
    address = (lambda line: reverse("portal:cluster", args=[line.code])) if kind == "cluster" else line_address(kind)
    tables = [key_table(mine, label, str(about.one), address) for label, mine in families] or [
        key_table(lines, str(about.many), str(about.one), address)
    ]
    chart_title = _("Implementation status: %(subject)s") % {"subject": str(about.many).lower()}
    context = {
        "about": about,
        "lines": lines,
        "tables": tables,
        "chart": status_chart(sorted(lines, key=lambda line: -line.total)[:12], chart_title, "index", address)
        if lines
        else None,
        "titled": bool(families),
        "kinds": list(SUBJECTS.values()),
    }
    return render(request, "portal/index.html", context)


def cluster_lines() -> list[Line]:
    """A line per public cluster: the figures room groups by every cluster, so those not public are dropped here."""
    shown = set(public_clusters().values_list("code", flat=True))
    return [
        line
        for line in lines_by(public_recommendations().filter(clusters__code__in=shown), "cluster")
        if line.code in shown
    ]


@allow(EVERYONE)
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The published documents, fifty to a page, newest first."""
    shown = counted_documents()
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "portal/documents.html",
        {"about": SUBJECTS["document"], "page": page, "kinds": list(SUBJECTS.values())},
    )
