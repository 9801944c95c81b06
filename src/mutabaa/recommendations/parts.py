"""Pages for the parts of a recommendation: position, translations, components."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.recommendations import services
from mutabaa.recommendations.forms import ComponentForm, PositionForm, SplitForm, TranslationForm
from mutabaa.recommendations.models import Component, Recommendation
from mutabaa.recommendations.views import conflict_of, record_or_404


def act(request: HttpRequest, record: Recommendation, form: Any, title: str, deed: Any, done: str) -> HttpResponse:
    """Show a form about a record; when it is valid do the deed and go back to the record."""
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            deed(form.cleaned_data)
        except Conflict as error:
            now = {name: getattr(error.current, name, None) for name in form.fields}
            conflict = conflict_of(form, error, now)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, done)
            return redirect(record.workspace_url())
    context = {"form": form, "record": record, "title": title, "conflict": conflict, "show_text": True}
    return render(request, "recommendations/form.html", context, status=409 if conflict else 200)


@allow(SECRETARIAT)
def position(request: HttpRequest, public_id: str) -> HttpResponse:
    record = record_or_404(request, public_id)

    def deed(data: dict[str, Any]) -> None:
        symbol = data.pop("symbol").strip()
        document = None
        if symbol:
            document = services.find_or_create_document(record.mechanism, record.state, symbol, data["stated_on"])
        services.state_position(request.user, record, document=document, **data)

    return act(
        request,
        record,
        PositionForm(request.POST or None),
        _("Record a position"),
        deed,
        _("The position was recorded."),
    )


@allow(SECRETARIAT)
def translation(request: HttpRequest, public_id: str) -> HttpResponse:
    record = record_or_404(request, public_id)
    existing = record.translations.filter(language=request.GET.get("language", "")).first()
    initial = {}
    if existing:
        initial = {
            "language": existing.language,
            "text": existing.text,
            "official": existing.official,
            "version": existing.version,
        }
    form = TranslationForm(request.POST or None, initial=initial)
    return act(
        request, record, form, _("Translation"), lambda data: services.set_translation(request.user, record, **data),
        _("The translation was kept."),
    )  # fmt: skip


@allow(SECRETARIAT)
def split(request: HttpRequest, public_id: str) -> HttpResponse:
    record = record_or_404(request, public_id)
    form = SplitForm(request.POST or None)
    return act(
        request, record, form, _("Split into components"), lambda data: services.split(request.user, record, data["texts"]),
        _("The recommendation was split."),
    )  # fmt: skip


@allow(SECRETARIAT)
def component(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    record = record_or_404(request, public_id)
    part = get_object_or_404(Component, recommendation=record, pk=pk)
    form = ComponentForm(
        request.POST or None, initial={"text": part.text, "institution": part.institution, "version": part.version}
    )

    def deed(data: dict[str, Any]) -> None:
        services.edit_component(request.user, part, data.pop("version"), **data)

    return act(
        request, record, form, _("Component (%(label)s)") % {"label": part.label}, deed, _("The component was changed.")
    )


@allow(SECRETARIAT)
@require_POST
def remove_component(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    record = record_or_404(request, public_id)
    services.remove_component(request.user, get_object_or_404(Component, recommendation=record, pk=pk))
    messages.success(request, _("The component was removed."))
    return redirect(record.workspace_url())
