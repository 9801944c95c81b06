"""What every room's records share: times, versions, visibility, names in six languages."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

CONTENT_LANGUAGES = ["en", "ar", "es", "fr", "ru", "zh"]


class Visibility(models.TextChoices):
    """Who may read a record (T-063). Each level includes the readers of the next."""

    PUBLIC = "public", _("Public")
    INSTITUTIONS = "institutions", _("Responsible institutions")
    SECRETARIAT = "secretariat", _("Secretariat")
    RESTRICTED = "restricted", _("Named persons only")


def best_name(name: str, field: TranslatedField) -> Callable[[Any], str]:
    """Getter for a `TranslatedField`: the reader's language, else the default one, else English, else any."""

    def get(self: Any) -> str:
        wanted = (get_language() or settings.LANGUAGE_CODE)[:2]
        for language in (wanted, settings.LANGUAGE_CODE, *field.languages):
            value = getattr(self, f"{name}_{language}", "")
            if value:
                return value
        return ""

    return get


@contextmanager
def without_history(record: Any) -> Iterator[None]:
    """Saves inside write no version of their own: the caller writes one for the whole change."""
    record.skip_history_when_saving = True
    try:
        yield
    finally:
        del record.skip_history_when_saving


def Translated(field: models.Field) -> TranslatedField:
    """A column per language of the interface; reading it gives the best available one."""
    return TranslatedField(field, attrgetter=best_name, languages=CONTENT_LANGUAGES)


def names(label: dict[str, str], field: str = "name") -> dict[str, str]:
    """`{"en": "Health", …}` from a reference file as the keyword arguments of a model: `{"name_en": "Health", …}`."""
    return {f"{field}_{language}": label.get(language, "") for language in CONTENT_LANGUAGES}


def names_of(row: Any, field: str = "name") -> dict[str, str]:
    """The filled languages of a `Translated` field, for what is put into words later, for each reader: `{"en": "Health", …}`."""
    return {code: name for code in CONTENT_LANGUAGES if (name := getattr(row, f"{field}_{code}"))}


def public_id() -> str:
    """72 random bits: an address nobody can guess where existence itself is confidential."""
    return secrets.token_urlsafe(9)


class Timestamped(models.Model):
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """Optimistic locking: forms carry `version`; services refuse a write that started from an older one."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
