"""Institutions, their focal points, and the settings of the installation."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mutabaa.accounts.access import ADMINISTRATOR, SECRETARIAT, allow
from mutabaa.accounts.policies import may_manage_people
from mutabaa.core import pages
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.institutions import services
from mutabaa.institutions.changes import changes_of
from mutabaa.institutions.forms import InstitutionForm, SettingsForm
from mutabaa.institutions.models import Installation, Institution


@allow(SECRETARIAT)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    chosen = {name: request.GET.get(name, "") for name in ("branch", "level", "q")}
    rows = Institution.objects.select_related("parent").annotate(
        people=Count("focal_points", filter=Q(focal_points__until=None), distinct=True)
    )
    if chosen["branch"] in Institution.Branch.values:
        rows = rows.filter(branch=chosen["branch"])
    if chosen["level"] in Institution.Level.values:
        rows = rows.filter(level=chosen["level"])
    if chosen["q"]:
        named = Q(code__icontains=chosen["q"])
        for item in Institution._meta.concrete_fields:
            if item.name.startswith(("name_", "short_")):
                named |= Q(**{f"{item.name}__icontains": chosen["q"]})
        rows = rows.filter(named)
    context = {
        "page": Paginator(rows.order_by("-active", "branch", "code"), 50).get_page(request.GET.get("page")),
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "branches": Institution.Branch.choices,
        "levels": Institution.Level.choices,
        "manages_people": may_manage_people(request.user),
    }
    return render(request, "institutions/index.html", context)


@allow(SECRETARIAT)
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    institution = get_object_or_404(Institution.objects.select_related("parent"), code=code)
    posts = list(institution.focal_points.select_related("user").order_by("until", "kind", "since"))
    context = {
        "institution": institution,
        "open_posts": [post for post in posts if post.until is None],
        "ended_posts": [post for post in reversed(posts) if post.until is not None],
        "children": institution.children.all(),
        "changes": changes_of(institution),
        "panels": pages.collect(pages.institution_panels, request, institution),
        "manages_people": may_manage_people(request.user),
    }
    return render(request, "institutions/detail.html", context)


@allow(SECRETARIAT)
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    form = InstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            institution = services.create_institution(request.user, **form.values())
        except Invalid as refusal:
            form.add_error(refusal.field, str(refusal.message))
        else:
            messages.success(request, _("The institution was added."))
            return redirect("institutions:detail", institution.code)
    return render(request, "institutions/form.html", {"form": form}, status=422 if form.errors else 200)


@allow(SECRETARIAT)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    institution = get_object_or_404(Institution, code=code)
    form = InstitutionForm(request.POST or None, instance=institution)
    context: dict[str, Any] = {"form": form, "institution": institution}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            services.change_institution(request.user, institution, version=version, **form.values())
        except Invalid as refusal:
            form.add_error(refusal.field, str(refusal.message))
        except Conflict as conflict:
            return conflict_page(request, conflict, form, context, "institutions/form.html")
        else:
            messages.success(request, _("The institution was changed."))
            return redirect("institutions:detail", institution.code)
    return render(request, "institutions/form.html", context, status=422 if form.errors else 200)


def conflict_page(
    request: HttpRequest, conflict: Conflict, form: Any, context: dict[str, Any], template: str
) -> HttpResponse:
    """The form again with what the person wrote, what stands now beside it, and the version to save over."""
    form.data = form.data.copy()
    form.data["version"] = conflict.current.version
    differing = []
    for name, value in conflict.mine.items():
        stands = getattr(conflict.current, name)
        if stands != value:
            differing.append((form[name].label, stands if stands not in (None, "") else "–"))
    return render(request, template, context | {"conflict": conflict, "differing": differing}, status=409)


@allow(ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def installation_settings(request: HttpRequest) -> HttpResponse:
    installation = Installation.objects.select_related("state", "host").first()
    if installation is None:
        raise Http404
    form = SettingsForm(request.POST or None, instance=installation)
    context: dict[str, Any] = {"form": form, "row": installation, "changes": changes_of(installation)}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_settings(request.user, version=form.cleaned_data["version"] or 0, **form.values())
        except Invalid as refusal:
            form.add_error(refusal.field, str(refusal.message))
        except Conflict as conflict:
            return conflict_page(request, conflict, form, context, "institutions/settings.html")
        else:
            messages.success(request, _("The settings were changed."))
            return redirect("settings")
    return render(request, "institutions/settings.html", context, status=422 if form.errors else 200)
