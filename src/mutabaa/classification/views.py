"""Suggested tags: the page where they are gone through, and the deeds on one of them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.classification import services
from mutabaa.classification.models import Suggestion, TrainedModel
from mutabaa.classification.policies import may_train
from mutabaa.classification.states import Decision, TagKind
from mutabaa.classification.triage import STATES, Asked, shown
from mutabaa.core.errors import Refusal

PER_PAGE = 10


@allow(SECRETARIAT)
@require_safe
def triage(request: HttpRequest) -> HttpResponse:
    """Records with suggestions, filtered as the address says. At most twelve queries."""
    asked = Asked.of(request.GET)
    page = Paginator(asked.records(request.user), PER_PAGE).get_page(request.GET.get("page"))
    records = list(page.object_list)
    rows = asked.suggestions(request.user).filter(recommendation__in=records).select_related("decided_by")
    context = {
        "asked": asked,
        "page": page,
        "items": shown(records, rows),
        "kinds": [(kind.value, kind.label) for kind in TagKind],
        "states": [(state.value, state.label) for state in STATES],
        "learned": TrainedModel.objects.filter(in_use=True).exists(),
        "may_train": may_train(request.user),
        "here": request.get_full_path(),
    }
    return render(request, "classification/triage.html", context)


DEEDS = {"accept": services.accept, "reject": services.reject, "reconsider": services.reconsider}


@allow(SECRETARIAT)
@require_POST
def decide(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """One deed on one suggestion. A script asks with `X-Requested-With` and gets the bare answer; a form goes back to where it stood."""
    row = get_object_or_404(Suggestion.objects.visible_to(request.user), pk=pk)
    by_script = request.headers.get("X-Requested-With") == "fetch"
    try:
        done = DEEDS[deed](request.user, row)
    except Refusal as refusal:
        if by_script:
            return HttpResponse(str(refusal.message), status=refusal.status, content_type="text/plain; charset=utf-8")
        messages.error(request, str(refusal.message))
    else:
        if by_script:
            return HttpResponse(status=204)
        messages.success(request, said(done))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("classification:triage")
    return redirect(back)


def said(row: Any) -> str:
    return {
        Decision.ACCEPTED: _("The tag was added to the recommendation."),
        Decision.REJECTED: _("The suggestion was rejected. It counts in the next training."),
        Decision.PROPOSED: _("The tag is proposed again."),
    }[Decision(row.state)]
