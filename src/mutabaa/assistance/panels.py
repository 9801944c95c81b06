"""What this room shows on pages of others: a record, an institution, a person's desk."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.access import SIGNED_IN
from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.assistance.models import AssistanceRequest, Gap
from mutabaa.assistance.policies import may_consent
from mutabaa.assistance.states import GapState, RequestState
from mutabaa.core import pages
from mutabaa.core.pages import MenuItem, Panel
from mutabaa.institutions.models import FocalPoint
from mutabaa.institutions.policies import institution_ids, posts_of

FEW = 8


def record_assistance(request: HttpRequest, record: Any) -> Panel | None:
    """The place of gaps and requests on a record's page. No query: what stands there is fetched when a person comes to it."""
    return Panel("assistance/panels/record.html", {"record": record}, 60) if record.own else None


def institution_assistance(request: HttpRequest, institution: Any) -> Panel | None:
    """Two queries."""
    person = request.user
    gaps = list(Gap.objects.visible_to(person).filter(institution=institution).exclude(state=GapState.CLOSED)[:FEW])
    requests = list(AssistanceRequest.objects.visible_to(person).filter(institution=institution)[:FEW])
    context = {"institution": institution, "gaps": gaps, "requests": requests}
    return Panel("assistance/panels/institution.html", context, 40)


def measure_assistance(request: HttpRequest, measure: Any) -> Panel | None:
    """What a measure lacks (T-283): the open gaps on recommendations that it serves. One query."""
    served = measure.recommendations.values("pk")
    open_ones = Gap.objects.visible_to(request.user).exclude(state=GapState.CLOSED)
    gaps = list(open_ones.filter(recommendations__in=served).distinct()[:FEW])
    return Panel("assistance/panels/measure.html", {"gaps": gaps}, 60) if gaps else None


def desk(request: HttpRequest) -> Panel | None:
    """Requests that wait for this person: to approve, to consent to, to finish. One query; two where consents wait."""
    person = request.user
    mine = institution_ids(person)
    validates = {p.institution_id for p in posts_of(person) if p.kind == FocalPoint.Kind.VALIDATING}
    if is_secretariat(person):
        waits = Q(state__in=[RequestState.TO_CONSENT, RequestState.APPROVED]) | Q(
            state=RequestState.DRAFT, author_id=person.pk
        )
    elif is_contributor(person) and mine:
        waits = Q(state=RequestState.DRAFT, institution_id__in=mine)
        waits |= Q(state=RequestState.TO_APPROVE, institution_id__in=validates)
    else:
        return None
    rows = list(
        AssistanceRequest.objects.visible_to(person)
        .filter(waits)
        .select_related("institution")
        .prefetch_related("writers")
        .order_by("updated_at")[: FEW * 3]
    )
    for row in rows:
        row._writer_ids = {p.pk for p in row.writers.all()} | {row.author_id}  # type: ignore[attr-defined]
    context = {
        "to_approve": [r for r in rows if r.state == RequestState.TO_APPROVE],
        "to_consent": [r for r in rows if r.state == RequestState.TO_CONSENT and may_consent(person, r)],
        "to_submit": [r for r in rows if r.state == RequestState.APPROVED],
        "drafts": [r for r in rows if r.state == RequestState.DRAFT],
    }
    return Panel("assistance/panels/desk.html", context, 30) if any(context.values()) else None


def register_all() -> None:
    pages.record_panels.append(record_assistance)
    pages.institution_panels.append(institution_assistance)
    pages.measure_panels.append(measure_assistance)
    pages.desk_panels.append(desk)
    pages.menu.append(MenuItem(_("Assistance"), "assistance:requests", SIGNED_IN, "/workspace/assistance/", 34))
