"""What the services of this room share: who may, and the locked row."""

from typing import Any

from django.utils.translation import gettext as _

from mutabaa.core.errors import NotAllowed
from mutabaa.recommendations.models import Recommendation
from mutabaa.recurrence.models import PriorityRule
from mutabaa.recurrence.policies import may_decide
from mutabaa.taxonomy.models import Theme


def require_decider(by: Any) -> None:
    if not may_decide(by):
        raise NotAllowed(_("Only the secretariat changes this."))


def readable(by: Any) -> Any:
    """The State's own records that the person may read: the only ones a deed may touch."""
    return Recommendation.objects.own().visible_to(by)


# Rights of which no State may suspend any part, and slavery's modern forms: ICCPR arts. 4 (2), 6, 7 and 8; CED art. 1.
GRAVE = ("right-to-life", "extrajudicial-executions", "torture", "enforced-disappearances", "trafficking")


def rule() -> PriorityRule:
    """The one row of weights; made with its defaults where there is none yet. The secretariat chooses the groups itself."""
    found = PriorityRule.objects.first()
    if found is None:
        found = PriorityRule.objects.create()
        found.grave_themes.set(Theme.objects.filter(code__in=GRAVE))
    return found
