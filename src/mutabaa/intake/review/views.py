"""The review of a document: the document on one side, its items on the other. For the secretariat."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.core.installation import installation_of
from mutabaa.intake.models import DocumentReading, ReadItem
from mutabaa.intake.reading import path_of
from mutabaa.intake.review import services
from mutabaa.intake.review.forms import FactsForm, ItemForm, SplitForm
from mutabaa.intake.states import DOUBTS, NOTICES, REASONS, BatchState, ItemState
from mutabaa.recommendations.views import conflict_of
from mutabaa.taxonomy.models import State

PAGE = 40
MARGIN = 4  # blocks shown before the first and after the last item of a page
WHOLE = 250  # blocks shown of a document in which nothing was found
FILTERS = ("all", "doubtful", *ItemState.values)


def reading_or_404(public_id: str) -> DocumentReading:
    rows = DocumentReading.objects.select_related("batch", "batch__created_by", "mechanism", "state")
    return get_object_or_404(rows, batch__public_id=public_id)


def open_item(public_id: str, pk: int) -> ReadItem:
    rows = ReadItem.objects.select_related("reading__batch", "reading__mechanism", "reading__state")
    return get_object_or_404(rows, pk=pk, reading__batch__public_id=public_id)


@allow(SECRETARIAT)
@require_safe
def document(request: HttpRequest, public_id: str) -> HttpResponse:
    """The document beside its items, forty at a time, each linked to its place."""
    reading = reading_or_404(public_id)
    doubtful = Q(confidence__lt=0.75) | ~Q(reasons=[])
    counts = reading.items.aggregate(
        all=Count("pk"),
        doubtful=Count("pk", filter=doubtful),
        **{state: Count("pk", filter=Q(state=state)) for state in ItemState.values},
    )
    shown = request.GET.get("show", "all")
    shown = shown if shown in FILTERS else "all"
    items = reading.items.select_related("decided_by")
    if shown == "doubtful":
        items = items.filter(doubtful)
    elif shown != "all":
        items = items.filter(state=shown)
    page = Paginator(items, PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    names = {state.pk: state.name for state in State.objects.filter(pk__in={c for i in found for c in i.recommending})}
    for one in found:
        one.state_names = [names.get(code, code) for code in one.recommending]
        one.doubts = [str(DOUBTS.get(code) or REASONS.get(code, code)) % {"detail": ""} for code in one.reasons]
    labels = {
        "all": _("All"), "doubtful": _("To look at twice"), **{value: str(label) for value, label in ItemState.choices},
    }  # fmt: skip
    context = {
        "reading": reading,
        "batch": reading.batch,
        "is_open": reading.batch.state in services.OPEN,
        "page": page,
        "items": found,
        "blocks": blocks_beside(reading, found),
        "tabs": [(name, labels[name], counts[name]) for name in FILTERS],
        "shown": shown,
        "counts": counts,
        "of_another_state": reading.state_id and reading.state_id != installation_of(request).state_id,
        "missing": list(services.missing(reading).values()),
        "due_dates": services.due_dates(reading),
        "notices": [str(NOTICES.get(code, code)) % {"detail": detail} for code, detail in reading.notices],
        "has_file": reading.batch.path and reading.batch.state != BatchState.DISCARDED,
    }
    return render(request, "intake/review/document.html", context)


def blocks_beside(reading: DocumentReading, items: list[ReadItem]) -> list[dict[str, Any]]:
    """The stretch of the document that the items of a page come from, with the items that begin at each block."""
    total = len(reading.blocks)
    first, last = 0, min(total, WHOLE)
    if items:
        first = max(0, min(item.first for item in items) - MARGIN)
        last = min(total, max(item.last for item in items) + 1 + MARGIN)
    of: dict[int, list[ReadItem]] = {}
    for item in items:
        for at in range(item.first, item.last + 1):
            of.setdefault(at, []).append(item)
    out = []
    for at, (kind, text, number, level, page) in enumerate(reading.blocks[first:last], start=first):
        out.append(
            {"at": at, "kind": kind, "text": text, "number": number, "level": level, "page": page, "items": of.get(at, [])}
        )  # fmt: skip
    return out


def back_to(request: HttpRequest, public_id: str, item: ReadItem | None = None) -> HttpResponse:
    """To the same page of the list, at the same item."""
    address = reverse("intake:document", args=[public_id])
    query = request.POST.get("query", "") or request.GET.get("query", "")
    if query and "//" not in query and len(query) < 200:
        address += "?" + query.lstrip("?")
    return redirect(f"{address}#i{item.pk}" if item is not None else address)


@allow(SECRETARIAT)
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """One item (`item`), the ticked ones (`items`), or with `all` every one that nobody has decided on."""
    reading = reading_or_404(public_id)
    state = request.POST.get("state", "")
    ids = [int(pk) for pk in request.POST.getlist("item") or request.POST.getlist("items") if pk.isdecimal()]
    changed = services.decide(request.user, reading, None if request.POST.get("all") else ids, state)
    if request.POST.get("all"):
        told = ngettext("%(n)d item was accepted.", "%(n)d items were accepted.", changed) % {"n": changed}
        messages.success(request, told)
    one = reading.items.filter(pk=ids[0]).first() if len(ids) == 1 else None
    return back_to(request, public_id, one)


@allow(SECRETARIAT)
def facts(request: HttpRequest, public_id: str) -> HttpResponse:
    reading = reading_or_404(public_id)
    form = FactsForm(request.POST or None, instance=reading)
    return act(
        request, reading, form, _("What the document says of itself"),
        lambda: services.edit_facts(request.user, reading, form.cleaned_data["version"], **form.values()),
        _("The facts of the document were kept."),
    )  # fmt: skip


@allow(SECRETARIAT)
def item(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    found = open_item(public_id, pk)
    form = ItemForm(request.POST or None, instance=found)
    return act(
        request, found.reading, form, _("Correct the item"),
        lambda: services.edit_item(request.user, found, form.cleaned_data["version"], **form.values()),
        _("The item was kept and accepted."), found,
    )  # fmt: skip


@allow(SECRETARIAT)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    reading = reading_or_404(public_id)
    form = ItemForm(request.POST or None)
    return act(
        request, reading, form, _("Add an item"),
        lambda: services.add_item(request.user, reading, **form.values()),
        _("The item was added."),
    )  # fmt: skip


@allow(SECRETARIAT)
def split(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    found = open_item(public_id, pk)
    form = SplitForm(request.POST or None, initial={"version": found.version, "text": found.text})
    return act(
        request, found.reading, form, _("Divide the item"),
        lambda: services.split(request.user, found, form.cleaned_data["version"], form.parts()),
        _("The item was divided."), found,
    )  # fmt: skip


def act(
    request: HttpRequest, reading: DocumentReading, form: Any, title: str, deed: Any, done: str, item: ReadItem | None = None
) -> HttpResponse:  # fmt: skip
    """Show a form of the review; when it is valid do the deed and go back to the list."""
    conflict = None
    if reading.batch.state not in services.OPEN:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except Conflict as error:
            now = {name: getattr(error.current, name, None) for name in form.fields}
            conflict = conflict_of(form, error, now)
        except Refusal as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, done)
            return back_to(request, reading.batch.public_id, item)
    context = {
        "form": form,
        "title": title,
        "reading": reading,
        "batch": reading.batch,
        "item": item,
        "conflict": conflict,
        "query": request.POST.get("query", "") or request.GET.get("query", ""),
        "blocks": [reading.blocks[at] for at in range(item.first, item.last + 1) if at < len(reading.blocks)] if item else [],
    }  # fmt: skip
    return render(request, "intake/review/form.html", context, status=409 if conflict else 422 if form.errors else 200)


@allow(SECRETARIAT)
@require_POST
def merge(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    found = open_item(public_id, pk)
    version = request.POST.get("version", "")
    services.merge_with_next(request.user, found, int(version) if version.isdecimal() else None)
    messages.success(request, _("The following item was put together with this one."))
    return back_to(request, public_id, found)


@allow(SECRETARIAT)
@require_POST
def finish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand the accepted items to the import, whose preview comes next."""
    reading = reading_or_404(public_id)
    try:
        services.finish(request.user, reading)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect("intake:document", public_id)
    return redirect("intake:batch", public_id)


@allow(SECRETARIAT)
@require_safe
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """The document as it came, as an attachment: never shown inline."""
    reading = reading_or_404(public_id)
    path = path_of(reading.batch)
    if not reading.batch.path or not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=reading.batch.file_name, content_type="application/octet-stream"
    )
