"""The notices of the person who is signed in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SIGNED_IN, allow
from mutabaa.core.pages import Panel
from mutabaa.notifications import services
from mutabaa.notifications.models import Notice


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    notices = Notice.objects.visible_to(request.user).order_by(F("read_at").asc(nulls_first=True), "-created_at")
    page = Paginator(notices, 25).get_page(request.GET.get("page"))
    return render(request, "notifications/index.html", {"page": page, "unread": unread_count(request)})


@allow(SIGNED_IN)
@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and go where the notice points to."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.mark_read(request.user, notice)
    if url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("notifications:index")


@allow(SIGNED_IN)
@require_POST
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    services.mark_read(request.user, get_object_or_404(Notice.objects.visible_to(request.user), pk=pk))
    return redirect("notifications:index")


@allow(SIGNED_IN)
@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    services.mark_read(request.user)
    messages.success(request, _("All notices are marked as read."))
    return redirect("notifications:index")


def unread_count(request: HttpRequest) -> int:
    """One query, remembered for the request."""
    if not hasattr(request, "_unread_notices"):
        request._unread_notices = Notice.objects.visible_to(request.user).unread().count()  # type: ignore[attr-defined]
    return request._unread_notices  # type: ignore[attr-defined]


def desk_panel(request: HttpRequest) -> Panel | None:
    """The newest unread notices on the person's first page."""
    notices = list(Notice.objects.visible_to(request.user).unread()[:5])
    if not notices:
        return None
    return Panel("notifications/desk_panel.html", {"notices": notices, "unread": unread_count(request)}, order=90)
