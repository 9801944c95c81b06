"""Gaps, needs, requests for assistance, and what the State gives to others."""

from mutabaa.assistance.models.gaps import Gap, Need, ObstacleReview
from mutabaa.assistance.models.given import Given
from mutabaa.assistance.models.reference import Fund, Provider
from mutabaa.assistance.models.requests import Activity, AssistanceRequest, BudgetLine, ExpectedResult, Step

__all__ = [
    "Activity",
    "AssistanceRequest",
    "BudgetLine",
    "ExpectedResult",
    "Fund",
    "Gap",
    "Given",
    "Need",
    "ObstacleReview",
    "Provider",
    "Step",
]
