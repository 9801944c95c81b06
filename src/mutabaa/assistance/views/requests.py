"""Requests for assistance: the register, the thirteen parts, the draft, the document, the path."""

import tempfile
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SIGNED_IN, WRITERS, allow
from mutabaa.assistance import registers, services
from mutabaa.assistance.chain import chain_of
from mutabaa.assistance.exports import requests_sheet
from mutabaa.assistance.forms.fields import candidates
from mutabaa.assistance.forms.requests import RequestForm, row_formsets, rows_given
from mutabaa.assistance.models import AssistanceRequest, Fund, Gap
from mutabaa.assistance.policies import may_edit_request, may_look_at_obstacles, works_on
from mutabaa.assistance.presentation import requested, sections
from mutabaa.assistance.registers import Filters
from mutabaa.assistance.request_document import write_document
from mutabaa.assistance.states import NeedKind, RequestState
from mutabaa.assistance.template_parts import missing
from mutabaa.assistance.views.conflicts import conflict_page, refused
from mutabaa.assistance.views.step_pages import open_steps
from mutabaa.core.downloads import download
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.core.exports import TYPES
from mutabaa.core.typesetting import NotPrinted
from mutabaa.institutions.models import Institution
from mutabaa.recommendations.models import Recommendation


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    asked = Filters.from_query(request.GET)
    found = registers.requests(request.user, asked)
    rows = registers.in_state(found, RequestState, asked).for_list()
    page = Paginator(rows.order_by("-updated_at", "-pk"), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [{"row": row, "asked": requested(row.lines.all())} for row in page.object_list],
        "asked": asked,
        "tabs": registers.tabs(found, RequestState),
        "institutions": Institution.objects.filter(assistance_requests__in=found.order_by().values("pk")).distinct(),
        "funds": Fund.objects.filter(requests__in=found.order_by().values("pk")).distinct(),
        "kinds": NeedKind.choices,
        "may_record": may_look_at_obstacles(request.user),
        "tab": "requests",
    }
    return render(request, "assistance/requests.html", context)


@allow(SIGNED_IN)
@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    asked = Filters.from_query(request.GET)
    rows = registers.in_state(registers.requests(request.user, asked), RequestState, asked)
    return download(requests_sheet(request.user, rows), "requests-for-assistance", form)


def visible(request: HttpRequest, public_id: str) -> AssistanceRequest:
    """With all that the page and the document show: seven queries."""
    rows = AssistanceRequest.objects.visible_to(request.user)
    rows = rows.select_related(
        "institution", "fund", "provider", "need__gap__institution", "need__gap__theme", "author"
    )
    return get_object_or_404(rows.prefetch_related("results", "activities", "lines", "sdgs"), public_id=public_id)


def shown_recommendations(request: HttpRequest, row: AssistanceRequest) -> list[Recommendation]:
    seen = Recommendation.objects.visible_to(request.user).filter(assistance_requests=row)
    return list(seen.select_related("document").order_by("-published_on", "pk"))


def gap_seen(request: HttpRequest, row: AssistanceRequest) -> Gap | None:
    """The gap it comes from, where this person reads it: a request may be shared while its gap is not. One query."""
    gap = row.need.gap
    return gap if Gap.objects.visible_to(request.user).filter(pk=gap.pk).exists() else None


@allow(SIGNED_IN)
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    row = visible(request, public_id)
    inside = works_on(request.user, row)
    items = shown_recommendations(request, row)
    context = {
        "row": row,
        "gap": gap_seen(request, row),
        "sections": sections(row, items),
        "missing": missing_here(row, items) if inside and not row.has_consent else [],
        "steps": open_steps(request.user, row),
        "history": row.steps.select_related("by") if inside else [],
        "may_edit": may_edit_request(request.user, row),
        "inside": inside,
        "languages": settings.LANGUAGES,
        "language": get_language(),
    }
    return render(request, "assistance/request.html", context)


def missing_here(row: AssistanceRequest, items: list[Recommendation]) -> list[Any]:
    """What the draft lacks; the recommendations were read already."""
    return [part for part in missing(row) if not (part.number == 2 and items)]


@allow(WRITERS)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft. `then`: after saving, go on to asking for approval."""
    row = visible(request, public_id)
    if not may_edit_request(request.user, row):
        return redirect("assistance:request", public_id)
    of_gap = Gap.recommendations.through.objects.filter(gap_id=row.need.gap_id).values("recommendation_id")
    prefetch_related_objects([row], "recommendations")
    tickable = candidates(request.user, [r.pk for r in row.recommendations.all()], of_gap)
    form = RequestForm(request.POST or None, instance=row, tickable=tickable)
    formsets = row_formsets(request.POST or None, row)
    context: dict[str, Any] = {"form": form, "formsets": formsets, "row": row, "missing": missing(row)}
    valid = all([form.is_valid(), *(f.is_valid() for f in formsets.values())]) if request.method == "POST" else False
    if valid:
        try:
            services.save_request(
                request.user, row, form.cleaned_data["version"], **form.values(), **rows_given(formsets)
            )
        except Invalid as refusal:
            refused(form, refusal)
        except Conflict as conflict:
            return conflict_page(request, conflict, form, "assistance/request_form.html", context)
        else:
            messages.success(request, _("The draft was saved."))
            if request.POST.get("then") == "hand_in":
                return redirect("assistance:step", public_id, "ask-approval")
            return redirect("assistance:request_edit" if "stay" in request.POST else "assistance:request", public_id)
    wrong = request.method == "POST"
    return render(request, "assistance/request_form.html", context, status=422 if wrong else 200)


@allow(SIGNED_IN)
@require_safe
def chain(request: HttpRequest, public_id: str) -> HttpResponse:
    row = visible(request, public_id)
    gap = gap_seen(request, row)
    links = chain_of(request.user, gap, row.need, row)
    return render(request, "assistance/chain.html", {"title": row.title, "links": links, "row": row, "gap": gap})


@allow(SIGNED_IN)
@require_safe
def word(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The request as Word or PDF (`form`), with its labels in the language asked for (`language`), else that of the page."""
    row = visible(request, public_id)
    known = {code for code, _name in settings.LANGUAGES}
    language = request.GET.get("language", "")
    language = language if language in known else get_language() or settings.LANGUAGE_CODE
    made = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it was sent
    form = "pdf" if request.GET.get("form") == "pdf" else "docx"
    try:
        write_document(row, shown_recommendations(request, row), form, language, made)
    except NotPrinted as fault:
        raise Invalid(_("The PDF could not be made just now. Try again later, or take Word.")) from fault
    made.seek(0)
    draft = "" if row.has_consent else "draft-"
    name = f"{draft}request-{row.institution.code}-{timezone.localdate().isoformat()}-{language[:2]}.{form}"
    return FileResponse(made, as_attachment=True, filename=name, content_type=TYPES[form])
