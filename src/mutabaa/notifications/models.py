"""Notices in the application, most of them also sent by e-mail."""

from typing import Any

from django.conf import settings
from django.db import models

from mutabaa.notifications import kinds


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Any) -> "NoticeQuerySet":
        """A notice is its addressee's alone."""
        return self.filter(user_id=person.pk) if getattr(person, "is_authenticated", False) else self.none()

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def mail_waiting(self) -> "NoticeQuerySet":
        """Not yet mailed, and not given up."""
        return self.filter(
            mail_due=True, mailed_at=None, mail_attempts__lt=Notice.MAX_MAIL_ATTEMPTS, user__is_active=True
        )


class Notice(models.Model):
    """One notice for one person. `key` makes it unique, so that nothing is told twice.

    `mail_after` is both claim and back-off: whoever sends moves it on first, so that no second worker takes the row.
    """

    MAX_MAIL_ATTEMPTS = 5

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due = models.BooleanField(default=True)
    mail_after = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_error = models.TextField(blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]
        indexes = [models.Index(fields=["mail_due", "mailed_at", "mail_after"], name="notice_mail_waiting")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"

    @property
    def title(self) -> str:
        return kinds.texts(self.kind, self.params)[0]

    @property
    def body(self) -> str:
        return kinds.texts(self.kind, self.params)[1]
