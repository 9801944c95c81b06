"""What the search tells people."""

from django.utils.translation import gettext_lazy as _

from mutabaa.notifications.kinds import NoticeKind, register

ALERT = "explore.alert"


def register_all() -> None:
    register(NoticeKind(ALERT, _("New results of a search that you saved"), _("“%(name)s”, new: %(count)s.")))
