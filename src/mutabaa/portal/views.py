from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mutabaa.accounts.access import EVERYONE, allow


@allow(EVERYONE)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "core/plain_page.html", {})


@allow(EVERYONE)
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "core/plain_page.html", {})


@allow(EVERYONE)
def recommendation(request: HttpRequest, public_id: str) -> HttpResponse:
    return render(request, "core/plain_page.html", {})
