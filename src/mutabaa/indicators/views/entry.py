"""Entering figures in a grid, and one figure with its vintages."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SIGNED_IN, STATE_STAFF, allow
from mutabaa.accounts.models import Role
from mutabaa.core.errors import Invalid
from mutabaa.indicators import services
from mutabaa.indicators.breakdowns import Groups
from mutabaa.indicators.figures import own_area, seen_as, shown
from mutabaa.indicators.forms import ReasonForm, grid_of, groups_of
from mutabaa.indicators.models import Indicator, Observation
from mutabaa.indicators.policies import may_enter, may_validate, may_withdraw, sees_small_counts
from mutabaa.indicators.states import ObservationState
from mutabaa.indicators.views.pages import visible
from mutabaa.institutions.policies import institution_ids

YEARS, MOST_PERIODS = 5, 12
# Those who enter: statisticians, and the people of the institution that holds the data.
ENTERING = STATE_STAFF - frozenset({Role.SECRETARIAT.value, Role.ADMINISTRATOR.value})


def periods_of(request: HttpRequest) -> list[str]:
    """`?periods=2020 2021`, else the last five years."""
    asked = request.GET.get("periods", "").replace(",", " ").replace(";", " ").split()[:MOST_PERIODS]
    year = timezone.localdate().year
    return asked or [str(y) for y in range(year - YEARS, year)]


@allow(ENTERING)
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """The grid: at most fifteen queries."""
    indicator = visible(request, code)
    if not may_enter(request.user, indicator):
        raise Http404
    groups, area, periods = Groups.load(), own_area(), periods_of(request)
    dimension = request.GET.get("by", "")
    dimensions = list(indicator.dimensions.all()) or list(groups.dimensions.values())
    if dimension not in {d.code for d in dimensions}:
        dimension = dimensions[0].code if dimensions else ""
    standing = indicator.observations.filter(
        area_id=area, state__in=[ObservationState.ENTERED, ObservationState.VALIDATED]
    )
    posted = request.POST if request.method == "POST" else None
    grid = grid_of(indicator, area, periods, groups_of(indicator, groups, dimension), groups, standing, posted)
    if posted is not None:
        entries = grid.entries()
        if not grid.errors and not grid.filled:
            messages.error(request, _("Enter at least one figure, or say why there is none."))
        elif not grid.errors:
            try:
                found = services.enter(request.user, indicator, entries)
            except services.Refused as refusal:
                grid.tell(refusal.rows)
            else:
                kept = len(found.to_write)
                said = ngettext(
                    "%(n)d figure was kept. It waits for validation.",
                    "%(n)d figures were kept. They wait for validation.",
                    kept,
                )
                messages.success(request, said % {"n": kept} if kept else _("Nothing has changed."))
                return redirect(
                    "indicators:queue" if may_validate(request.user) and kept else "indicators:detail",
                    *([] if may_validate(request.user) and kept else [code]),
                )
    context: dict[str, Any] = {
        "indicator": indicator,
        "grid": grid,
        "dimensions": dimensions,
        "dimension": dimension,
        "periods": " ".join(c.period.code for c in grid.columns),
    }
    return render(request, "indicators/enter.html", context, status=422 if posted is not None else 200)


@allow(SIGNED_IN)
@require_safe
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: where it comes from, who validated it, and the vintages before and after it."""
    rows = Observation.objects.visible_to(request.user)
    row = get_object_or_404(rows.select_related("indicator", "area", "entered_by", "validated_by", "delivery"), pk=pk)
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user), pk=row.indicator_id)
    same = {"indicator": indicator, "area_id": row.area_id, "period": row.period}
    table = shown(Observation.objects.in_force().filter(**same), {indicator.pk: indicator}, request.user)
    hidden = any(s.hidden for s in table if s.row.breakdown == row.breakdown)
    vintages = list(
        rows.filter(**same, breakdown=row.breakdown)
        .select_related("entered_by", "validated_by")
        .order_by("-entered_at", "-pk")
    )
    if row.breakdown and not sees_small_counts(request.user):
        # Earlier tables are not looked through for small counts: of a group others see what is in force, and their own.
        own = institution_ids(request.user)
        vintages = [o for o in vintages if o.state == ObservationState.VALIDATED or o.institution_id in own]
    context = {
        "row": row,
        "indicator": indicator,
        "group": Groups.load().label(row.breakdown),
        "hidden": hidden,
        "vintages": [] if hidden else [seen_as(o, indicator) for o in vintages],
        "may_withdraw": may_withdraw(request.user, row)
        and row.state in (ObservationState.ENTERED, ObservationState.VALIDATED),
        "may_return": may_validate(request.user) and row.state == ObservationState.ENTERED,
        "form": ReasonForm(),
    }
    return render(request, "indicators/figure.html", context)


def decided(request: HttpRequest, pk: int, deed: Any, said: str) -> HttpResponse:
    """A deed on one figure that needs a reason."""
    row = get_object_or_404(Observation.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Say why."), field="reason")
    deed(request.user, row, form.cleaned_data["reason"])
    messages.success(request, said)
    return redirect("indicators:figure", pk)


@allow(ENTERING)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return decided(request, pk, services.withdraw, _("The figure was withdrawn."))


@allow(frozenset({Role.STATISTICIAN.value}))
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    return decided(request, pk, services.return_figure, _("The figure was returned."))
