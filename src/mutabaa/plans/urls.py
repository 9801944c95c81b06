"""Addresses of the plans, below /workspace/plans/."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SIGNED_IN, allow
from mutabaa.plans.overview_urls import urlpatterns as overviews


@allow(SIGNED_IN)
@require_safe
def stand_in(request: HttpRequest, **of: Any) -> HttpResponse:
    """Until the pages of the plan are here, their addresses lead to its coverage."""
    return redirect(reverse("plans:coverage"))


app_name = "plans"
urlpatterns = [
    path("", stand_in, name="list"),
    *overviews,
    path("measures/<str:public_id>/", stand_in, name="measure"),
    path("<str:public_id>/", stand_in, name="plan"),
]
