"""What plans tell people. Titles go into e-mails, so they name no record."""

from django.utils.translation import gettext_lazy as _

from mutabaa.notifications.kinds import NoticeKind, register

KINDS = [
    NoticeKind(
        "plans.agree",
        _("Your institution is asked to agree to measures of a plan"),
        _(
            "“%(plan)s” gives %(institution)s the lead of measures: %(count)s. Agree to them, or say what would have to change."
        ),
    ),
    NoticeKind(
        "plans.changed",
        _("A measure that your institution leads was changed"),
        _("“%(measure)s” was changed. Please look at it and agree again."),
    ),
    NoticeKind(
        "plans.agreed",
        _("An institution agreed to a measure"),
        _("%(institution)s agreed to “%(measure)s”. %(said)s"),
    ),
    NoticeKind(
        "plans.declined",
        _("An institution did not agree to a measure"),
        _("%(institution)s did not agree to “%(measure)s”: %(said)s"),
    ),
    NoticeKind(
        "plans.approved",
        _("A plan with measures of your institution was approved"),
        _("“%(plan)s” was approved by %(authority)s."),
    ),
]


def register_all() -> None:
    for kind in KINDS:
        register(kind)
