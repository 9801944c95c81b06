"""Telling people, each thing once."""

from collections.abc import Iterable
from typing import Any

from mutabaa.accounts.models import User
from mutabaa.notifications.kinds import kinds
from mutabaa.notifications.models import Notice


def notify(people: Iterable[User], *, kind: str, key: str, url: str = "", **params: Any) -> int:
    """A notice for each active person; `key` makes it unique per person, so that a repeated call tells nobody twice.

    Call it inside the transaction of the deed: the mail goes out by the worker, after the commit. Returns how many
    notices were new. One query.
    """
    always = kinds[kind].always_mailed
    rows = [
        Notice(user=p, key=key, kind=kind, url=url, params=params, mail_due=always or p.mail_wanted)
        for p in {p.pk: p for p in people if p.is_active}.values()
    ]
    before = Notice.objects.filter(key=key).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return Notice.objects.filter(key=key).count() - before
