"""The page where the national list of themes is mapped to UHRI's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.classification import services
from mutabaa.classification.forms import MappingForm, NationalThemeForm
from mutabaa.classification.models import ThemeMapping
from mutabaa.core.errors import Invalid
from mutabaa.taxonomy.models import Theme


@allow(SECRETARIAT)
def mapping(request: HttpRequest) -> HttpResponse:
    """National themes with what each is mapped to; two forms: another mapping, another national theme."""
    adds = request.method == "POST" and "add" in request.POST
    maps = request.method == "POST" and not adds
    form = MappingForm(request.POST if maps else None)
    theme_form = NationalThemeForm(request.POST if adds else None)
    given = theme_form if adds else form
    if request.method == "POST" and given.is_valid():
        try:
            if adds:
                services.add_national_theme(request.user, **theme_form.cleaned_data)
                done = _("The theme was added to the national list.")
            else:
                services.map_theme(request.user, **form.cleaned_data)
                done = _("The themes are mapped. Records with one of them are being offered the other.")
        except Invalid as refusal:
            given.add_error(refusal.field if refusal.field in given.fields else None, str(refusal.message))
        else:
            messages.success(request, done)
            return redirect("classification:mapping")
    rows = list(ThemeMapping.objects.select_related("national", "uhri"))
    themes = [
        (theme, [row for row in rows if row.national_id == theme.pk])
        for theme in Theme.objects.filter(scheme="national")
    ]
    context = {"form": form, "theme_form": theme_form, "themes": themes}
    return render(request, "classification/mapping.html", context, status=422 if given.errors else 200)


@allow(SECRETARIAT)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    services.unmap_theme(
        request.user, get_object_or_404(ThemeMapping.objects.select_related("national", "uhri"), pk=pk)
    )
    messages.success(request, _("The mapping was removed. Tags that were accepted stay."))
    return redirect("classification:mapping")
