"""A person's word on a suggestion. Accepting tags the record through its own room; rejecting is remembered for the next training."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.classification.models import Suggestion
from mutabaa.classification.policies import may_decide
from mutabaa.classification.services.suggesting import mapping_both_ways
from mutabaa.classification.states import FIELDS, Decision, Source, TagKind
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.services import edit_recommendation
from mutabaa.taxonomy.models import AffectedGroup, Sdg, Theme

MODELS = {TagKind.THEME.value: Theme, TagKind.GROUP.value: AffectedGroup, TagKind.SDG.value: Sdg}


def locked(by: Any, suggestion: Suggestion) -> Suggestion:
    if not may_decide(by):
        raise NotAllowed(_("Only the secretariat decides on suggested tags."))
    row = (
        Suggestion.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=suggestion.pk).first()
    )
    if row is None:
        raise Invalid(_("This suggestion no longer stands: it was made anew. Open the page again."))
    return row


def decide(by: Any, row: Suggestion, state: str) -> None:
    row.state, row.decided_by, row.decided_at = state, by, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
    audit(by, f"suggestion.{state}", row.recommendation, kind=row.kind, code=row.code, score=round(row.score, 3))


@transaction.atomic
def accept(by: Any, suggestion: Suggestion) -> Suggestion:
    """Tag the record, with its history and version. Accepting twice changes nothing."""
    row = locked(by, suggestion)
    if row.state == Decision.ACCEPTED:
        return row
    tag = MODELS[row.kind]._default_manager.filter(code=row.code).first()
    if tag is None:
        raise Invalid(_("This tag is no longer in its list."))
    field = FIELDS[row.kind]
    record = Recommendation.objects.select_for_update(no_key=True).get(pk=row.recommendation_id)
    held = list(getattr(record, field).all())
    if tag not in held:
        edit_recommendation(by, record, None, **{field: [*held, tag]})
    decide(by, row, Decision.ACCEPTED)
    if row.kind == TagKind.THEME:
        propose_mapped(record, row.code)
    return row


def propose_mapped(record: Recommendation, code: str) -> None:
    """A record that has just got a theme is offered those that the theme is mapped to."""
    held = set(record.themes.values_list("code", flat=True))
    rows = [
        Suggestion(
            recommendation=record, kind=TagKind.THEME, code=other, score=1.0, words=[name], source=Source.MAPPING
        )
        for other, name in mapping_both_ways().get(code, ())
        if other not in held
    ]
    Suggestion.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def reject(by: Any, suggestion: Suggestion) -> Suggestion:
    """Not this tag. It is not proposed again, and counts as an example in the next training."""
    row = locked(by, suggestion)
    if row.state == Decision.ACCEPTED:
        raise Invalid(_("This tag was accepted. Take it off on the record's page instead."))
    if row.state == Decision.PROPOSED:
        decide(by, row, Decision.REJECTED)
    return row


@transaction.atomic
def reconsider(by: Any, suggestion: Suggestion) -> Suggestion:
    """Propose a rejected tag again."""
    row = locked(by, suggestion)
    if row.state == Decision.REJECTED:
        decide(by, row, Decision.PROPOSED)
    return row
