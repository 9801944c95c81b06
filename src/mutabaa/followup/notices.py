"""What follow-up tells people. Titles go into e-mails, so they name no record."""

from django.utils.translation import gettext_lazy as _

from mutabaa.notifications.kinds import NoticeKind, register

KINDS = [
    NoticeKind(
        "followup.assigned",
        _("Recommendations were assigned to your institution"),
        _("Recommendations assigned to %(institution)s: %(count)s. Accept them, or return them with a reason."),
    ),
    NoticeKind(
        "followup.returned",
        _("An institution returned a recommendation"),
        _("%(institution)s returned %(reference)s: %(reason)s"),
    ),
    NoticeKind(
        "followup.withdrawn",
        _("An assignment ended"),
        _("Your institution no longer answers for %(reference)s."),
    ),
    NoticeKind(
        "followup.asked",
        _("The secretariat asks for information"),
        _("“%(title)s”: please answer by %(due)s."),
        always_mailed=True,
    ),
    NoticeKind(
        "followup.extended",
        _("A request for information has a new due date"),
        _("“%(title)s”: the new due date is %(due)s."),
        always_mailed=True,
    ),
    NoticeKind(
        "followup.cancelled",
        _("A request for information was cancelled"),
        _("“%(title)s” need not be answered any more."),
        always_mailed=True,
    ),
    NoticeKind(
        "followup.reminder",
        _("Reminder: a request for information is due"),
        _("“%(title)s” is due on %(due)s. Items that wait for %(institution)s: %(count)s."),
        always_mailed=True,
    ),
    NoticeKind(
        "followup.overdue",
        _("Reminder: a request for information is overdue"),
        _("“%(title)s” was due on %(due)s. Items that wait for %(institution)s: %(count)s."),
        always_mailed=True,
    ),
    NoticeKind(
        "followup.escalated",
        _("Your institution has not answered a request in time"),
        _(
            "“%(title)s” was due on %(due)s. Items that wait for %(institution)s: %(count)s. The focal points were reminded."
        ),
        always_mailed=True,
    ),
    NoticeKind(
        "followup.nobody",
        _("An institution has nobody to remind"),
        _("%(institution)s has no focal point, and “%(title)s” waits for it. Give the institution a focal point."),
    ),
    NoticeKind(
        "followup.all_answered",
        _("A request for information is answered"),
        _("Every institution has answered “%(title)s”."),
    ),
    NoticeKind(
        "followup.to_approve",
        _("An update waits for your approval"),
        _("The update of %(institution)s on %(reference)s waits for you."),
    ),
    NoticeKind(
        "followup.to_validate",
        _("An update waits for the secretariat"),
        _("%(institution)s sent an update on %(reference)s."),
    ),
    NoticeKind(
        "followup.asked_back",
        _("An update was asked back"),
        _("The update on %(reference)s was asked back: %(reason)s"),
    ),
    NoticeKind(
        "followup.published",
        _("An update of your institution was published"),
        _("The update on %(reference)s is published."),
    ),
    NoticeKind(
        "followup.comment_hidden",
        _("Your comment was hidden"),
        _("Your comment on %(reference)s is no longer shown: %(reason)s"),
    ),
]


def register_all() -> None:
    for kind in KINDS:
        register(kind)
