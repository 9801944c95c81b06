"""Reporting on a measure."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.accounts.access import WRITERS, allow
from mutabaa.core.errors import Refusal
from mutabaa.plans import services
from mutabaa.plans.forms import ReportForm
from mutabaa.plans.policies import may_report
from mutabaa.plans.views.finding import measure_or_404, say


@allow(WRITERS)
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the measure stands, what was done, what stands in the way, what comes next."""
    measure = measure_or_404(request, public_id)
    if not may_report(request.user, measure):
        return redirect("plans:measure", measure.public_id)
    initial = {"execution": measure.execution, "percent": measure.percent, "reported_on": timezone.localdate()}
    form = ReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.report_progress(request.user, measure, **form.cleaned_data)
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(
                request,
                _("The report was recorded. The status of the recommendations is set by the secretariat alone."),
            )
            return redirect("plans:measure", measure.public_id)
    context = {"form": form, "title": _("Report on the measure"), "plan": measure.plan, "measure": measure}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)
