"""The parts of a Word document, opened with care: bytes are counted as they come out, no document type declaration, no macros."""

import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from mutabaa.intake.files import sniff
from mutabaa.intake.files.faults import BadFile

MAX_PART = 48 * 1024**2  # a document of 1,000 pages has some 15 MB of XML
MAX_ALL = 96 * 1024**2
MAX_PARTS = 5000


class Archive:
    """Reads only the parts that it is asked for: pictures, embedded files and links are never opened."""

    def __init__(self, path: Path) -> None:
        sniff.expect(path, "docx")
        self.zip = zipfile.ZipFile(path)
        self.names = self.zip.namelist()
        self.read_so_far = 0
        if len(self.names) > MAX_PARTS:
            raise BadFile("expands_too_much", limit_mb=MAX_ALL // 1024**2)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.zip.close()

    def bytes_of(self, name: str) -> bytes:
        try:
            with self.zip.open(name) as part:
                data = part.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as fault:
            raise BadFile("encrypted" if "encrypted" in str(fault) else "damaged_docx", part=name) from fault
        self.read_so_far += len(data)
        if len(data) > MAX_PART or self.read_so_far > MAX_ALL:
            raise BadFile("expands_too_much", limit_mb=MAX_PART // 1024**2)
        return data

    def xml(self, name: str) -> Any:
        """The part's root element, or None where the document has no such part. Raises `BadFile`."""
        if name not in self.names:
            return None
        data = self.bytes_of(name)
        if b"<!DOCTYPE" in data[:4096].replace(b"\x00", b""):
            raise BadFile("doctype")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise BadFile("damaged_docx", part=name) from fault
        if root.getroottree().docinfo.doctype:
            raise BadFile("doctype")
        return root
