"""The administrator's page of the model: have it learn, see how far it is, read the figures of each version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import ADMINISTRATOR, allow
from mutabaa.classification import services
from mutabaa.classification.models import Suggestion, TrainedModel, Training
from mutabaa.classification.states import Decision, TagKind
from mutabaa.classification.triage import names_of_tags
from mutabaa.core.errors import Refusal
from mutabaa.core.exports import Column, Sheet, csv_chunks

SHOWN = 30


@allow(ADMINISTRATOR)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where a training stands, and every version with its figures. Six queries."""
    training = Training.objects.select_related("started_by").first()
    if request.headers.get("HX-Request"):
        if training is None or not training.is_working:
            response = HttpResponse(status=204)
            response["HX-Refresh"] = "true"
            return response
        return render(request, "classification/_progress.html", {"training": training})
    versions = list(TrainedModel.objects.select_related("training__started_by")[:SHOWN])
    context = {
        "training": training,
        "versions": [(version, figures_of(version)) for version in versions],
        "decided": [(state.label, Suggestion.objects.filter(state=state).count()) for state in Decision],
    }
    return render(request, "classification/model.html", context)


def figures_of(version: TrainedModel) -> list[tuple[str, float, float]]:
    """(kind, micro F1, macro F1) of the kinds that were judged."""
    return [
        (str(kind.label), found["micro_f1"], found["macro_f1"])
        for kind in TagKind
        if (found := version.figures.get(kind.value))
    ]


@allow(ADMINISTRATOR)
@require_POST
def train(request: HttpRequest) -> HttpResponse:
    try:
        services.start_training(request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The training waits for the worker."))
    return redirect("classification:model")


def table_of(version: TrainedModel) -> list[dict[str, Any]]:
    """The per-label table with names, the commonest labels first."""
    names = names_of_tags([Suggestion(kind=row["kind"], code=row["code"]) for row in version.per_label])
    kinds = {kind.value: str(kind.label) for kind in TagKind}
    rows = [
        row
        | {
            "name": names.get((row["kind"], row["code"]), row["code"]),
            "kind_label": kinds.get(row["kind"], row["kind"]),
        }
        for row in version.per_label
    ]
    return sorted(rows, key=lambda row: (row["kind"], -row["texts"], row["code"]))


@allow(ADMINISTRATOR)
@require_safe
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its figures label by label."""
    found = get_object_or_404(TrainedModel.objects.select_related("training__started_by"), pk=pk)
    context = {"version": found, "figures": figures_of(found), "rows": table_of(found)}
    return render(request, "classification/version.html", context)


@allow(ADMINISTRATOR)
@require_safe
def labels(request: HttpRequest, pk: int) -> HttpResponse:
    """The per-label table as CSV."""
    found = get_object_or_404(TrainedModel, pk=pk)
    columns = [
        Column("kind", _("Kind")), Column("code", _("Code")), Column("name", _("Name")),
        Column("texts", _("Texts with the tag"), "number"), Column("suggested", _("Suggested"), "number"),
        Column("right", _("Right"), "number"), Column("precision", _("Precision"), "number"),
        Column("recall", _("Recall"), "number"), Column("f1", _("F1"), "number"),
    ]  # fmt: skip
    sheet = Sheet(_("Figures of the model"), columns, table_of(found), language=get_language() or "en")
    response = HttpResponse(csv_chunks(sheet), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="model-{found.pk}-labels.csv"'
    return response
