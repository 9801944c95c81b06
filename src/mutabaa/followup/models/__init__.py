"""Assignments, requests, updates, evidence, statuses, external assessments and comments."""

from mutabaa.followup.models.assignments import Assignment
from mutabaa.followup.models.comments import Comment
from mutabaa.followup.models.judgements import ExternalAssessment, StatusCriterion, StatusEntry
from mutabaa.followup.models.requests import InformationRequest, Reminder, RequestItem
from mutabaa.followup.models.updates import Evidence, KeptEdit, Obstacle, Update, WorkbookUpload

__all__ = [
    "Assignment",
    "Comment",
    "Evidence",
    "ExternalAssessment",
    "InformationRequest",
    "KeptEdit",
    "Obstacle",
    "Reminder",
    "RequestItem",
    "StatusCriterion",
    "StatusEntry",
    "Update",
    "WorkbookUpload",
]
