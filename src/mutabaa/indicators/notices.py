"""What this room tells people. Titles go into e-mails, so they name no figure."""

from django.utils.translation import gettext_lazy as _

from mutabaa.notifications.kinds import NoticeKind, register

KINDS = [
    NoticeKind(
        "indicators.asked",
        _("Figures are asked of your institution"),
        _("%(indicator)s, %(period)s: please answer by %(due)s."),
        always_mailed=True,
    ),
    NoticeKind(
        "indicators.answered",
        _("Figures wait for validation"),
        _("%(institution)s entered %(indicator)s, %(period)s."),
    ),
    NoticeKind(
        "indicators.returned",
        _("A figure was returned"),
        _("%(indicator)s, %(period)s: %(reason)s"),
    ),
]


def register_all() -> None:
    for kind in KINDS:
        register(kind)
