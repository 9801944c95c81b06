"""Updates: writing, handing in, reviewing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mutabaa.accounts.access import CONTRIBUTORS, EVERYONE, SECRETARIAT, WRITERS, allow
from mutabaa.accounts.policies import is_contributor
from mutabaa.core.differences import word_differences
from mutabaa.core.errors import Conflict, Invalid, Refusal
from mutabaa.followup import services
from mutabaa.followup.forms import EvidenceForm, PublishForm, ReasonForm, UpdateForm
from mutabaa.followup.models import Evidence, StatusCriterion, Update
from mutabaa.followup.policies import (
    may_approve,
    may_ask_back,
    may_edit_update,
    may_publish,
    may_see_history,
    may_withdraw_update,
)
from mutabaa.followup.states import UpdateState
from mutabaa.followup.views.selection import selection
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, posts_of
from mutabaa.recommendations.models import Recommendation


def visible(request: HttpRequest, public_id: str) -> Update:
    rows = Update.objects.visible_to(request.user).select_related(
        "recommendation__document",
        "recommendation__mechanism",
        "institution",
        "component",
        "author",
        "approved_by",
        "published_by",
    )
    return get_object_or_404(rows, public_id=public_id)


@allow(WRITERS)
def index(request: HttpRequest) -> HttpResponse:
    """Updates in one state: for a contributor of the own institution, for the secretariat what reached it."""
    contributor = is_contributor(request.user)
    rows = Update.objects.visible_to(request.user).select_related("recommendation__document", "institution")
    if contributor:
        rows = rows.filter(institution_id__in=institution_ids(request.user))
    state = request.GET.get("state", "")
    if state not in UpdateState.values:
        state = UpdateState.DRAFT if contributor else UpdateState.APPROVED
    page = Paginator(rows.filter(state=state).order_by("-updated_at"), 50).get_page(request.GET.get("page"))
    states = [c for c in UpdateState.choices if contributor or c[0] in ("approved", "asked_back", "published")]
    return render(request, "followup/updates.html", {"page": page, "states": states, "shown": state})


def my_institution(request: HttpRequest, item: Recommendation) -> Institution:
    """The institution a person writes for: the posted one, else the first of theirs that is responsible."""
    posts = {post.institution.code: post.institution for post in posts_of(request.user)}
    if asked := posts.get(request.POST.get("institution", "")):
        return asked
    responsible = set(item.responsibilities.values_list("institution_id", flat=True))
    for institution in posts.values():
        if institution.pk in responsible:
            return institution
    raise Http404


@allow(CONTRIBUTORS)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin an update on an item of one's own, or go on with the draft that there is."""
    item = get_object_or_404(Recommendation.objects.in_scope(request.user), public_id=request.POST.get("item", ""))
    component = item.components.filter(label=request.POST.get("component", "")).first()
    update = services.start_update(request.user, item, my_institution(request, item), component)
    return redirect("followup:update_edit", update.public_id)


@allow(CONTRIBUTORS)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form of a draft. Every button saves what was written first, so that nothing typed is lost."""
    update = visible(request, public_id)
    if not may_edit_update(request.user, update):
        return redirect("followup:update", public_id)
    components = update.recommendation.components.all()
    form = UpdateForm(request.POST or None, initial=UpdateForm.initial_of(update), components=components)
    evidence = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and evidence.is_valid():
        answer = save(request, update, form, evidence)
        if answer is not None:
            return answer
        update = visible(request, public_id)
        again = request.POST.copy()
        again["version"] = str(update.version)
        form.data = again  # what was saved is the new start
    context = {
        "update": update,
        "item": update.recommendation,
        "form": form,
        "evidence_form": evidence,
        "evidence": update.evidence.filter(removed=False),
        "criteria": StatusCriterion.objects.all(),
    }
    return render(request, "followup/update_form.html", context, status=422 if form.errors or evidence.errors else 200)


def save(request: HttpRequest, update: Update, form: UpdateForm, evidence: EvidenceForm) -> HttpResponse | None:
    """Save, then do what the button says. None: the form is shown again with what is wrong."""
    try:
        update = services.save_update(request.user, update, form.cleaned_data["version"], **form.values())
    except Conflict as conflict:
        kept = services.keep_edit(request.user, conflict.current, form.cleaned_data["version"], conflict.mine)
        return redirect("followup:conflict", kept.public_id)
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
    try:
        if evidence.given():
            services.add_evidence(
                request.user,
                update,
                title=evidence.cleaned_data["evidence_title"],
                url=evidence.cleaned_data["evidence_url"],
                upload=evidence.cleaned_data["evidence_file"],
            )
        if drop := request.POST.get("remove"):
            services.remove_evidence(
                request.user, get_object_or_404(update.evidence.filter(removed=False), public_id=drop)
            )
    except Invalid as refusal:
        field = f"evidence_{refusal.field}" if refusal.field else None
        evidence.add_error(field if field in evidence.fields else None, refusal.message)
        return None
    if request.POST.get("then") == "submit":
        try:
            services.submit_update(request.user, update)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return None
        messages.success(request, _("The update was handed in."))
        return redirect("followup:update", update.public_id)
    messages.success(request, _("The draft was saved."))
    return redirect("followup:update_edit", update.public_id)


@allow(EVERYONE)
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole update, with what this person can do to it."""
    return page(request, visible(request, public_id))


def page(
    request: HttpRequest, update: Update, publish: PublishForm | None = None, back: ReasonForm | None = None
) -> HttpResponse:
    start = {"version": update.version}
    wrong = (publish is not None and publish.errors) or (back is not None and back.errors)
    context: dict[str, Any] = {
        "update": update,
        "item": update.recommendation,
        "evidence": update.evidence.filter(removed=False),
        "may_edit": may_edit_update(request.user, update),
        "may_approve": may_approve(request.user, update),
        "may_withdraw": may_withdraw_update(request.user, update),
        "versions": earlier_wordings(update) if may_see_history(request.user, update) else [],
        "signed_in": request.user.is_authenticated,
    }
    if may_publish(request.user, update):
        context["publish_form"] = publish or PublishForm(initial=start | {"status": update.proposed_status})
    if may_ask_back(request.user, update):
        context["back_form"] = back or ReasonForm(initial=start, auto_id="back_%s")
    if update.proposed_status or "publish_form" in context:
        context["criteria"] = {c.status: c for c in StatusCriterion.objects.all()}
        context["criterion"] = context["criteria"].get(update.proposed_status)
    return render(request, "followup/update.html", context, status=422 if wrong else 200)


def earlier_wordings(update: Update) -> list[dict[str, Any]]:
    """The last twenty states of the text, newest first, each with what changed in the words. One query and one for names."""
    rows = list(update.history.select_related("history_user").order_by("-history_date", "-history_id")[:60])
    out: list[dict[str, Any]] = []
    seen: set[int] = set()
    for row in rows:
        if row.version not in seen:  # one row per version; the obstacles are written right after the text
            seen.add(row.version)
            out.append({"row": row, "pieces": []})
    for newer, older in zip(out, out[1:], strict=False):
        if newer["row"].what_was_done != older["row"].what_was_done:
            newer["pieces"] = word_differences(older["row"].what_was_done, newer["row"].what_was_done)
    return out[:20]


@allow(CONTRIBUTORS)
@require_POST
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    version = request.POST.get("version", "")
    services.approve_update(request.user, visible(request, public_id), int(version) if version.isdigit() else None)
    messages.success(request, _("The update was approved and sent to the secretariat."))
    return redirect("followup:update", public_id)


@allow(WRITERS)
@require_POST
def ask_back(request: HttpRequest, public_id: str) -> HttpResponse:
    update = visible(request, public_id)
    form = ReasonForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return page(request, update, back=form)
    services.ask_back_update(request.user, update, form.cleaned_data["reason"], form.cleaned_data["version"])
    messages.success(request, _("The update was asked back; its writers read your reason."))
    return redirect("desk")


@allow(SECRETARIAT)
@require_POST
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    update = visible(request, public_id)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return page(request, update, publish=form)
    data = form.cleaned_data
    try:
        services.publish_update(
            request.user, update, data["version"], status=data["status"], status_on=data["on"], note=data["note"]
        )
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return page(request, visible(request, public_id), publish=form)
    messages.success(request, _("The update was published."))
    return redirect("followup:update", public_id)


@allow(CONTRIBUTORS)
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    services.withdraw_update(request.user, visible(request, public_id))
    messages.success(request, _("The update was withdrawn. Its text stays in the history."))
    return redirect("desk")


@allow(CONTRIBUTORS)
def answer_cluster(request: HttpRequest, code: str) -> HttpResponse:
    """One text for several items of a cluster: a draft on each that is ticked."""
    chosen = selection(request, in_scope=True, code=code)
    members = chosen.rows.select_related("document", "mechanism")
    mine = {post.institution_id: post.institution for post in posts_of(request.user)}
    institution = mine.get(int(request.POST["institution"])) if request.POST.get("institution", "").isdigit() else None
    institution = institution or next(iter(mine.values()))
    drafts = Update.objects.editable().filter(institution=institution, component=None).exclude(what_was_done="")
    items = list(
        members.filter(responsibilities__institution=institution).prefetch_related(
            Prefetch("updates", drafts, to_attr="drafts")
        )[:300]
    )
    form = UpdateForm(request.POST or None, initial={"version": 0, "language": request.LANGUAGE_CODE[:2]})
    evidence = EvidenceForm(request.POST or None, request.FILES or None)
    ticked = (
        set(request.POST.getlist("selected"))
        if request.method == "POST"
        else {i.public_id for i in items if not i.drafts}
    )
    if request.method == "POST" and form.is_valid() and evidence.is_valid():
        try:
            done = answer(request, [i for i in items if i.public_id in ticked], institution, form, evidence)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            said = ngettext("%(count)s draft was written.", "%(count)s drafts were written.", len(done))
            messages.success(request, said % {"count": len(done)})
            return redirect("desk")
    context = {
        "items": items,
        "ticked": ticked,
        "form": form,
        "evidence_form": evidence,
        "institution": institution,
        "mine": mine.values(),
    }
    context |= {"cluster": chosen.cluster, "criteria": StatusCriterion.objects.all()}
    return render(
        request, "followup/answer_cluster.html", context, status=422 if form.errors or evidence.errors else 200
    )


def answer(
    request: HttpRequest,
    items: list[Recommendation],
    institution: Institution,
    form: UpdateForm,
    evidence: EvidenceForm,
) -> list[Update]:
    """Drafts first, then the evidence on all of them, then handing in: each refusal leaves the drafts written."""
    done = services.answer_many(request.user, items, institution, **form.values())
    if evidence.given():
        data = evidence.cleaned_data
        piece: Evidence = services.add_evidence(
            request.user, done[0], title=data["evidence_title"], url=data["evidence_url"], upload=data["evidence_file"]
        )
        services.share_evidence(request.user, piece, done[1:])
    if request.POST.get("then") == "submit":
        for update in done:
            services.submit_update(request.user, update)
    return done
