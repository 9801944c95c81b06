"""What this room tells people. Titles go into e-mails, so they name no request."""

from django.utils.translation import gettext_lazy as _

from mutabaa.notifications.kinds import NoticeKind, register

KINDS = [
    NoticeKind(
        "assistance.to_approve",
        _("A request for assistance waits for your approval"),
        _("“%(title)s” of %(institution)s waits for you."),
    ),
    NoticeKind(
        "assistance.to_consent",
        _("A request for assistance waits for the State’s consent"),
        _("“%(title)s” of %(institution)s waits. Nothing leaves before the consent is recorded."),
    ),
    NoticeKind(
        "assistance.asked_back",
        _("A request for assistance was asked back"),
        _("“%(title)s” was asked back: %(reason)s"),
    ),
    NoticeKind(
        "assistance.moved",
        _("A request for assistance has gone a step further"),
        _("“%(title)s”: %(state)s."),
    ),
]


def register_all() -> None:
    for kind in KINDS:
        register(kind)
