"""The first page after signing in: everything that waits for this person. Rooms register what they add to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mutabaa.accounts.access import SIGNED_IN, allow
from mutabaa.core import pages


@allow(SIGNED_IN)
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/desk.html", {"panels": pages.collect(pages.desk_panels, request)})
