"""People who sign in, and the role each one holds."""

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Contributor of an institution")
    SECRETARIAT = "secretariat", _("Secretariat")
    ADMINISTRATOR = "administrator", _("Administrator")
    STATISTICIAN = "statistician", _("Statistician")
    NHRI = "nhri", _("National human rights institution")
    CSO = "cso", _("Civil society organization")
    PARLIAMENT = "parliament", _("Parliament")


class People(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """An account. What a person may do follows from the role and, for contributors, from their institution."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.CONTRIBUTOR)
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    mail_wanted = models.BooleanField(_("notices by e-mail"), default=True)
    sessions_ended = models.PositiveIntegerField(
        default=0, editable=False, help_text="raised to end every session at once"
    )

    objects = People()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session holds this value: a new password or a raised `sessions_ended` makes every older session void."""
        return salted_hmac(
            "mutabaa.accounts.session", f"{self.password}:{self.sessions_ended}", secret=secret, algorithm="sha256"
        ).hexdigest()
