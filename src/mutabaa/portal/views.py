"""The first page, and the page that says what the figures mean."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.installation import current
from mutabaa.followup.public import criteria, latest_updates
from mutabaa.institutions.public import public_institutions
from mutabaa.mechanisms.public import Family, Mechanism
from mutabaa.portal.figures import ORDER, key_table, line_address, lines_by, status_chart, status_counts
from mutabaa.recommendations.public import STATUS_TONE, Line, Status, added_up, public_recommendations
from mutabaa.taxonomy.public import Sdg, Theme

WAYS = 8


@allow(EVERYONE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """At most 10 queries. Mechanisms are counted once: their lines add up to those of their families."""
    rows = public_recommendations()
    mechanisms = lines_by(rows, "mechanism")
    total = added_up(mechanisms, "", _("All"))
    context: dict[str, Any] = {"installation": current(), "total": total, "statuses": status_counts(total.statuses)}
    if total.total:
        families = by_family(mechanisms)
        address = line_address("family")
        title = _("Implementation status by mechanism family")
        of_mechanism = line_address("mechanism")
        context |= {
            "table": key_table(families, _("Figures by mechanism family"), _("Mechanism family"), address),
            "chart": status_chart(families, title, "families", address),
            "updates": latest_updates(5),
            "ways": [
                (_("Themes"), reverse("portal:themes"), top(Theme.objects.all(), rows, "themes", "portal:theme")),
                (
                    _("Institutions"),
                    reverse("portal:institutions"),
                    top(public_institutions(), rows, "responsibilities__institution", "portal:institution"),
                ),
                (
                    _("Mechanisms"),
                    reverse("portal:mechanisms"),
                    [(x.label, of_mechanism(x), x.total) for x in mechanisms[:WAYS]],
                ),
            ],
            "goals": Sdg.objects.filter(goal=None),
        }
    return render(request, "portal/home.html", context)


def by_family(mechanisms: list[Line]) -> list[Line]:
    """The lines of mechanisms gathered by family, largest first. One query."""
    family_of = dict(Mechanism.objects.filter(code__in=[x.code for x in mechanisms]).values_list("code", "family"))
    lines = [
        added_up(mine, family.value, str(family.label))
        for family in Family
        if (mine := [x for x in mechanisms if family_of.get(x.code) == family])
    ]
    return sorted(lines, key=lambda line: -line.total)


def top(things: QuerySet[Any], rows: QuerySet[Any], relation: str, name: str) -> list[tuple[str, str, int]]:
    """The things that most records bear, with address and count: two queries."""
    key = f"{relation}__code"
    counts = rows.order_by().filter(**{f"{key}__isnull": False}).values_list(key).annotate(n=Count("pk"))
    most = sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:WAYS]
    found = {thing.code: thing for thing in things.filter(code__in=[code for code, _n in most])}
    return [(str(found[code]), reverse(name, args=[code]), n) for code, n in most if code in found]


@allow(EVERYONE)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    known = criteria()
    statuses = [{"label": Status(s).label, "tone": STATUS_TONE.get(s, ""), "criterion": known.get(s)} for s in ORDER]
    return render(request, "portal/about.html", {"installation": current(), "statuses": statuses})
