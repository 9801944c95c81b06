"""What this room adds to other rooms' pages: the measures of a recommendation, of an institution, of a cluster; what is late."""

import datetime as dt
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils import timezone

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.core import pages
from mutabaa.core.pages import Panel
from mutabaa.institutions.policies import institution_ids
from mutabaa.plans.coverage import live
from mutabaa.plans.models import Measure, Outcome, Plan
from mutabaa.plans.states import FINISHED

SHOWN = 8
COMING = 60  # days


def serving(request: HttpRequest, record: Any) -> Panel | None:
    """The measures that serve a recommendation. One query; nothing where none does."""
    rows = (
        Measure.objects.visible_to(request.user)
        .filter(recommendations=record)
        .select_related("plan", "outcome", "lead")
        .order_by("plan_id", "outcome__number", "number")
    )
    measures = list(rows[:30])
    return Panel("plans/panels/record.html", {"measures": measures}, order=45) if measures else None


def leading_to(request: HttpRequest, instrument: Any) -> Panel | None:
    """The measures that led to an instrument. One query; nothing where none did."""
    rows = (
        Measure.objects.visible_to(request.user)
        .filter(instruments=instrument)
        .select_related("plan", "outcome", "lead")
    )
    measures = list(rows.in_order()[:30])
    return Panel("plans/panels/instrument.html", {"measures": measures}, order=40) if measures else None


def of_institution(request: HttpRequest, institution: Any) -> Panel | None:
    """How many measures it leads and supports, and its next ones. Two queries."""
    mine = Measure.objects.visible_to(request.user).of({institution.pk})
    today = timezone.localdate()
    counts = mine.order_by().aggregate(
        lead=Count("pk", filter=Q(lead=institution)),
        all=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today) & ~Q(execution__in=FINISHED)),
    )
    if not counts["all"]:
        return None
    open_ones = mine.exclude(execution__in=FINISHED).select_related("plan", "outcome").order_by("due_on", "pk")
    context = {
        "institution": institution,
        "lead": counts["lead"],
        "partner": counts["all"] - counts["lead"],
        "late": counts["late"],
        "measures": list(open_ones[:SHOWN]),
    }
    return Panel("plans/panels/institution.html", context, order=60)


def of_cluster(request: HttpRequest, cluster: Any) -> Panel | None:
    """The outcomes that rest on a cluster. One query."""
    outcomes = list(
        Outcome.objects.filter(cluster=cluster, removed=False, plan__in=Plan.objects.visible_to(request.user))
        .select_related("plan")
        .annotate(n=Count("measures", filter=Q(measures__removed=False)))
        .order_by("plan_id", "number")[:30]
    )
    return Panel("plans/panels/cluster.html", {"outcomes": outcomes}, order=40) if outcomes else None


def on_desk(request: HttpRequest) -> Panel | None:
    """For a contributor the late and coming measures of the own institution; for the secretariat how many are late. One
    query."""
    today = timezone.localdate()
    if is_contributor(request.user):
        mine = live(Measure.objects.visible_to(request.user).filter(lead__in=institution_ids(request.user)))
        late, coming = late_and_coming(mine, today)
        if not late and not coming:
            return None
        return Panel("plans/panels/desk.html", {"late": late, "coming": coming, "today": today}, order=35)
    if is_secretariat(request.user):
        n = Measure.objects.visible_to(request.user).late(today).count()
        return Panel("plans/panels/desk_secretariat.html", {"late": n}, order=70) if n else None
    return None


def late_and_coming(rows: Any, today: dt.date) -> tuple[list[Measure], list[Measure]]:
    """One query, bounded: of each kind the first, by due date."""
    late = Q(pk__in=rows.late(today).values("pk"))
    soon = Q(due_on__range=(today, today + dt.timedelta(days=COMING)))
    found = (
        rows.exclude(execution__in=FINISHED)
        .filter(late | soon)
        .annotate(is_late_now=Case(When(late, then=True), default=False, output_field=BooleanField()))
        .annotate(place=Window(RowNumber(), partition_by=[F("is_late_now")], order_by=["due_on", "pk"]))
        .filter(place__lte=SHOWN)
        .select_related("plan", "outcome")
        .order_by("due_on", "pk")
    )
    measures = list(found)
    return [m for m in measures if m.is_late_now], [m for m in measures if not m.is_late_now]


def register_all() -> None:
    pages.record_panels.append(serving)
    pages.instrument_panels.append(leading_to)
    pages.institution_panels.append(of_institution)
    pages.cluster_panels.append(of_cluster)
    pages.desk_panels.append(on_desk)
