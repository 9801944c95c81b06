"""A JSON file that is one array of objects, read object by object: memory does not grow with the file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from mutabaa.intake.files.faults import BadFile

BLOCK = 1 << 18


class CountingFile:
    """Skips a byte order mark, counts what was read, and remembers where lines end for messages."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.bytes_read = 0
        if stream.read(3) != b"\xef\xbb\xbf":
            stream.seek(0)

    def read(self, size: int = -1) -> bytes:
        block = self.stream.read(size)
        self.bytes_read += len(block)
        return block


def rows(path: Path, progress: Any = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Row number from 1 and the object. `progress(bytes_read)` is called now and then.

    Raises `BadFile`: wide encoding, not UTF-8, malformed or truncated (with the row), not an array, a row that is no object.
    """
    with path.open("rb") as stream:
        head = stream.read(64)
        if not head.strip():
            raise BadFile("empty")
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head:
            raise BadFile("wide_encoding")
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if start[:1] != b"[":
            raise BadFile("not_an_array")
        stream.seek(0)
        source = CountingFile(stream)
        number = 0
        try:
            for item in ijson.items(source, "item", buf_size=BLOCK, use_float=True):
                number += 1
                if not isinstance(item, dict):
                    raise BadFile("row_not_object", row=number)
                yield number, item
                if progress and number % 2000 == 0:
                    progress(source.bytes_read)
        except ijson.IncompleteJSONError as fault:
            raise _explained(path, fault, number + 1) from fault
        except (ijson.JSONError, UnicodeDecodeError, ValueError) as fault:
            raise _explained(path, fault, number + 1) from fault


def _explained(path: Path, fault: Exception, row: int) -> BadFile:
    """The fault in our words. The rest of the file is read once more only to tell the line."""
    said = str(fault)
    if isinstance(fault, UnicodeDecodeError) or "UTF8" in said or "UTF-8" in said:
        line = _first_line_not_utf8(path)
        return BadFile("not_utf8", row=row, line=line)
    if "premature EOF" in said or "Incomplete" in said or "parse error: trailing" in said:
        return BadFile("truncated_json", row=row)
    return BadFile("malformed_json", row=row, said=said.splitlines()[0].strip() if said else "")


def _first_line_not_utf8(path: Path) -> int:
    with path.open("rb") as stream:
        for line, content in enumerate(stream, 1):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                return line
    return 0
