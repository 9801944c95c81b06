"""Gaps and requests of one recommendation: a part of its page, fetched when a person comes to it, and a page of its own without script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SIGNED_IN, allow
from mutabaa.assistance.models import AssistanceRequest, Gap
from mutabaa.assistance.policies import may_look_at_obstacles
from mutabaa.recommendations.models import Recommendation


@allow(SIGNED_IN)
@require_safe
def of_record(request: HttpRequest, public_id: str) -> HttpResponse:
    rows = Recommendation.objects.own().visible_to(request.user).select_related("document")
    record = get_object_or_404(rows, public_id=public_id)
    context = {
        "record": record,
        "gaps": Gap.objects.visible_to(request.user)
        .filter(recommendations=record)
        .select_related("institution", "theme")[:20],
        "requests": AssistanceRequest.objects.visible_to(request.user)
        .filter(recommendations=record)
        .select_related("institution")[:20],
        "may_record": may_look_at_obstacles(request.user),
    }
    partial = request.headers.get("HX-Request") == "true"
    return render(request, "assistance/_record.html" if partial else "assistance/record.html", context)
