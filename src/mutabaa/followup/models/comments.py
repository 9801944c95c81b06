"""Remarks of the NHRI, civil society, parliament, the institutions and the secretariat."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.institutions.policies import institution_ids
from mutabaa.recommendations.models import Recommendation


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, person: Any) -> "CommentQuerySet":
        """Public ones that are not hidden; one's own always; the rest for the secretariat and, not hidden, those in scope."""
        seen = Q(public=True, hidden_because="")
        if getattr(person, "is_authenticated", False):
            seen |= Q(author_id=person.pk)
        if is_secretariat(person):
            seen = Q()
        elif is_contributor(person):
            mine = Recommendation.objects.all().assigned_to_ids(institution_ids(person))
            seen |= Q(hidden_because="", recommendation_id__in=mine)
        return self.filter(seen, recommendation__in=Recommendation.objects.visible_to(person))


class Comment(models.Model):
    """A remark of the NHRI, civil society, parliament or the secretariat. Nobody else can edit it; it can be hidden, with a reason."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(auto_now_add=True)
    public = models.BooleanField(_("shown to the public"), default=True)
    hidden_because = models.TextField(blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text[:60]
