"""The plan's files from the workspace."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SIGNED_IN, allow
from mutabaa.plans.models import Plan
from mutabaa.plans.policies import may_see_inside
from mutabaa.plans.publication.facts import for_publication
from mutabaa.plans.publication.files import plan_file


@allow(SIGNED_IN)
@require_safe
def publication(request: HttpRequest, public_id: str, version: str, form: str) -> HttpResponseBase:
    """`version`: "public", as everyone reads it, or "internal", for those who work in the State (others: 404)."""
    plan = get_object_or_404(for_publication(Plan.objects.visible_to(request.user)), public_id=public_id)
    if version not in {"public", "internal"} or (version == "internal" and not may_see_inside(request.user)):
        raise Http404
    return plan_file(plan, request.user, form, inside=version == "internal")
