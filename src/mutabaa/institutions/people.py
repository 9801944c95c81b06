"""People and their posts: invite, appoint, hand over, close and reopen."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutabaa.accounts import services as accounts
from mutabaa.accounts.access import ADMINISTRATOR, allow
from mutabaa.accounts.models import Role, User
from mutabaa.core.errors import Invalid
from mutabaa.institutions import services
from mutabaa.institutions.changes import changes_of
from mutabaa.institutions.forms import InvitationForm, PostForm, SuccessorForm
from mutabaa.institutions.models import FocalPoint


@allow(ADMINISTRATOR)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    role, words = request.GET.get("role", ""), request.GET.get("q", "")
    open_posts = FocalPoint.objects.filter(until=None).select_related("institution")
    rows = User.objects.prefetch_related(Prefetch("posts", open_posts, to_attr="open_posts")).order_by(
        "-is_active", "name"
    )
    if role in Role.values:
        rows = rows.filter(role=role)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "institutions/people.html", {"page": page, "role": role, "q": words, "roles": Role.choices})


@allow(ADMINISTRATOR)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    context = {
        "person": person,
        "posts": person.posts.select_related("institution").order_by("until", "-since"),
        "changes": changes_of(person),
        "appointment": PostForm() if person.role == Role.CONTRIBUTOR and person.is_active else None,
    }
    return render(request, "institutions/person.html", context)


@allow(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None, initial={"institution": request.GET.get("institution")})
    if request.method == "POST" and form.is_valid():
        try:
            person = services.invite(request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            return invited(request, person)
    return render(request, "institutions/invite.html", {"form": form}, status=422 if form.errors else 200)


def invited(request: HttpRequest, person: User) -> HttpResponse:
    """Where mails leave, the person finds the link there; else it is shown here, this once."""
    link = "" if accounts.mail_works() else settings.SITE_URL + accounts.invitation_path(person)
    return render(request, "institutions/invited.html", {"person": person, "link": link})


@allow(ADMINISTRATOR)
@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    accounts.send_invitation(request.user, person)
    return invited(request, person)


@allow(ADMINISTRATOR)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    accounts.deactivate(request.user, person)
    messages.success(request, _("The account of %(name)s is closed; every session has ended.") % {"name": person.name})
    return redirect("people:detail", pk)


@allow(ADMINISTRATOR)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    accounts.reactivate(request.user, person)
    messages.success(request, _("The account of %(name)s is open again.") % {"name": person.name})
    return redirect("people:detail", pk)


@allow(ADMINISTRATOR)
@require_POST
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = PostForm(request.POST)
    if form.is_valid():
        services.appoint(request.user, person, **form.cleaned_data)
        messages.success(request, _("%(name)s holds the post now.") % {"name": person.name})
    else:
        messages.error(request, _("Choose an institution and a post."))
    return redirect("people:detail", pk)


@allow(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(FocalPoint.objects.select_related("user", "institution"), pk=pk, until=None)
    form = SuccessorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            successor = services.hand_over(request.user, post, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            if successor.has_usable_password():
                messages.success(request, _("%(name)s holds the post now.") % {"name": successor.name})
                return redirect("institutions:detail", post.institution.code)
            return invited(request, successor)
    return render(
        request, "institutions/hand_over.html", {"form": form, "post": post}, status=422 if form.errors else 200
    )


@allow(ADMINISTRATOR)
@require_POST
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(FocalPoint.objects.select_related("institution"), pk=pk)
    services.end_post(request.user, post)
    messages.success(request, _("The post has ended."))
    return redirect("institutions:detail", post.institution.code)
