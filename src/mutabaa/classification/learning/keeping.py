"""Writing and reading what was learned. No pickle: a file of numbers and names cannot run anything.

The file is a zip of `about.json` (format, kind, settings, names, a digest of every other member), `entries.json` (the vocabulary)
and one `.npy` per array, read with `allow_pickle=False`. The database keeps the digest of the whole file besides, so that a file
that somebody exchanged is not read at all.
"""

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any

FORMAT = 1
MOST_BYTES = 600 * 1024**2
MOST_MEMBERS = 40


class Unreadable(Exception):
    """The file is not a model of ours, or not as it was written."""


def write(path: Path, about: dict[str, Any], entries: dict[str, list[str]], arrays: dict[str, Any]) -> str:
    """Write aside and rename; returns the SHA-256 of the file."""
    import numpy as np

    members: dict[str, bytes] = {"entries.json": json.dumps(entries, ensure_ascii=False).encode()}
    for name, array in arrays.items():
        kept = io.BytesIO()
        np.save(kept, np.ascontiguousarray(array), allow_pickle=False)
        members[f"{name}.npy"] = kept.getvalue()
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    members["about.json"] = json.dumps({"format": FORMAT, "digests": digests, **about}, ensure_ascii=False).encode()
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            for name, content in members.items():
                file.writestr(name, content)
        digest = digest_of(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return digest


def read(path: Path, expected: str = "") -> tuple[dict[str, Any], dict[str, list[str]], dict[str, Any]]:
    """About, entries, arrays. Raises `Unreadable`: another digest than `expected`, another format, a member changed or missing."""
    import numpy as np

    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable("the file is too large")
        if expected and digest_of(path) != expected:
            raise Unreadable("the file is not the one that was written")
        with zipfile.ZipFile(path) as file:
            infos = file.infolist()
            if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > 4 * MOST_BYTES:
                raise Unreadable("the file holds more than a model does")
            members = {info.filename: file.read(info) for info in infos}
        about = json.loads(members.pop("about.json"))
        if not isinstance(about, dict) or about.get("format") != FORMAT:
            raise Unreadable("another format")
        if {name: hashlib.sha256(content).hexdigest() for name, content in members.items()} != about["digests"]:
            raise Unreadable("a part of the file was changed")
        entries = json.loads(members.pop("entries.json"))
        arrays = {
            name.removesuffix(".npy"): np.load(io.BytesIO(content), allow_pickle=False)
            for name, content in members.items()
        }
    except (
        OSError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        EOFError,
        zipfile.LargeZipFile,
        RuntimeError,
        NotImplementedError,
    ) as fault:
        raise Unreadable(str(fault)) from fault
    return about, entries, arrays


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
