"""What this room adds to other rooms' pages: what waits on the first page, and the indicators of a recommendation."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.access import SIGNED_IN
from mutabaa.accounts.policies import is_contributor
from mutabaa.core import pages
from mutabaa.core.pages import MenuItem, Panel
from mutabaa.indicators.models import FigureRequest, Indicator, Observation
from mutabaa.indicators.policies import may_validate
from mutabaa.indicators.states import ObservationState, RequestState

FEW = 8


def desk_of_contributor(request: HttpRequest) -> Panel | None:
    """Requests for figures, and figures that came back. Two queries."""
    person = request.user
    if not is_contributor(person):
        return None
    asked = FigureRequest.objects.visible_to(person).filter(state=RequestState.OPEN).select_related("indicator")
    returned = Observation.objects.filter(entered_by_id=person.pk, state=ObservationState.RETURNED)
    context = {
        "requests": list(asked[:FEW]),
        "returned": list(returned.select_related("indicator").order_by("-ended_at")[:FEW]),
        "today": timezone.localdate(),
    }
    if not context["requests"] and not context["returned"]:
        return None
    return Panel("indicators/panels/desk_contributor.html", context, 8)


def desk_of_statistician(request: HttpRequest) -> Panel | None:
    """How many figures wait, and how many requests are open. Two queries."""
    if not may_validate(request.user):
        return None
    context = {
        "waiting": Observation.objects.waiting().count(),
        "open": FigureRequest.objects.filter(state=RequestState.OPEN).count(),
    }
    return Panel("indicators/panels/desk_statistician.html", context, 8)


def indicators_of_record(request: HttpRequest, record: Any) -> Panel | None:
    """The indicators by which one can see whether life got better, by the record's themes. One query."""
    themes = [theme.pk for theme in record.themes.all()]
    if not themes:
        return None
    found = Indicator.objects.visible_to(request.user).filter(themes__in=themes).order_by("code").distinct()
    rows = list(found.only("code", "kind", *(f"name_{x}" for x in ("en", "ar", "es", "fr", "ru", "zh")))[:FEW])
    return Panel("indicators/panels/record.html", {"indicators": rows}, 60) if rows else None


def register_all() -> None:
    pages.desk_panels.extend([desk_of_contributor, desk_of_statistician])
    pages.record_likeness_panels.append(indicators_of_record)
    pages.menu.append(MenuItem(_("Indicators"), "indicators:index", SIGNED_IN, "/workspace/indicators/", 26))
