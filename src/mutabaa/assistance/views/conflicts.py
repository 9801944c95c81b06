"""Two people saved at once: the form again, with what the person wrote, and what stands now beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mutabaa.core.errors import Conflict


def conflict_page(
    request: HttpRequest, conflict: Conflict, form: Any, template: str, context: dict[str, Any]
) -> HttpResponse:
    """What stands is shown field by field; saving again writes over it, and the history keeps both."""
    form.data = form.data.copy()
    form.data["version"] = str(conflict.current.version)
    differing = []
    for name, value in conflict.mine.items():
        if name not in form.fields:
            continue
        stands = getattr(conflict.current, name)
        if hasattr(stands, "all"):
            stands, value = ", ".join(map(str, stands.all())), ", ".join(map(str, value))
        if str(stands) != str(value):
            differing.append((form[name].label, stands if stands not in (None, "") else "–"))
    return render(request, template, context | {"form": form, "differing": differing, "conflict": True}, status=409)


def refused(form: Any, refusal: Any) -> None:
    """Set a refusal beside its field, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
