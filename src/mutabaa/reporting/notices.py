"""What the reporting room tells people."""

from django.utils.translation import gettext_lazy as _

from mutabaa.notifications.kinds import NoticeKind, register

READY, FAILED = "reporting.ready", "reporting.failed"


def register_all() -> None:
    register(NoticeKind(READY, _("Your report is ready"), _("“%(title)s” can be downloaded.")))
    register(NoticeKind(FAILED, _("Your report could not be made"), _("“%(title)s”: its page says why.")))
