"""The thirteen parts of a targeted request, in order, and what a draft still lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mutabaa.assistance.models import AssistanceRequest
from mutabaa.assistance.states import BudgetSource


@dataclass(frozen=True)
class Part:
    """`filled` tells whether the part says something; `essential`: without it nobody is asked to approve."""

    number: int
    title: Any
    filled: Callable[[AssistanceRequest], bool]
    essential: bool = False


PARTS = [
    Part(1, _("Requesting institution and contact"), lambda r: bool(r.contact.strip()), essential=True),
    Part(2, _("Recommendations addressed"), lambda r: bool(r.recommendations.all()), essential=True),
    Part(3, _("Capacity gap and evidence"), lambda r: bool(r.gap_text.strip()), essential=True),
    Part(
        4,
        _("Assistance sought, and from whom"),
        lambda r: bool(r.assistance.strip()) and bool(r.fund_id or r.provider_id or r.addressee.strip()),
        essential=True,
    ),
    Part(
        5, _("Objective and expected results"), lambda r: bool(r.objective.strip() and r.results.all()), essential=True
    ),
    Part(6, _("Activities and timeline"), lambda r: bool(r.activities.all())),
    Part(
        7,
        _("Beneficiaries, gender and participation"),
        lambda r: bool(r.beneficiaries.strip()) and r.gender_marker is not None,
    ),
    Part(8, _("Budget"), lambda r: any(line.source == BudgetSource.REQUESTED for line in r.lines.all())),
    Part(
        9,
        _("Links to plans and policies"),
        lambda r: bool(r.plan_item.strip() or r.national_policy.strip() or r.cooperation_framework.strip()),
    ),
    Part(10, _("Partners"), lambda r: bool(r.partners.strip())),
    Part(11, _("Sustainability and risks"), lambda r: bool(r.sustainability.strip())),
    Part(12, _("Monitoring, evaluation and reporting"), lambda r: bool(r.monitoring.strip())),
    Part(13, _("Consent of the State"), lambda r: r.has_consent),
]
CONSENT = PARTS[-1]


def missing(request: AssistanceRequest) -> list[Part]:
    """The parts that say nothing yet; the consent is no part of writing. Four queries unless prefetched."""
    return [part for part in PARTS if part is not CONSENT and not part.filled(request)]


def missing_essentials(request: AssistanceRequest) -> list[Part]:
    return [part for part in missing(request) if part.essential]
