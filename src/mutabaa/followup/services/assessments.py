"""Other people's judgements, each in the assessor's own scale. Append-only: nobody edits anybody's."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import Visibility
from mutabaa.followup.models import ExternalAssessment
from mutabaa.followup.policies import can_see, may_assess
from mutabaa.mechanisms.models import Document, Grade
from mutabaa.recommendations.models import Component, Recommendation


@transaction.atomic
def record_assessment(
    by: Any,
    recommendation: Recommendation,
    *,
    assessor: str,
    grade: Grade,
    on: dt.date,
    assessor_name: str = "",
    text: str = "",
    round: int | None = None,
    document: Document | None = None,
    component: Component | None = None,
    visibility: str = Visibility.PUBLIC,
) -> ExternalAssessment:
    """Record a grade. The scale must have been in use on the date: the same letter means other things in other years."""
    if not may_assess(by, assessor) or not can_see(by, recommendation):
        raise NotAllowed(_("You can record assessments in your own name only."))
    scale = grade.scale
    if on > timezone.localdate():
        raise Invalid(_("The date of an assessment cannot lie in the future."), field="on")
    if (scale.valid_from and on < scale.valid_from) or (scale.valid_to and on > scale.valid_to):
        raise Invalid(_("This scale was not in use on that date. Choose the scale of that time."), field="grade")
    if scale.assessor != scale_owner(recommendation, assessor):
        raise Invalid(
            _("This is the scale of another assessor. Choose a grade of the assessor's own scale."), field="grade"
        )
    if component is not None and component.recommendation_id != recommendation.pk:
        raise Invalid(_("This component belongs to another recommendation."), field="component")
    row = ExternalAssessment.objects.create(
        recommendation=recommendation,
        component=component,
        assessor=assessor,
        assessor_name=assessor_name.strip() or default_name(by, recommendation, assessor),
        grade=grade,
        on=on,
        round=round,
        document=document,
        text=text.strip(),
        visibility=visibility,
        author=by,
    )
    record(by, "assessment.recorded", recommendation, assessor=assessor, scale=scale.code, grade=grade.code, on=on)
    return row


def scale_owner(recommendation: Recommendation, assessor: str) -> str:
    """Whose scales an assessor uses: a mechanism its own, the others those under their name."""
    if assessor == ExternalAssessment.Assessor.MECHANISM:
        return str(recommendation.mechanism.code)
    return assessor.upper()


def default_name(by: Any, recommendation: Recommendation, assessor: str) -> str:
    """The mechanism's own name, or the person's."""
    if assessor == ExternalAssessment.Assessor.MECHANISM:
        return str(recommendation.mechanism)
    return str(by)
