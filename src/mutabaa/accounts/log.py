from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import ADMINISTRATOR, allow
from mutabaa.audit.models import AuditEntry


@allow(ADMINISTRATOR)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    entries = AuditEntry.objects.order_by("-sequence")
    verb = request.GET.get("deed", "")
    actor = request.GET.get("who", "")
    if verb:
        entries = entries.filter(verb=verb)
    if actor:
        entries = entries.filter(actor__icontains=actor)
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    verbs = AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    return render(request, "accounts/log.html", {"page": page, "verbs": verbs, "verb": verb, "actor": actor})
