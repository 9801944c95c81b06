"""The language a page is shown in, and the gate that every page passes."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from mutabaa.accounts.access import may_open
from mutabaa.accounts.policies import needs_second_factor

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
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
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


class SecondFactorFirst:
    """Where the installation demands a second factor, its holder sets it up before anything else (security rule 7)."""

    WITHOUT = ("mfa_", "account_", "set_language")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Two queries for the people concerned, none for others."""
        if not settings.REQUIRE_MFA or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if (
            (name or "").startswith(self.WITHOUT)
            or not needs_second_factor(request.user)
            or is_mfa_enabled(request.user)
        ):
            return None
        messages.warning(request, _("Your role needs a second factor. Set it up now; it takes two minutes."))
        return redirect("mfa_activate_totp")
