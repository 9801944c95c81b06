from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from mutabaa.accounts.models import User
from mutabaa.accounts.services import invitation_path
from mutabaa.core.installation import current


@task(queue_name="mail")
def mail_invitation(user_id: int) -> None:
    """The link is made here, so that it never lies in the queue."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        site = current().title
        subject = " ".join((_("Your account on %(site)s") % {"site": site}).split())
        lines = [
            _("An account was opened for you on %(site)s.") % {"site": site},
            _("Set your password here. The link works once and for three days:"),
            settings.SITE_URL + invitation_path(user),
            "",
            _("If the link has ended, ask for a new one under “Forgotten password” on the sign-in page."),
        ]
        send_mail(subject, "\n".join(lines), None, [user.email])


@task(queue_name="mail")
def mail_reset(user_id: int) -> None:
    """The link for a forgotten password; 0 stands for an address without account, which gets nothing."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    with translation.override(user.language or settings.LANGUAGE_CODE):
        site = current().title
        subject = " ".join((_("A new password for %(site)s") % {"site": site}).split())
        lines = [
            _("Somebody, probably you, asked for a new password on %(site)s.") % {"site": site},
            _("Set it here. The link works once and for three days:"),
            settings.SITE_URL + invitation_path(user),
            "",
            _("If it was not you, do nothing: your password stays as it is."),
        ]
        send_mail(subject, "\n".join(lines), None, [user.email])
