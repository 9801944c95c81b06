"""The block of suggested tags on a record's page in the workspace."""

from typing import Any

from django.http import HttpRequest

from mutabaa.classification.models import Suggestion
from mutabaa.classification.policies import may_decide
from mutabaa.classification.triage import shown
from mutabaa.core import pages
from mutabaa.core.pages import Panel


def suggested_tags(request: HttpRequest, record: Any) -> Panel | None:
    """Open suggestions, for the secretariat. One query."""
    if not may_decide(request.user):
        return None
    rows = list(Suggestion.objects.visible_to(request.user).proposed().filter(recommendation=record).with_names())
    if not rows:
        return None
    return Panel("classification/panel.html", {"item": shown([record], rows)[0], "here": request.path}, 40)


def register_all() -> None:
    pages.record_side_panels.append(suggested_tags)
