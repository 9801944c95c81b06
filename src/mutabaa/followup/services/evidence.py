"""Files and links that show what an update says."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.file_types import FileType, HasMacros, TooLarge, download_name, file_type
from mutabaa.followup.models import Evidence, Update
from mutabaa.followup.policies import may_edit_update
from mutabaa.followup.services.rows import locked

MOST = 30  # pieces of evidence on one update


def checked(upload: UploadedFile) -> FileType:
    """The type by content; refuses what is too large, of another type, or carries macros."""
    if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise Invalid(
            _("The file is larger than %(size)s. Make it smaller, or add a link to it.")
            % {"size": filesizeformat(settings.MAX_UPLOAD_BYTES)},
            field="file",
        )
    try:
        kind = file_type(upload.file, upload.name or "")  # type: ignore[arg-type]
    except HasMacros:
        raise Invalid(_("The file contains macros. Save it without them and add it again."), field="file") from None
    except TooLarge:
        raise Invalid(
            _("The file would unpack to too much. Save it anew, or add a link to it."), field="file"
        ) from None
    if kind is None:
        raise Invalid(
            _(
                "This type of file is not accepted. Use PDF, Word (docx), Excel (xlsx), OpenDocument (odt, ods), PNG, JPEG, text or CSV."
            ),
            field="file",
        )
    return kind


def add_evidence(
    by: Any, update: Update, *, title: str = "", url: str = "", upload: UploadedFile | None = None
) -> Evidence:
    """Add a file or a link to a draft. The file lies under a random name; its own name is kept beside it.

    The bytes are written before the row; where the row is refused, they are taken away again.
    """
    if (upload is None) == (not url.strip()):
        raise Invalid(_("Give either a file or a link."), field="file")
    if upload is None:
        return add_row(by, update, title=title.strip() or url.strip(), url=checked_link(url))
    with kept_file(upload) as fields:
        return add_row(by, update, title=title.strip() or fields["original_name"], **fields)


@contextmanager
def kept_file(upload: UploadedFile) -> Iterator[dict[str, Any]]:
    """The upload, checked and kept under a random name, as the fields of a row; taken away again where the row is refused."""
    kind = checked(upload)
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    name = default_storage.save(f"evidence/{secrets.token_hex(16)}", upload)
    try:
        yield {
            "file": name,
            "original_name": download_name(upload.name or "", kind.suffix),
            "content_type": kind.content_type,
            "size": upload.size or 0,
            "sha256": digest.hexdigest(),
        }
    except BaseException:
        default_storage.delete(name)
        raise


def checked_link(url: str) -> str:
    url = url.strip()
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and len(url) <= 500
    except ValueError:
        good = False
    if not good:
        raise Invalid(_("This is not a web address. It begins with https:// or http://."), field="url")
    return url


@transaction.atomic
def add_row(by: Any, update: Update, **fields: Any) -> Evidence:
    row = locked(update, None, None, "recommendation")
    if not may_edit_update(by, row):
        raise NotAllowed(_("This update can no longer be changed, or your institution does not answer for it."))
    if row.evidence.filter(removed=False).count() >= MOST:
        raise Invalid(
            _("This update has too many pieces of evidence. Remove one, or put several into one file."), field="file"
        )
    fields["title"] = fields["title"][:200]
    piece = Evidence.objects.create(update=row, added_by=by, **fields)
    record(by, "evidence.added", row, evidence=piece.pk, title=piece.title, sha256=piece.sha256, url=piece.url)
    return piece


@transaction.atomic
def share_evidence(by: Any, piece: Evidence, updates: Iterable[Update]) -> list[Evidence]:
    """The same file or link on other drafts: one file, several rows."""
    fields = {n: getattr(piece, n) for n in ("title", "url", "file", "original_name", "content_type", "size", "sha256")}
    return [add_row(by, update, **fields) for update in updates if update.pk != piece.update_id]


@transaction.atomic
def remove_evidence(by: Any, piece: Evidence) -> None:
    """Take a piece off a draft. Row and file stay, so that the history can be checked."""
    row = locked(piece.update, None, None, "recommendation")
    if not may_edit_update(by, row):
        raise NotAllowed(_("Evidence of an update that was handed in stays with it."))
    fresh = Evidence.objects.select_for_update(no_key=True).get(pk=piece.pk)
    if not fresh.removed:
        fresh.removed = True
        fresh.save(update_fields=["removed", "updated_at"])
        record(by, "evidence.removed", row, evidence=fresh.pk, title=fresh.title)
