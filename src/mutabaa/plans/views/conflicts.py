"""Two people wrote on one measure at once: both texts side by side, and a form to put together what should stand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mutabaa.accounts.access import WRITERS, allow
from mutabaa.core.differences import word_differences
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.core.three_way import merged_text, three_way
from mutabaa.plans import services
from mutabaa.plans.measure_forms import MeasureForm, initial_of_measure
from mutabaa.plans.measure_text import FIELDS, MANY, TEXTS, from_plain, label_of, plain_at, plain_of
from mutabaa.plans.models import KeptEdit, Measure
from mutabaa.plans.policies import editable_fields, may_edit_measure
from mutabaa.plans.views.finding import say
from mutabaa.plans.views.measures import choices, linked, unseen_kept


@allow(WRITERS)
def resolve(request: HttpRequest, public_id: str) -> HttpResponse:
    """The person's own kept text; everybody else gets 404."""
    kept = get_object_or_404(
        KeptEdit.objects.filter(
            author_id=request.user.pk, measure__in=Measure.objects.visible_to(request.user)
        ).select_related("measure__plan", "measure__outcome__plan", "measure__lead"),
        public_id=public_id,
    )
    measure = kept.measure
    if kept.resolved_at:
        return redirect("plans:measure", measure.public_id)
    if request.method == "POST" and request.POST.get("then") == "leave":
        services.drop_edit(request.user, kept)
        messages.success(request, _("The other text was left as it is. Yours stays kept."))
        return redirect("plans:measure", measure.public_id)
    may_edit = may_edit_measure(request.user, measure)
    current = plain_of(measure)
    base = plain_at(measure, kept.base_version)
    stands = initial_of_measure(measure, {name: current[name] for name in MANY})
    start = stands | proposal(base, current, kept.mine) | {"version": measure.version}
    offered = linked(measure, {name: [*stands[name], *kept.mine.get(name, [])] for name in MANY})
    form = MeasureForm(
        request.POST or None,
        initial=start,
        open_fields=editable_fields(request.user, measure, FIELDS),
        choices=choices(request, measure.outcome, offered),
    )
    if request.method == "POST" and may_edit and form.is_valid():
        version, fields = form.cleaned_data["version"], unseen_kept(request, measure, form.values())
        try:
            services.resolve_edit(request.user, kept, version, **fields)
        except Conflict:
            # Somebody wrote again while the texts were put together: the new attempt is kept like the first.
            again = services.keep_edit(request.user, measure, version or measure.version, fields)
            services.drop_edit(request.user, kept)
            return redirect("plans:conflict", again.public_id)
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The texts were put together."))
            return redirect("plans:measure", measure.public_id)
    collisions = three_way(base, current, kept.mine).collisions
    context = {
        "kept": kept,
        "measure": measure,
        "plan": measure.plan,
        "form": form,
        "may_edit": may_edit,
        "fields": [difference(measure, name, current[name], kept.mine[name]) for name in sorted(collisions)],
    }
    return render(request, "plans/conflict.html", context, status=422 if form.errors else 200)


def proposal(base: dict[str, Any] | None, current: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """A first proposal that loses nothing: what one side alone changed; where both did, the two texts merged by lines."""
    merged = three_way(base, current, mine)
    out = {name: mine[name] for name in merged.changes}
    for name in merged.collisions:
        if name in TEXTS:
            out[name] = merged_text(base[name] if base else "", current[name], mine[name])
        else:
            out[name] = mine[name] or current[name]
    return out


def difference(measure: Measure, name: str, theirs: Any, mine: Any) -> dict[str, Any]:
    one, two = reading(measure, name, theirs), reading(measure, name, mine)
    return {"label": label_of(name), "theirs": one, "mine": two, "pieces": word_differences(one, two)}


def reading(measure: Measure, name: str, value: Any) -> str:
    """A field's value as a person reads it."""
    found = from_plain(name, value)
    if isinstance(found, list):
        return ", ".join(sorted(str(row) for row in found))
    field: Any = measure._meta.get_field(name)
    return str(dict(field.flatchoices).get(found, "" if found is None else found))
