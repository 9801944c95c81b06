"""Files of figures: send, look, decide, undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import allow
from mutabaa.accounts.models import Role
from mutabaa.core.errors import Invalid
from mutabaa.indicators import services
from mutabaa.indicators.breakdowns import Groups
from mutabaa.indicators.models import Delivery
from mutabaa.indicators.states import DeliveryState, Status
from mutabaa.indicators.wording import faults_in_words
from mutabaa.intake.observations import receiving
from mutabaa.intake.observations.forms import ColumnsForm, UploadForm

STATISTICIANS = frozenset({Role.STATISTICIAN.value})


@allow(STATISTICIANS)
def index(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            delivery = receiving.receive(request.user, form.cleaned_data["file"], form.options())
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            return redirect("observations:file", delivery.public_id)
    page = Paginator(Delivery.objects.select_related("created_by"), 25).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "tab": "imports", "may_validate": True, "may_import": True}
    return render(request, "intake/observations/index.html", context, status=422 if form.errors else 200)


def found(public_id: str) -> Delivery:
    return get_object_or_404(Delivery.objects.select_related("created_by"), public_id=public_id)


@allow(STATISTICIANS)
@require_safe
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The preview or the result."""
    delivery = found(public_id)
    if delivery.state == DeliveryState.MAPPING:
        return redirect("observations:columns", public_id)
    groups = Groups.load()
    context = {
        "delivery": delivery,
        "refused": [(line, faults_in_words(codes), said) for line, codes, said in delivery.refused],
        "sample": [
            (line, code, area, period, groups.label(key), value, Status(status).label)
            for line, code, area, period, key, value, status in delivery.sample
        ],
        "may_apply": delivery.state == DeliveryState.PREVIEWED and not delivery.counts.get("refused"),
        "nothing_new": delivery.state == DeliveryState.PREVIEWED
        and not (delivery.counts.get("new") or delivery.counts.get("changed")),
    }
    return render(request, "intake/observations/file.html", context)


@allow(STATISTICIANS)
def columns(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the columns hold. Reads the file at each visit."""
    delivery = get_object_or_404(
        Delivery, public_id=public_id, form=receiving.TABLE, state__in=[DeliveryState.MAPPING, DeliveryState.PREVIEWED]
    )
    layout, rows, sheets = receiving.head_of(delivery)
    said = delivery.options
    form = ColumnsForm(
        request.POST or None, layout=layout, sheets=sheets, sheet=said.get("sheet", ""),
        initial={name: said.get(name, "") for name in ("indicator", "area", "source", "comma")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.options()
        if given.get("sheet", said.get("sheet", "")) != said.get("sheet", "") and said.get("sheet"):
            given.pop("roles")  # another sheet has other columns: they are looked at anew
        receiving.name_columns(request.user, delivery, given)
        delivery.refresh_from_db()
        if delivery.state != DeliveryState.MAPPING:
            return redirect("observations:file", public_id)
        messages.error(request, _("Say which column holds the period and which the value, and which indicator it is."))
        return redirect("observations:columns", public_id)
    context = {"delivery": delivery, "form": form, "rows": rows, "names": layout.names}
    return render(request, "intake/observations/columns.html", context, status=422 if form.errors else 200)


def version_of(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else None


@allow(STATISTICIANS)
@require_POST
def apply(request: HttpRequest, public_id: str) -> HttpResponse:
    delivery = receiving.ask_to_apply(request.user, found(public_id), version_of(request))
    if delivery.state == DeliveryState.APPLIED:
        messages.success(request, _("The figures were imported. They wait for validation."))
    else:
        messages.info(request, _("The worker imports the figures. Look again in a moment."))
    return redirect("observations:file", public_id)


@allow(STATISTICIANS)
@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    services.discard_delivery(request.user, found(public_id), version_of(request))
    messages.success(request, _("The import was discarded. Nothing was changed."))
    return redirect("observations:index")


@allow(STATISTICIANS)
@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    services.undo_delivery(request.user, found(public_id), version_of(request))
    messages.success(request, _("The import was undone."))
    return redirect("observations:file", public_id)
