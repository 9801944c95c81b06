"""How allauth behaves here: accounts by invitation, mails by the worker, a lock-out that hits the guesser."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from mutabaa.accounts.models import User
from mutabaa.accounts.policies import needs_second_factor
from mutabaa.audit.services import record
from mutabaa.jobs.services import enqueue


class ByInvitation(DefaultAccountAdapter):
    """Accounts are given by an administrator: nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user, **kwargs) -> HttpResponse:  # type: ignore[no-untyped-def]
        response = super().post_login(request, user, **kwargs)
        record(user, "account.signed_in", user)
        if user.language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, max_age=31_536_000, samesite="Lax", secure=settings.HTTPS
            )
        return response

    def populate_username(self, request: HttpRequest, user) -> None:  # type: ignore[no-untyped-def]
        return None

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """By the worker: the link never lies in the queue, and the answer takes the same time for everyone."""
        enqueue("mutabaa.accounts.jobs.mail_reset", user.pk)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """An address without account gets no mail, but costs the same row in the queue."""
        if template_prefix == "account/email/unknown_account":
            enqueue("mutabaa.accounts.jobs.mail_reset", 0)
            return
        super().send_mail(template_prefix, email, context)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failed attempts count per account **and** place they come from: an outsider cannot lock a person out."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"


class SecondFactor(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Where a second factor is required it can be replaced by the administrator, not switched off."""
        return not (settings.REQUIRE_MFA and needs_second_factor(authenticator.user))


def forget_failed_attempts(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever has set a new password through the link may sign in at once."""
    ByInvitation(request)._delete_login_attempts_cached_email(request, email=user.email)
