from mutabaa.plans.models.measures import BudgetLine, KeptEdit, Measure, MeasureEvidence, Milestone, Progress
from mutabaa.plans.models.plans import Edition, Outcome, OutcomeIndicator, Plan, PlanAuthor, PlanItem

__all__ = [
    "BudgetLine",
    "Edition",
    "KeptEdit",
    "Measure",
    "MeasureEvidence",
    "Milestone",
    "Outcome",
    "OutcomeIndicator",
    "Plan",
    "PlanAuthor",
    "PlanItem",
    "Progress",
]
