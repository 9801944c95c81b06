"""Giving evidence files out."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.followup.models import Evidence, Update


@allow(EVERYONE)
def download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """As an attachment, to those who may read its update; 404 for everybody else."""
    visible = Update.objects.visible_to(request.user).values("pk")
    piece = get_object_or_404(Evidence, public_id=public_id, removed=False, update__in=visible)
    return attachment(piece)


def attachment(piece: Any) -> HttpResponseBase:
    """The file of a piece of evidence, never shown in the page; 404 where it is gone."""
    name = piece.file.name
    if not name or not default_storage.exists(name):
        raise Http404
    response = FileResponse(
        default_storage.open(name),
        as_attachment=True,
        filename=piece.original_name,
        content_type=piece.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
