from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mutabaa.accounts.access import SECRETARIAT, allow


@allow(SECRETARIAT)
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "core/plain_page.html", {})
