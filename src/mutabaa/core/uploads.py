"""Keeping a file that a person sends: outside the web root, under a random name, readable by the owner of the process alone."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from mutabaa.core.errors import Invalid


@dataclass(frozen=True)
class Kept:
    """`name` is the random name in the folder; `original_name` what the person's file was called, path and control characters removed."""

    name: str
    original_name: str
    size: int
    sha256: str


def keep(upload: Any, folder: Path, max_bytes: int) -> Kept:
    """Write an uploaded file into `folder` in blocks; refuse it as soon as it is larger than `max_bytes`, or when it is empty.

    The content is not judged here: the caller checks what it is before it trusts it.
    """
    name = secrets.token_hex(16)
    path = folder / name
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            for block in upload.chunks():
                size += len(block)
                if size > max_bytes:
                    raise Invalid(
                        _("The file is larger than %(limit)s MB.") % {"limit": max_bytes // 1024**2}, field="file"
                    )
                digest.update(block)
                target.write(block)
        if not size:
            raise Invalid(_("The file is empty."), field="file")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Kept(name, plain_name(upload.name or ""), size, digest.hexdigest())


def plain_name(name: str) -> str:
    """The last part of a path without control characters, at most 200 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-200:] or "file"
