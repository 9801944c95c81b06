"""What changes laws, policies and other instruments, and their links with recommendations."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility, without_history
from mutabaa.norms.models import Instrument
from mutabaa.norms.policies import may_edit, may_record_for, may_set_visibility
from mutabaa.norms.states import InstrumentKind, InstrumentState
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.services import locked

TITLES = tuple(f"title_{language}" for language in CONTENT_LANGUAGES)
FIELDS = (
    *TITLES, "kind", "state", "citation", "adopted_on", "in_force_on", "ended_on", "adopted_by", "summary", "language", "url",
    "visibility",
)  # fmt: skip
# Nobody is named on an instrument, so nothing can be kept for named persons.
VISIBILITIES = (Visibility.PUBLIC, Visibility.INSTITUTIONS, Visibility.SECRETARIAT)
web_address = URLValidator(schemes=["http", "https"])


@transaction.atomic
def create_instrument(
    by: Any, *, recommendations: Iterable[Recommendation] = (), themes: Iterable[Any] = (), **fields: Any
) -> Instrument:
    """Record what was adopted. What an institution records starts open to institutions, whatever `fields` say."""
    if not may_set_visibility(by):
        fields["visibility"] = Visibility.INSTITUTIONS
    row = Instrument(**{name: value for name, value in fields.items() if name in FIELDS})
    if not may_record_for(by, row.adopted_by_id):
        raise NotAllowed(_("You record instruments that your own institution adopted or issued."))
    check(row)
    chosen = linkable(by, recommendations)
    with without_history(row):  # the save below writes the one version of the whole
        row.save()
        row.themes.set(themes)
        row.recommendations.set(chosen)
    row.save()
    audit(by, "instrument.recorded", row, title=str(row), recommendations=[r.pk for r in chosen])
    return row


@transaction.atomic
def edit_instrument(by: Any, instrument: Instrument, version: int | None, **fields: Any) -> Instrument:
    """Change its words, dates and themes. Raises `Conflict` where somebody else did so since `version`."""
    row = locked(Instrument, instrument.pk, version, fields)
    if not may_edit(by, row):
        raise NotAllowed(_("You change instruments that your own institution adopted or issued."))
    themes = fields.pop("themes", None)
    if not may_set_visibility(by):
        fields.pop("visibility", None)
    changed = [name for name, value in fields.items() if name in FIELDS and getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if not may_record_for(by, row.adopted_by_id):
        raise NotAllowed(_("You record instruments that your own institution adopted or issued."))
    check(row)
    if themes is not None and {t.pk for t in themes} != set(row.themes.values_list("pk", flat=True)):
        with without_history(row):
            row.themes.set(themes)
        changed.append("themes")
    if not changed:
        return row
    row.version += 1
    row.save()
    audit(by, "instrument.changed", row, fields=sorted(changed))
    return row


def check(row: Instrument) -> None:
    """Raises `Invalid` with the field that cannot be right."""
    for name in (*TITLES, "citation", "summary", "url"):
        setattr(row, name, getattr(row, name).strip())
    if not row.title:
        raise Invalid(_("Give the instrument a title in at least one language."))
    for name, known in (("kind", InstrumentKind), ("state", InstrumentState)):
        if getattr(row, name) not in known.values:
            raise Invalid(_("Choose one of the values in the list."), field=name)
    if row.visibility not in VISIBILITIES:
        raise Invalid(_("Choose one of the values in the list."), field="visibility")
    if row.state == InstrumentState.DRAFT and (row.adopted_on or row.in_force_on):
        raise Invalid(
            _("What is in preparation has no date of adoption yet. Change its state, or take the date away."),
            field="state",
        )
    begun = row.adopted_on or row.in_force_on  # some laws take effect before the day on which they were passed
    if row.ended_on and begun and row.ended_on < begun:
        raise Invalid(_("It cannot end before it began."), field="ended_on")
    if row.ended_on and row.state != InstrumentState.REPEALED:
        raise Invalid(_("An instrument that has ended is repealed or replaced: change its state too."), field="state")
    if row.url:
        try:
            web_address(row.url)
        except ValidationError as fault:
            raise Invalid(_("Give a web address that begins with https:// or http://."), field="url") from fault


@transaction.atomic
def link(by: Any, instrument: Instrument, recommendations: Iterable[Recommendation]) -> int:
    """Say that the instrument carries out these recommendations. Returns how many were not linked before.

    The version stays: links are made beside the words, and must not refuse the form of a person who writes.
    """
    row = locked(Instrument, instrument.pk, None, {})
    if not may_edit(by, row):
        raise NotAllowed(_("You change instruments that your own institution adopted or issued."))
    held = set(row.recommendations.values_list("pk", flat=True))
    new = [r for r in linkable(by, recommendations) if r.pk not in held]
    if new:
        row.recommendations.add(*new)
        audit(by, "instrument.linked", row, recommendations=[r.pk for r in new])
    return len(new)


@transaction.atomic
def unlink(by: Any, instrument: Instrument, recommendations: Iterable[Recommendation]) -> int:
    """Take wrong links away; the history keeps them. Returns how many there were."""
    row = locked(Instrument, instrument.pk, None, {})
    if not may_edit(by, row):
        raise NotAllowed(_("You change instruments that your own institution adopted or issued."))
    held = set(row.recommendations.values_list("pk", flat=True))
    gone = [r for r in linkable(by, recommendations) if r.pk in held]
    if gone:
        row.recommendations.remove(*gone)
        audit(by, "instrument.unlinked", row, recommendations=[r.pk for r in gone])
    return len(gone)


def linkable(by: Any, recommendations: Iterable[Recommendation]) -> list[Recommendation]:
    """Those of the State's own that the person may see: nobody links, or unlinks, what they cannot read."""
    wanted = [r.pk for r in recommendations]
    return list(Recommendation.objects.own().visible_to(by).filter(pk__in=wanted)) if wanted else []
