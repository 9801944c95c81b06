"""What a file is, by its content. The name says nothing that can be trusted."""

import zipfile
from pathlib import Path

from mutabaa.intake.files.faults import BadFile

MAGIC = [
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
]
TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path) -> str:
    """ "json", "xlsx", "docx", "csv" or what else it is ("pdf", "ole", "zip", "html", "binary"…). Reads 64 kB and a zip's directory.

    Raises `BadFile`: empty, macros.
    """
    with path.open("rb") as f:
        head = f.read(65536)
    if not head.strip():
        raise BadFile("empty")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _kind_of_zip(path)
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    start = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    stripped = start.lstrip()
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_wide(head)
    if wide:
        stripped = stripped.replace(b"\x00", b"").lstrip(b"\xff\xfe").lstrip()
    if stripped[:1] in (b"[", b"{"):
        return "json"
    if stripped[:14].lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    if not wide and b"\x00" in head:
        return "binary"
    return "csv"


def _looks_wide(head: bytes) -> bool:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = head[:2000]
    return len(sample) >= 4 and max(sample[0::2].count(0), sample[1::2].count(0)) > len(sample) * 0.35


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise BadFile("truncated_zip") from fault
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadFile("macros")
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "zip"


def expect(path: Path, *wanted: str) -> str:
    """The kind, if it is one of `wanted`; else `BadFile("wrong_kind", …)`."""
    kind = kind_of(path)
    if kind not in wanted:
        raise BadFile("wrong_kind", kind=kind, wanted=", ".join(wanted))
    return kind
