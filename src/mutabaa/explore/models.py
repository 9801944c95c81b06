"""Searches that a person keeps, and what was found later."""

import zlib
from array import array
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import Timestamped, public_id
from mutabaa.explore.asking import Asking


def packed(numbers: Iterable[int]) -> bytes:
    """Primary keys as compressed differences: 300,000 of them take about 2 kB where they follow each other, 200 kB at most."""
    ordered, last, steps = sorted(set(numbers)), 0, array("I")
    for number in ordered:
        steps.append(number - last)
        last = number
    return zlib.compress(steps.tobytes(), 6)


def unpacked(content: bytes | memoryview) -> set[int]:
    """What `packed` made."""
    if not content:
        return set()
    steps = array("I")
    steps.frombytes(zlib.decompress(bytes(content)))
    out, number = set(), 0
    for step in steps:
        number += step
        out.add(number)
    return out


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, person: Any) -> "SavedSearchQuerySet":
        """One's own alone: what somebody searches is nobody else's business, the administrator's neither."""
        return self.filter(user_id=person.pk) if getattr(person, "is_authenticated", False) else self.none()


class SavedSearch(Timestamped):
    """A search kept under a name. With `alerts`, what matches anew is told to its owner, each record once."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=120)
    query = models.TextField(help_text="the search as the query string of its page")
    language = models.CharField(max_length=8, help_text="in which the words of the query are understood")
    alerts = models.BooleanField(_("alerts"), default=True)
    known = models.BinaryField(default=b"", help_text="records that matched already, as `packed` makes them")
    watched_from = models.DateTimeField(null=True, help_text="since when `known` is complete; null: not looked at yet")

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="search_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def asking(self) -> Asking:
        return Asking.from_query(QueryDict(self.query))

    @property
    def address(self) -> str:
        return reverse("explore:search") + "?" + self.query

    def get_absolute_url(self) -> str:
        return reverse("explore:saved", args=[self.public_id])


class SearchAlert(Timestamped):
    """Records that matched a saved search for the first time: what one alert told. At most `services.MOST_TOLD` are named."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="told")
    records = models.JSONField(default=list, help_text="primary keys in the order of the search")
    total = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.search} ({self.total})"


def fresh(current: Collection[int], known: bytes | memoryview) -> list[int]:
    """Those that are not known yet, in their order."""
    before = unpacked(known)
    return [pk for pk in current if pk not in before]
