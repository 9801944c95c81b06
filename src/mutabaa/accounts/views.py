"""Language and one's own account."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mutabaa.accounts import services
from mutabaa.accounts.access import EVERYONE, SIGNED_IN, allow
from mutabaa.accounts.middleware import KNOWN


@allow(EVERYONE)
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in the cookie and, with an account, there too; go back to where the person was."""
    language = KNOWN.get(request.POST.get("language", "")[:2], settings.LANGUAGE_CODE)
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax", secure=settings.HTTPS
    )
    if request.user.is_authenticated:
        services.choose_language(request.user, language)
    return response


class ProfileForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name shown to others"), max_length=160)
    mail_wanted = forms.BooleanField(
        label=gettext_lazy("Send me notices by e-mail"),
        required=False,
        help_text=gettext_lazy("Requests with a due date are always sent."),
    )


@allow(SIGNED_IN)
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(
        request.POST or None, initial={"name": request.user.name, "mail_wanted": request.user.mail_wanted}
    )
    if request.method == "POST" and form.is_valid():
        services.change_profile(request.user, **form.cleaned_data)
        messages.success(request, _("Your account was changed."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@allow(SIGNED_IN)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """For a lost laptop: every session of the person ends, this one too."""
    services.sign_out_everywhere(request.user)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


@allow(EVERYONE)
def closed(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Stands in front of pages that a library brings along and this site does not use."""
    raise Http404
