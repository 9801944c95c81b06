"""A plain table in any encoding, line ending and separator, as rows of text. Pure.

Tables come from all kinds of programs: UTF-8 and UTF-16, with or without a mark, Windows and old Macintosh encodings, lines
ended by carriage returns alone, commas, semicolons, tabs or bars, and rows shorter or longer than the header.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from mutabaa.intake.files import sniff, xlsx
from mutabaa.intake.files.faults import BadFile

MAX_TABLE_BYTES = 200 * 1024 * 1024
ONE_BYTE = ["cp1252", "mac_roman", "cp1250", "cp1251", "cp1256", "koi8_r", "iso8859_1"]
SEPARATORS = [",", ";", "\t", "|"]
_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")

# Letters that Western languages do use; anything else inside a Latin word speaks against the encoding.
_WESTERN = set("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽğışİĞŞćčđłńśźżęąőű")
_COMMON = set("éèàáíóúñçãõêôüöäâîûëï")
_TYPOGRAPHY = set("‘’“”–—…«»°§¿¡•€ºª´·©®\u00a0№")


@dataclass(frozen=True)
class Table:
    """`rows` hold text cells; the first is the header. `encoding` and `separator` say how the file was read ("xlsx" and "")."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    separator: str


def read_table(path: Path) -> Table:
    """The whole table. Raises `BadFile`: empty, wrong kind, too large, no header."""
    kind = sniff.expect(path, "csv", "xlsx", "json")
    if kind == "json":  # a text that begins with a bracket may still be a table: only its header tells
        kind = "csv"
    if kind == "xlsx":
        numbered = [(n, [cell_text(cell) for cell in cells]) for n, cells in xlsx.rows(path)]
        encoding, separator = "xlsx", ""
    else:
        if path.stat().st_size > MAX_TABLE_BYTES:
            raise BadFile("too_large", limit_mb=MAX_TABLE_BYTES // 1024**2)
        text, encoding = decode(path.read_bytes())
        separator = separator_of(text)
        numbered = list(enumerate(split(text, separator), 1))
    numbered = [(n, cells) for n, cells in numbered if any(cell.strip() for cell in cells)]
    if not numbered:
        raise BadFile("no_rows")
    header = [cell.strip() for cell in numbered[0][1]]
    while header and not header[-1]:
        header.pop()
    if not any(re.search(r"[^\W\d_]", name) for name in header):
        raise BadFile("no_header")
    return Table(header, numbered[1:], encoding, separator)


def cell_text(cell: object) -> str:
    """A cell of a workbook as text: whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding. A mark decides; then UTF-8 if it fits; then UTF-16 by its zeros; then the best-looking code page."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace"), "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    wide = wide_encoding(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    best = max(candidates(data), key=lambda name: plausibility(data, name))
    return data.decode(best, "replace"), best


def wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark, told by where the zeros of ASCII characters (commas, line ends) stand."""
    sample = data[:4000]
    if b"\x00" not in sample or len(sample) < 4:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return "utf-16-be" if even > odd else "utf-16-le"


def candidates(data: bytes) -> list[str]:
    """Code pages that can decode the file; charset-normalizer's opinion is one of them, unless it is an East Asian guess."""
    from charset_normalizer import from_bytes

    names = list(ONE_BYTE)
    guess = from_bytes(data[:200_000]).best()
    if guess and guess.encoding not in names and guess.encoding not in {"ascii", "utf_8"}:
        names.append(guess.encoding)
    fitting = []
    for name in names:
        try:
            data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        fitting.append(name)
    return fitting or ["iso8859_1"]


def plausibility(data: bytes, encoding: str) -> float:
    """How much the words with non-ASCII letters look like words, from the encoding's reading of them. Higher is better.

    `Côte d'Ivoire` in Mac Roman reads `C™te d'Ivoire` in Windows-1252: a sign inside a word, a capital after a small
    letter, or a control character is what gives a wrong encoding away.
    """
    lines = [line for line in re.split(rb"[\r\n]+", data) if not line.isascii()][:400]
    text = b"\n".join(lines).decode(encoding, "replace")
    score, seen = 0.0, 0
    for position, c in enumerate(text):
        if c < "\x80":
            continue
        seen += 1
        before, after = text[position - 1 : position], text[position + 1 : position + 2]
        inside = before.isalpha() and after.isalpha()
        if c in "\x81\x8d\x8f\x90\x9d\ufffd" or "\x80" <= c <= "\x9f":
            score -= 5
        elif c.isalpha():
            score += letter_score(c, before, after)
        elif c in "‘’" and (inside or not (before.isalpha() and after.isalpha())):
            score += 0.9
        elif inside:
            score -= 3
        elif c in _TYPOGRAPHY:
            score += 0.6
        else:
            score -= 1
    return score / seen if seen else 0.0


def letter_score(c: str, before: str, after: str) -> float:
    latin_neighbour = before.isascii() and before.isalpha() or after.isascii() and after.isalpha()
    if c in _WESTERN:
        if c.isupper() and before.isalpha() and before.islower():
            return -2.0
        if c.isupper() and after.isalpha() and after.islower() and before.isalpha():
            return -1.0
        return 1.2 if c in _COMMON and latin_neighbour else 0.5 if latin_neighbour else 0.2
    if c < "\u0250" or latin_neighbour:
        return -1.5
    alike = sum(1 for n in (before, after) if n and ord(n) >= 0x80 and n.isalpha() and ord(n) >> 8 == ord(c) >> 8)
    upper_in_word = c.isupper() and before.isalpha() and before.islower()
    return (0.8 if alike else -0.5) - (2.0 if upper_in_word else 0.0)


def split(text: str, separator: str) -> list[list[str]]:
    """Cells by row, whatever ends the lines. Quotes that were never closed do not swallow the rest of the file."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff").replace("\x00", ""), newline=""), delimiter=separator)
    csv.field_size_limit(1 << 22)
    try:
        return list(reader)
    except csv.Error as fault:
        raise BadFile("malformed_table", line=reader.line_num, said=str(fault)) from fault


def separator_of(text: str) -> str:
    """The separator that gives most rows the same number of cells, and more than one."""
    start = text[:100_000]
    best, best_score = ",", -1.0
    for separator in SEPARATORS:
        try:
            rows = [r for r in csv.reader(io.StringIO(start, newline=""), delimiter=separator) if r][:60]
        except csv.Error:
            continue
        if not rows:
            continue
        if len(rows) > 3 and len(text) > len(start):
            rows = rows[:-1]
        width = len(rows[0])
        if width < 2:
            continue
        regular = sum(len(row) == width for row in rows) / len(rows)
        score = regular * 10 + min(width, 30) / 10
        if score > best_score:
            best, best_score = separator, score
    return best
