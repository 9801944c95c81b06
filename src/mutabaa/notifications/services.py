"""Telling people, each thing once."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from mutabaa.accounts.models import User
from mutabaa.jobs.services import enqueue_once
from mutabaa.notifications.kinds import kinds
from mutabaa.notifications.models import Notice


@transaction.atomic
def notify(people: Iterable[User], *, kind: str, key: str, url: str = "", **params: Any) -> int:
    """A notice for each active person; `key` makes it unique per person, so that a repeated call tells nobody twice.

    Call it inside the transaction of the deed: the mail goes out by the worker, after the commit. Returns how many
    notices were new. Five queries.
    """
    always = kinds[kind].always_mailed
    rows = [
        Notice(user=p, key=key, kind=kind, url=url, params=params, mail_due=always or p.mail_wanted)
        for p in {p.pk: p for p in people if p.is_active}.values()
    ]
    if not rows:
        return 0
    before = Notice.objects.filter(key=key).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    new = Notice.objects.filter(key=key).count() - before
    if new and any(row.mail_due for row in rows):
        enqueue_once("mutabaa.notifications.jobs.send_mails")
    return new


def mark_read(person: User, notice: Notice | None = None) -> int:
    """One notice of the person, or all of them. Returns how many were unread."""
    rows = Notice.objects.visible_to(person).unread()
    if notice is not None:
        rows = rows.filter(pk=notice.pk)
    return rows.update(read_at=timezone.now())
