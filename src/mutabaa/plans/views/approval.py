"""Recording that the authority approved the plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.norms.models import Instrument
from mutabaa.plans import services
from mutabaa.plans.forms import ApprovalForm
from mutabaa.plans.policies import may_approve
from mutabaa.plans.views.finding import plan_or_404, say


@allow(SECRETARIAT)
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form, with what stands in the way: measures that their lead institutions have not agreed to."""
    plan = plan_or_404(request, public_id)
    if not may_approve(request.user, plan):
        return redirect("plans:plan", plan.public_id)
    missing = list(services.not_agreed(plan)[:100])
    form = ApprovalForm(
        request.POST or None,
        initial={"version": plan.version},
        instruments=Instrument.objects.visible_to(request.user),
        missing=bool(missing),
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            edition = services.approve_plan(request.user, plan, data.pop("version"), **data)
        except Conflict as error:
            again = request.POST.copy()
            again["version"] = str(error.current.version)
            form.add_error(
                None, _("The plan was changed since you opened this page. Look at it, then record the approval.")
            )
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(
                request, _("Edition %(n)s was recorded. The plan can be published now.") % {"n": edition.number}
            )
            return redirect("plans:plan", plan.public_id)
    context = {"form": form, "title": _("Record the approval"), "plan": plan, "missing": missing}
    return render(request, "plans/approve.html", context, status=422 if form.errors else 200)
