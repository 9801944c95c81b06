"""What changes recommendations. Imports write through `intake`; statuses and assignments through `followup`."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.core.models import without_history
from mutabaa.core.text import fingerprint, fold
from mutabaa.mechanisms.models import Document, Mechanism
from mutabaa.recommendations.models import Component, PositionEntry, Recommendation, SavedView, Translation
from mutabaa.recommendations.policies import may_edit, may_keep_views, may_share_views
from mutabaa.recommendations.states import Kind, Position, Priority, PriorityReason
from mutabaa.taxonomy.models import State

TAGS = {"themes", "groups", "sdgs", "recommending_states", "readers"}


def require_editor(by: Any) -> None:
    if not may_edit(by):
        raise NotAllowed(_("Only the secretariat changes this."))


def locked(model: Any, pk: int, version: int | None, mine: dict[str, Any]) -> Any:
    """The row, locked; `Conflict` where it is no longer the version that the person started from."""
    row = model.objects.select_for_update(no_key=True).get(pk=pk)
    if version is not None and row.version != version:
        raise Conflict(
            _(
                "Somebody else changed this while you were writing. Both versions are kept below: put together what should stand."
            ),
            current=row,
            mine=mine,
        )
    return row


def find_or_create_document(
    mechanism: Mechanism, state: State, symbol: str, published_on: dt.date | None, **fields: Any
) -> Document:
    """The document by mechanism, State and symbol; a new one where there is none yet."""
    found = Document.objects.filter(mechanism=mechanism, state=state, symbol=symbol).order_by("id")
    if published_on:
        found = found.filter(published_on=published_on) or found.filter(published_on=None)
    return found.first() or Document.objects.create(
        mechanism=mechanism, state=state, symbol=symbol, published_on=published_on, **fields
    )


@transaction.atomic
def create_recommendation(
    by: Any, *, document: Document, text: str, language: str, paragraph: str = "", kind: str = Kind.RECOMMENDATION,
    own: bool = True, visibility: str = "public", **fields: Any,
) -> Recommendation:  # fmt: skip
    """Enter one item by hand. Refuses the same text twice in one document, naming where it stands."""
    require_editor(by)
    if not text.strip():
        raise Invalid(_("The text is missing."), field="text")
    key = fingerprint(text)
    twin = Recommendation.objects.filter(document=document, text_key=key, paragraph=paragraph, withdrawn=False).first()
    if twin:
        raise Invalid(
            _("This text already stands in the same document, in paragraph %(paragraph)s.")
            % {"paragraph": twin.paragraph or "–"},
            field="text",
        )
    tags = {name: fields.pop(name) for name in TAGS & set(fields)}
    row = Recommendation(
        document=document, state=document.state, mechanism=document.mechanism, text=text, language=language, paragraph=paragraph,
        kind=kind, own=own, visibility=visibility, folded=fold(text), text_key=key, published_on=document.published_on,
        year=document.published_on.year if document.published_on else None, cycle=document.cycle, session=document.session, **fields,
    )  # fmt: skip
    row.save()
    for name, values in tags.items():
        getattr(row, name).set(values)
    audit(by, "recommendation.created", row, reference=row.reference)
    return row


@transaction.atomic
def edit_recommendation(by: Any, row: Recommendation, version: int | None, **fields: Any) -> Recommendation:
    """Change fields and tags. Status, lead and position have services of their own."""
    require_editor(by)
    row = locked(Recommendation, row.pk, version, fields)
    changed = []
    for name, value in fields.items():
        if name in TAGS:
            continue
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    for name in TAGS & set(fields):
        wanted = {v.pk for v in fields[name]}
        if wanted != set(getattr(row, name).values_list("pk", flat=True)):
            with without_history(row):  # the save below writes the one version of this change
                getattr(row, name).set(fields[name])
            changed.append(name)
    if not changed:
        return row
    if "text" in changed:
        if not row.text.strip():
            raise Invalid(_("The text is missing."), field="text")
        row.folded, row.text_key = fold(row.text), fingerprint(row.text)
    row.version += 1
    row.save()
    audit(by, "recommendation.changed", row, fields=sorted(changed))
    return row


@transaction.atomic
def set_priority(by: Any, rows: Iterable[Recommendation], priority: str, reason: str, note: str = "") -> int:
    """One priority for several items, with its reason recorded (T-342). Returns how many changed."""
    require_editor(by)
    if priority not in Priority.values or reason not in PriorityReason.values:
        raise Invalid(_("There is no such priority or reason."), field="priority")
    if priority and not reason:
        raise Invalid(_("A priority needs its reason."), field="priority_reason")
    changed = 0
    for row in Recommendation.objects.select_for_update(no_key=True).filter(pk__in=[r.pk for r in rows]):
        if (row.priority, row.priority_reason, row.priority_note) == (priority, reason, note):
            continue
        row.priority, row.priority_reason, row.priority_note = priority, reason if priority else "", note
        row.version += 1
        row.save()
        audit(by, "recommendation.priority", row, priority=priority, reason=reason, note=note)
        changed += 1
    return changed


@transaction.atomic
def state_position(
    by: Any, row: Recommendation, *, position: str, partial: bool = False, text: str = "",
    document: Document | None = None, stated_on: dt.date | None = None,
) -> PositionEntry:  # fmt: skip
    """Record a statement of position; a later one (noted → supported) stands beside the earlier, never instead."""
    require_editor(by)
    if position not in (Position.PENDING, Position.SUPPORTED, Position.NOTED):
        raise Invalid(_("A position is pending, supported or noted."), field="position")
    row = locked(Recommendation, row.pk, None, {})
    entry = PositionEntry.objects.create(
        recommendation=row, position=position, partial=partial, text=text, document=document, stated_on=stated_on,
        recorded_by=by,
    )  # fmt: skip
    latest = row.positions.order_by("-stated_on", "-recorded_at", "-id").first()
    row.position, row.position_partial = latest.position, latest.partial  # type: ignore[union-attr]
    row.version += 1
    row.save()
    audit(by, "recommendation.position", row, position=position, partial=partial)
    return entry


@transaction.atomic
def set_translation(
    by: Any, row: Recommendation, *, language: str, text: str, official: bool, version: int | None = None
) -> Translation:
    """Add or change a translation. The original is never replaced; its own language is refused."""
    require_editor(by)
    if language == row.language:
        raise Invalid(_("This is the language of the original text."), field="language")
    if not text.strip():
        raise Invalid(_("The text is missing."), field="text")
    existing = Translation.objects.select_for_update(no_key=True).filter(recommendation=row, language=language).first()
    if existing and version is not None and existing.version != version:
        raise Conflict(
            _(
                "Somebody else changed this while you were writing. Both versions are kept below: put together what should stand."
            ),
            current=existing,
            mine={"text": text, "official": official},
        )
    found = existing or Translation(recommendation=row, language=language, version=0)
    found.text, found.official, found.folded = text, official, fold(text)
    found.version += 1
    found.save()
    audit(by, "recommendation.translated", row, language=language, official=official)
    return found


@transaction.atomic
def split(by: Any, row: Recommendation, texts: list[str]) -> list[Component]:
    """Break a recommendation into aspects, lettered on from those that exist (T-086). The whole text stays."""
    require_editor(by)
    texts = [t.strip() for t in texts if t.strip()]
    if not texts:
        raise Invalid(_("Write at least one component."), field="texts")
    row = locked(Recommendation, row.pk, None, {})
    taken = row.components.count()
    made = []
    for n, text in enumerate(texts, start=taken):
        made.append(Component.objects.create(recommendation=row, label=letter(n), text=text, order=n))
    audit(by, "recommendation.split", row, components=[c.label for c in made])
    return made


def letter(n: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    out = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        out = chr(97 + rest) + out
    return out


@transaction.atomic
def edit_component(by: Any, component: Component, version: int | None, **fields: Any) -> Component:
    require_editor(by)
    row = locked(Component, component.pk, version, fields)
    if not fields.get("text", row.text).strip():
        raise Invalid(_("The text is missing."), field="text")
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    audit(by, "component.changed", row, fields=sorted(fields))
    return row


@transaction.atomic
def remove_component(by: Any, component: Component) -> None:
    """Only while no update, status or assessment speaks of it; its history stays."""
    require_editor(by)
    row = Component.objects.select_for_update(no_key=True).get(pk=component.pk)
    for name in ("updates", "status_entries", "assessments", "assignments"):
        related = getattr(row, name, None)
        if related is not None and related.exists():
            raise Invalid(
                _("Work has been recorded on this component, so it cannot be removed. Change its text instead.")
            )
    audit(by, "component.removed", row.recommendation, label=row.label, text=row.text)
    row.delete()


@transaction.atomic
def withdraw(by: Any, row: Recommendation, reason: str) -> None:
    """Take an item out of every list (a wrong entry). Nothing is deleted; the reason is logged."""
    require_editor(by)
    if not reason.strip():
        raise Invalid(_("Say why the item is withdrawn."), field="reason")
    row = locked(Recommendation, row.pk, None, {})
    row.withdrawn = True
    row.version += 1
    row.save()
    audit(by, "recommendation.withdrawn", row, reason=reason)


@transaction.atomic
def keep_view(by: Any, *, name: str, query: str, shared: bool = False) -> SavedView:
    """Keep a view under a name; the same name is written anew."""
    if not may_keep_views(by) or (shared and not may_share_views(by)):
        raise NotAllowed(_("You cannot keep this view."))
    if not name.strip():
        raise Invalid(_("Give the view a name."), field="name")
    view, _new = SavedView.objects.update_or_create(
        user=by, name=name.strip()[:80], defaults={"query": query, "shared": shared}
    )
    audit(by, "view.kept", view, name=view.name, query=query, shared=shared)
    return view


@transaction.atomic
def drop_view(by: Any, view: SavedView) -> None:
    if view.user_id != by.pk:
        raise NotAllowed(_("This view belongs to somebody else."))
    audit(by, "view.dropped", view, name=view.name)
    view.delete()
