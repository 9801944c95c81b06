"""The installation, for rooms that stand below `institutions`: read through Django's registry, never imported upward."""

import functools
from typing import Any

from django.apps import apps
from django.conf import settings


class NotSetUp:
    """What pages show before `mutabaa init`."""

    pk = None
    title = "Mutabaa"
    contact_email = ""
    state_id = ""
    languages = ["en"]
    host = None
    stale_after_days = 365
    default_visibility = "public"
    reminder_days = [-7, 0, 7, 14]


def current() -> Any:
    """The one `Installation` row with its State: one query."""
    return apps.get_model("institutions", "Installation").objects.select_related("state").first() or NotSetUp()


def installation_of(request: Any) -> Any:
    """The installation, read once per request."""
    if not hasattr(request, "_installation"):
        request._installation = current()
    return request._installation


@functools.cache
def asset_version() -> str:
    """Changes when style or script change, so that browsers fetch them anew."""
    folder = settings.PACKAGE / "core" / "static" / "mutabaa"
    return f"{max(int(f.stat().st_mtime) for f in folder.iterdir()):x}"
