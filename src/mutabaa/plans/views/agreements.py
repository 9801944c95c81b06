"""Asking the responsible institutions, and their answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import CONTRIBUTORS, SECRETARIAT, WRITERS, allow
from mutabaa.accounts.policies import is_secretariat
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.institutions.policies import institution_ids
from mutabaa.plans import services
from mutabaa.plans.forms import AgreeForm, ReasonForm
from mutabaa.plans.models import Measure
from mutabaa.plans.policies import may_answer_agreement
from mutabaa.plans.states import Agreement
from mutabaa.plans.views.finding import measure_or_404, plan_or_404, say, version_in
from mutabaa.plans.views.measures import page as measure_page


@allow(WRITERS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Measures that wait for an answer: of the person's institution, or of all for the secretariat."""
    rows = Measure.objects.visible_to(request.user).filter(agreement__in=[Agreement.ASKED, Agreement.DECLINED])
    if not is_secretariat(request.user):
        rows = rows.filter(lead__in=institution_ids(request.user), agreement=Agreement.ASKED)
    rows = rows.select_related("plan", "outcome", "lead").order_by("due_on", "pk")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"page": page, "answerable": [m.pk for m in page if may_answer_agreement(request.user, m)]}
    return render(request, "plans/agreements.html", context)


@allow(SECRETARIAT)
@require_POST
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask every lead institution of the plan that was not asked yet, or declined."""
    plan = plan_or_404(request, public_id)
    n = services.ask_agreement(request.user, plan)
    said = ngettext(
        "The lead institution of %(n)d measure was asked.", "The lead institutions of %(n)d measures were asked.", n
    )
    messages.success(request, said % {"n": n} if n else _("Every lead institution was asked already."))
    return redirect("plans:plan", plan.public_id)


def measure_to_answer(request: HttpRequest, public_id: str) -> Measure:
    """The measure, where this person answers for its lead institution; the services look again under their lock."""
    measure = measure_or_404(request, public_id)
    if not may_answer_agreement(request.user, measure):
        raise NotAllowed(_("Nobody waits for an answer to this measure now, or it is not yours to give."))
    return measure


@allow(CONTRIBUTORS)
@require_POST
def agree(request: HttpRequest, public_id: str) -> HttpResponse:
    measure = measure_to_answer(request, public_id)
    form = AgreeForm(request.POST, auto_id="agree_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.agree(request.user, measure, data["version"], on=data["agreed_on"], note=data["note"])
        except Conflict:
            messages.warning(request, _("The measure was changed since you opened it. Read it again before you agree."))
            return redirect("plans:measure", measure.public_id)
        except Invalid as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("Your institution agreed to this measure."))
            return redirect("plans:agreements")
    return measure_page(request, measure, 422, agree_form=form)


@allow(CONTRIBUTORS)
@require_POST
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    measure = measure_to_answer(request, public_id)
    form = ReasonForm(request.POST, auto_id="decline_%s")
    if form.is_valid():
        try:
            services.decline(request.user, measure, form.cleaned_data["reason"], version_in(request))
        except Conflict:
            messages.warning(
                request, _("The measure was changed since you opened it. Read it again before you answer.")
            )
            return redirect("plans:measure", measure.public_id)
        except Invalid as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The secretariat reads what would have to change."))
            return redirect("plans:agreements")
    return measure_page(request, measure, 422, decline_form=form)
