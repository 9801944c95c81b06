"""Proposed priorities with their reasons, and the weights they follow from."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.states import Priority
from mutabaa.recurrence import services
from mutabaa.recurrence.forms import RuleForm
from mutabaa.recurrence.models import PrioritySuggestion


@allow(SECRETARIAT)
@require_safe
def priorities(request: HttpRequest) -> HttpResponse:
    """Where the proposal is another priority than the present one; with `all`, every proposal."""
    seen = Recommendation.objects.own().visible_to(request.user)
    rows = PrioritySuggestion.objects.filter(recommendation__in=seen.values("pk"))
    everything = request.GET.get("all") == "1"
    if not everything:
        rows = rows.exclude(recommendation__priority=F("priority"))
    level = request.GET.get("priority", "")
    if level in (Priority.HIGH, Priority.MEDIUM, Priority.LOW):
        rows = rows.filter(priority=level)
    listed = rows.select_related("recommendation__document", "recommendation__mechanism")
    page = Paginator(listed, 50).get_page(request.GET.get("page"))
    words = services.in_words(page.object_list)
    context = {
        "page": page,
        "lines": [(row, words[row.pk]) for row in page.object_list],
        "everything": everything,
        "level": level,
        "levels": [(p.value, p.label) for p in (Priority.HIGH, Priority.MEDIUM, Priority.LOW)],
        "tab": "priorities",
        "may_decide": True,
    }
    return render(request, "recurrence/priorities.html", context)


@allow(SECRETARIAT)
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    ticked = [int(v) for v in request.POST.getlist("selected") if v.isdecimal() and len(v) < 12][:500]
    n = services.apply_priority(request.user, PrioritySuggestion.objects.filter(pk__in=ticked))
    messages.success(request, ngettext("%(n)d priority was set.", "%(n)d priorities were set.", n) % {"n": n})
    return redirect("recurrence:priorities")


@allow(SECRETARIAT)
def weights(request: HttpRequest) -> HttpResponse:
    rule = services.rule()
    form = RuleForm(request.POST or None, instance=rule)
    conflict = None
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            services.set_rule(request.user, data.pop("version"), **data)
        except Conflict as error:
            conflict = str(error)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(
                request, _("The weights were kept. The proposals follow when the worker has counted anew.")
            )
            return redirect("recurrence:priorities")
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "recurrence/weights.html", {"form": form, "conflict": conflict}, status=status)
