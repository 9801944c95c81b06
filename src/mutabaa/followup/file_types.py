"""What kind of file this is, by its content. Pure: knows nothing of Django or the database."""

import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

MAX_ENTRIES = 5_000
MAX_UNPACKED = 400 * 1024 * 1024  # bytes that an office file may claim to unpack to


@dataclass(frozen=True)
class FileType:
    """`suffix` is the ending a downloaded file gets, whatever it was called."""

    content_type: str
    suffix: str


OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileType("application/pdf", ".pdf")
DOCX = FileType(OFFICE + "wordprocessingml.document", ".docx")
XLSX = FileType(OFFICE + "spreadsheetml.sheet", ".xlsx")
ODT = FileType("application/vnd.oasis.opendocument.text", ".odt")
ODS = FileType("application/vnd.oasis.opendocument.spreadsheet", ".ods")
PNG = FileType("image/png", ".png")
JPEG = FileType("image/jpeg", ".jpg")
TEXT = FileType("text/plain", ".txt")
CSV = FileType("text/csv", ".csv")
SUFFIXES = {".pdf", ".docx", ".xlsx", ".odt", ".ods", ".png", ".jpg", ".jpeg", ".txt", ".csv"}


class HasMacros(ValueError):
    """The office file carries code that runs when it is opened."""


class TooLarge(ValueError):
    """The office file would unpack to more than any honest one."""


def file_type(file: BinaryIO, name: str) -> FileType | None:
    """The type of the content, None where it is none that is accepted. Reads to the end; leaves the file at its start.

    `name` only tells CSV from other plain text. Raises `HasMacros` and `TooLarge`.
    """
    file.seek(0)
    head = file.read(16)
    found: FileType | None = None
    if head.startswith(b"%PDF-"):
        found = PDF
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        found = PNG
    elif head.startswith(b"\xff\xd8\xff"):
        found = JPEG
    elif head.startswith(b"PK\x03\x04"):
        found = office_type(file)
    elif is_text(file):
        found = CSV if PurePosixPath(name.lower()).suffix == ".csv" else TEXT
    file.seek(0)
    return found


def office_type(file: BinaryIO) -> FileType | None:
    """By the parts inside. Reads the list of parts and one short one; unpacks nothing else."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_ENTRIES or sum(p.file_size for p in parts) > MAX_UNPACKED:
                raise TooLarge
            names = {p.filename for p in parts}
            lowered = {n.lower() for n in names}
            if any(
                n.endswith("vbaproject.bin") or n.startswith(("basic/", "scripts/")) or "/macrosheets/" in n
                for n in lowered
            ):
                raise HasMacros
            if "[Content_Types].xml" in names:
                with archive.open("[Content_Types].xml") as part:
                    declared = part.read(1_000_000).lower()
                if b"macroenabled" in declared:
                    raise HasMacros
                return DOCX if "word/document.xml" in names else XLSX if "xl/workbook.xml" in names else None
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    kind = part.read(100).decode("ascii", "replace").strip()
                return {t.content_type: t for t in (ODT, ODS)}.get(kind)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return None
    return None


def is_text(file: BinaryIO) -> bool:
    """No control characters but tab and line ends: text in any of the usual encodings, UTF-16 with its mark included."""
    file.seek(0)
    start = file.read(2)
    file.seek(0)
    if start in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = file.read().decode("utf-16")
        except UnicodeDecodeError:
            return False
        return all(c in "\t\n\r\f" or ord(c) >= 32 for c in text)
    control = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
    empty = True
    while block := file.read(65_536):
        empty = False
        if len(block.translate(None, control)) != len(block):
            return False
    return not empty


def download_name(name: str, suffix: str) -> str:
    """The person's file name without folders, ending as its content demands."""
    bare = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip(" .")[:150] or "file"
    ending = PurePosixPath(bare.lower()).suffix
    right = ending == suffix or {ending, suffix} == {".jpg", ".jpeg"}
    return bare if right else bare + suffix
