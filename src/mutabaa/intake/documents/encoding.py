"""Bytes of a text in any encoding as text."""

import codecs
import re

from mutabaa.intake.tables.decode import decode as decode_western

_CHINESE = re.compile("[\u4e00-\u9fff，。、；：（）]")


def decode(data: bytes, stated: str = "") -> str:
    """A mark decides, then UTF-8 if it fits, then what the file itself states, then Chinese by its look, then the best-looking code page."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return data.decode("utf-32", "replace")
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decode_western(data)[0]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _other(data, stated)
    return text if "\x00" not in text[:4000] else decode_western(data)[0]


def _other(data: bytes, stated: str) -> str:
    damaged = data.decode("utf-8", "replace")
    if damaged.count("\ufffd") < len(damaged) * 0.002:  # UTF-8 with a broken letter or two
        return damaged
    if stated:
        try:
            return data.decode(codecs.lookup(stated).name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    for name in ("gb18030", "big5"):
        try:
            text = data[:200_000].decode(name, "ignore")
        except (UnicodeDecodeError, LookupError):
            continue
        letters = [c for c in text if not c.isascii()]
        if letters and len(_CHINESE.findall(text)) > 0.9 * len(letters) and _common(text):
            return data.decode(name, "replace")
    return decode_western(data)[0]


def _common(text: str) -> bool:
    """The characters that every Chinese text is full of."""
    return sum(text.count(c) for c in "的和在有人国不约委员会") > len(text) * 0.02
