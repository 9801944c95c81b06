"""The language a page is shown in, and the gate that every page passes."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from mutabaa.accounts.access import may_open

KNOWN = {code[:2]: code for code, _name in settings.LANGUAGES}
OPEN_PREFIXES = ("allauth.", "django.views.static", "django.contrib.staticfiles", "django.views.defaults")


class InterfaceLanguage:
    """Chosen in the address (`?lang=ar`), by the cookie, by the account at sign-in, or by the browser, in that order.

    The account's language is copied to the cookie when it is chosen or at sign-in, so that no query is needed here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = KNOWN.get(request.GET.get("lang", "")[:2])
        kept = KNOWN.get(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")[:2])
        language = asked or kept or self.from_browser(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.setdefault("Content-Language", translation.get_language() or language)
        response.headers.setdefault("Vary", "Accept-Language, Cookie")
        return response

    @staticmethod
    def from_browser(request: HttpRequest) -> str:
        for part in request.headers.get("Accept-Language", "").split(","):
            code = part.split(";")[0].strip().lower()[:2]
            if code in KNOWN:
                return KNOWN[code]
        return settings.LANGUAGE_CODE


class StatedAccess:
    """Closed by default: a view without `@allow` answers 404; a visitor is asked to sign in; another role gets 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if view.__module__.startswith(OPEN_PREFIXES):
            return None
        if may_open(view, request.user):
            return None
        if not request.user.is_authenticated and getattr(view, "audience", None):
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
