"""What every page shows: the installation's name, the menu, the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mutabaa.accounts.policies import role_of
from mutabaa.core import pages
from mutabaa.core.addresses import address
from mutabaa.core.installation import asset_version, installation_of


def workspace(request: HttpRequest) -> dict[str, Any]:
    """One query at most: the installation."""

    def rooms() -> list[dict[str, Any]]:
        role = role_of(getattr(request, "user", None))
        out = []
        here = max(
            (item.prefix for item in pages.menu if item.prefix and request.path.startswith(item.prefix)),
            key=len,
            default="",
        )
        for item in sorted(pages.menu, key=lambda entry: entry.order):
            if role in item.audience:
                url = address(item.url_name)
                out.append(
                    {
                        "label": item.label,
                        "url": url,
                        "current": request.path == url or (bool(here) and item.prefix == here),
                        "count": item.count(request) if item.count else 0,
                    }
                )
        return out

    return {
        "installation": SimpleLazyObject(lambda: installation_of(request)),
        "rooms": SimpleLazyObject(rooms),
        "interface_languages": settings.LANGUAGES,
        "asset_version": asset_version(),
    }
