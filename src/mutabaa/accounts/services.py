"""What changes an account."""

from typing import Any

from allauth.account import app_settings as allauth_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from mutabaa.accounts.models import Role, User
from mutabaa.accounts.policies import may_manage_people
from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.jobs.services import enqueue


def choose_language(user: User, language: str) -> None:
    """The person's own interface language. Not worth an audit entry; the history keeps it."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


@transaction.atomic
def change_profile(user: User, *, name: str, mail_wanted: bool) -> None:
    user.name, user.mail_wanted = name, mail_wanted
    user.save(update_fields=["name", "mail_wanted"])
    record(user, "account.changed", user)


@transaction.atomic
def create_account(
    by: Any, *, email: str, name: str, role: str, password: str | None = None, language: str = ""
) -> User:
    """A new account; without `password` the person sets one through the reset link. `by` None: the command line."""
    if by is not None and not may_manage_people(by):
        raise NotAllowed(_("Only an administrator gives accounts."))
    if role not in Role.values:
        raise Invalid(_("There is no such role."), field="role")
    if User.objects.filter(email__iexact=email).exists():
        raise Invalid(_("There is already an account with this e-mail address."), field="email")
    user = User.objects.create_user(email, password, name=name, role=role, language=language)
    record(by, "account.created", user, role=role)
    return user


def invitation_path(user: User) -> str:
    """Where the person sets a password. Nothing is stored: the key is signed over the password, so that setting one
    spends it; it ends after `PASSWORD_RESET_TIMEOUT` seconds (3 days)."""
    key = allauth_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def mail_works() -> bool:
    """Whether mails leave this installation; else links are shown to the person who made them."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


@transaction.atomic
def send_invitation(by: Any, user: User) -> None:
    """Mail the person a link to set a password, by the worker."""
    if by is not None and not may_manage_people(by):
        raise NotAllowed(_("Only an administrator gives accounts."))
    if not user.is_active:
        raise Invalid(_("This account is closed. Reopen it first."))
    enqueue("mutabaa.accounts.jobs.mail_invitation", user.pk)
    record(by, "account.invited", user)


def end_sessions(user: User) -> None:
    """Sign the person out everywhere, at once: sessions are compared with this number on every request."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    user.refresh_from_db(fields=["sessions_ended"])


@transaction.atomic
def sign_out_everywhere(user: User) -> None:
    end_sessions(user)
    record(user, "account.sessions_ended", user)


@transaction.atomic
def deactivate(by: Any, user: User) -> None:
    """Close an account: no sign-in, no notices, all sessions end. The person's work and name stay in the record."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not may_manage_people(by):
        raise NotAllowed(_("Only an administrator closes accounts."))
    if by.pk == user.pk:
        raise Invalid(_("Nobody closes the own account: ask another administrator."))
    if user.is_active:
        close(by, user)


def close(by: Any, user: User) -> None:
    """The deed itself, for services that have checked their own policy. Call it in their transaction."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    record(by, "account.closed", user)


@transaction.atomic
def reactivate(by: Any, user: User) -> None:
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not may_manage_people(by):
        raise NotAllowed(_("Only an administrator reopens accounts."))
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(by, "account.reopened", user)
