"""One step of a request: its form, then the deed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mutabaa.accounts.access import WRITERS, allow
from mutabaa.assistance.forms.requests import EvaluateForm
from mutabaa.assistance.template_parts import missing
from mutabaa.assistance.views.conflicts import refused
from mutabaa.assistance.views.requests import visible
from mutabaa.assistance.views.step_pages import BY_SLUG
from mutabaa.core.errors import Invalid


@allow(WRITERS)
def step(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """404 where the step is not open to this person now."""
    page = BY_SLUG.get(step)
    row = visible(request, public_id)
    if page is None or not page.is_open(request.user, row):
        raise Http404
    start = {"version": row.version, "visibility": row.visibility}
    more: dict[str, Any] = {"results": row.results.all()} if page.form is EvaluateForm else {}
    form = page.form(request.POST if request.method == "POST" else None, initial=start, **more)
    if request.method == "POST" and form.is_valid():
        given = form.values() if hasattr(form, "values") else dict(form.cleaned_data)
        try:
            page.deed(request.user, row, given.pop("version"), **given)
        except Invalid as refusal:
            refused(form, refusal)
        else:
            messages.success(request, page.done)
            return redirect("assistance:request", public_id)
    context = {"page": page, "row": row, "form": form, "missing": missing(row) if step == "ask-approval" else []}
    return render(request, "assistance/step.html", context, status=422 if form.errors else 200)
