"""Notices by e-mail: title and link only, in the reader's language, each once.

What can be promised: a mail that the server took is not sent again. A worker killed between the server's "250 OK" and
the mark in the database is the one exception; the fixed Message-ID lets the receiving side drop the second copy.
"""

import datetime as dt
import logging
import smtplib
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutabaa.core.installation import current
from mutabaa.notifications.models import Notice

logger = logging.getLogger("mutabaa.notifications")

LEASE = dt.timedelta(minutes=15)
BACK_OFF = [dt.timedelta(minutes=m) for m in (1, 5, 30, 120)]
BATCH = 200


def send_due() -> int:
    """Send what is due, at most `BATCH` mails; returns how many the server took.

    A server that does not answer costs no attempt: everything stays due and the next run tries again. A mail that the
    server refuses is tried five times, with growing delays.
    """
    now = timezone.now()
    due = Notice.objects.mail_waiting().filter(Q(mail_after=None) | Q(mail_after__lte=now)).order_by("pk")
    notices = list(due.select_related("user")[:BATCH])
    if not notices:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as fault:
        logger.warning("the mail server does not answer; %d notices wait: %s", len(notices), fault)
        Notice.objects.filter(pk__in=[n.pk for n in notices]).update(
            mail_error=f"{type(fault).__name__}: {fault}"[:500]
        )
        return 0
    sent, site = 0, current()
    try:
        for notice in notices:
            if not _claim(notice, now):
                continue
            try:
                _message(notice, site.title, connection).send()
            except smtplib.SMTPServerDisconnected as fault:
                _failed(notice, fault)
                break
            except (OSError, smtplib.SMTPException, ValueError) as fault:
                _failed(notice, fault)
            else:
                _sent(notice)
                sent += 1
    finally:
        connection.close()
    return sent


def _claim(notice: Notice, now: dt.datetime) -> bool:
    """Move `mail_after` on, if nobody else did meanwhile: one worker changes the row, the others change none."""
    rows = Notice.objects.filter(pk=notice.pk, mailed_at=None, mail_attempts=notice.mail_attempts)
    return bool(rows.update(mail_attempts=F("mail_attempts") + 1, mail_after=now + LEASE))


def _sent(notice: Notice) -> None:
    """The mail is out and must be marked: a database that is locked at this moment is asked again for a while."""
    for pause in (0.1, 0.5, 2, 10, 0):
        try:
            Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now(), mail_error="")
        except OperationalError:
            if not pause:
                raise
            time.sleep(pause)
        else:
            return


def _failed(notice: Notice, fault: Exception) -> None:
    delay = BACK_OFF[min(notice.mail_attempts, len(BACK_OFF) - 1)]
    logger.warning("notice %s was not mailed: %s", notice.pk, fault)
    Notice.objects.filter(pk=notice.pk).update(
        mail_after=timezone.now() + delay, mail_error=f"{type(fault).__name__}: {fault}"[:500]
    )


def _message(notice: Notice, site_title: str, connection: BaseEmailBackend) -> EmailMessage:
    with translation.override(notice.user.language or settings.LANGUAGE_CODE):
        title = " ".join(notice.title.split())
        lines = [
            title,
            "",
            settings.SITE_URL + (notice.url or "/workspace/notices/"),
            "",
            _("You receive this message from %(site)s because something waits for you there.") % {"site": site_title},
            _("You choose under “My account” which messages are sent to you."),
        ]
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject=title[:200],
        body="\n".join(lines),
        to=[notice.user.email],
        headers={
            "Message-ID": f"<notice-{notice.pk}.{notice.created_at:%Y%m%d%H%M%S}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )
