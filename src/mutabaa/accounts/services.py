"""What changes an account."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.accounts.models import Role, User
from mutabaa.accounts.policies import may_manage_people
from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed


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
def create_account(by: Any, *, email: str, name: str, role: str, password: str | None = None, language: str = "") -> User:
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
