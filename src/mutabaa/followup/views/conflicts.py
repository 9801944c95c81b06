"""Two people wrote at once: both texts side by side, and a form to put together what should stand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mutabaa.accounts.access import CONTRIBUTORS, allow
from mutabaa.core.differences import word_differences
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.followup import services
from mutabaa.followup.forms import UpdateForm
from mutabaa.followup.models import KeptEdit, Update
from mutabaa.followup.policies import may_edit_update
from mutabaa.followup.update_text import TEXTS, as_kept, from_kept, same_text, values_of


@allow(CONTRIBUTORS)
def resolve(request: HttpRequest, public_id: str) -> HttpResponse:
    """The person's own kept text; everybody else gets 404."""
    kept = get_object_or_404(
        KeptEdit.objects.filter(
            author_id=request.user.pk, update__in=Update.objects.visible_to(request.user).values("pk")
        ).select_related("update__recommendation__document", "update__institution", "update__component"),
        public_id=public_id,
    )
    update = kept.update
    if kept.resolved_at:
        return redirect("followup:update", update.public_id)
    if request.method == "POST" and request.POST.get("then") == "leave":
        services.drop_edit(request.user, kept)
        messages.success(request, _("The other text was left as it is. Yours stays kept."))
        return redirect("followup:update", update.public_id)
    may_edit = may_edit_update(request.user, update)
    theirs, mine = values_of(update), from_kept(update, kept.mine)
    components = update.recommendation.components.all()
    start = theirs | merged(update, kept, theirs, mine) | {"version": update.version}
    form = UpdateForm(request.POST or None, initial=start, components=components)
    if request.method == "POST" and may_edit and form.is_valid():
        try:
            services.resolve_edit(request.user, kept, form.cleaned_data["version"], **form.values())
        except Conflict:
            # Somebody wrote again while the texts were put together: the new attempt is kept like the first.
            again = services.keep_edit(request.user, update, form.cleaned_data["version"], form.values())
            services.drop_edit(request.user, kept)
            return redirect("followup:conflict", again.public_id)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("The texts were put together. The draft was saved."))
            return redirect("followup:update_edit", update.public_id)
    context = {
        "kept": kept,
        "update": update,
        "item": update.recommendation,
        "form": form,
        "may_edit": may_edit,
        "fields": differences(form, update, theirs, mine),
    }
    return render(request, "followup/conflict.html", context, status=422 if form.errors else 200)


def base_of(kept: KeptEdit) -> dict[str, Any] | None:
    """What the person started from, out of the history; None where it is no longer there."""
    rows = kept.update.history.filter(version=kept.base_version).order_by("-history_date", "-history_id")
    if (row := rows.first()) is None:
        return None
    values = {n: getattr(row, n) for n in kept.mine if n not in ("obstacles", "component")}
    return values | {"obstacles": [link.obstacle for link in row.obstacles.select_related("obstacle")]}


def merged(update: Update, kept: KeptEdit, theirs: dict[str, Any], mine: dict[str, Any]) -> dict[str, Any]:
    """A first proposal that loses nothing: what one side alone changed; where both did, both texts one after the other."""
    base = as_kept(base_of(kept) or {})
    ours, yours = as_kept(theirs), as_kept(mine)
    out: dict[str, Any] = {}
    for name, value in mine.items():
        if same(ours.get(name), yours.get(name)) or same(yours.get(name), base.get(name)):
            continue
        if same(ours.get(name), base.get(name)) or name not in TEXTS or not ours.get(name):
            out[name] = value
        else:
            out[name] = f"{theirs[name]}\n\n{value}"
    if "obstacles" in out:
        out["obstacles"] = sorted({*theirs["obstacles"], *mine["obstacles"]}, key=lambda o: o.order)
    return out


def same(one: Any, other: Any) -> bool:
    return same_text(one) == same_text(other) if isinstance(one, str) and isinstance(other, str) else one == other


def differences(form: UpdateForm, update: Update, theirs: dict[str, Any], mine: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields in which the two texts differ, each with both readings and the words between them."""
    out = []
    for name, value in mine.items():
        if name not in form.fields or same(as_kept({name: theirs[name]})[name], as_kept({name: value})[name]):
            continue
        one, two = reading(form, name, theirs[name]), reading(form, name, value)
        out.append({"bound": form[name], "theirs": one, "mine": two, "pieces": word_differences(one, two)})
    return out


def reading(form: UpdateForm, name: str, value: Any) -> str:
    """A field's value as a person reads it."""
    if isinstance(value, list):
        return ", ".join(str(v) for v in value)
    choices = dict(getattr(form.fields[name], "choices", [])) if isinstance(value, str) and name not in TEXTS else {}
    return str(choices.get(value, value if value is not None else ""))
