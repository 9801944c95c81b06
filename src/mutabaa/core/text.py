"""Text folding for simple search and duplicate detection. Pure: knows nothing of Django or the database."""

import hashlib
import re
import unicodedata
from typing import Any

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ؤ": "و", "ئ": "ي"}
    | {chr(0x0660 + i): str(i) for i in range(10)}
    | {chr(0x06F0 + i): str(i) for i in range(10)}
)


class _Table(dict[int, Any]):
    """For `str.translate`: remembers the characters that stay as they are, which is three times faster than a miss for each."""

    def __missing__(self, character: int) -> int:
        self[character] = character
        return character


_DROPPED = _Table({c: None for c in range(0x300, 0x1E950) if unicodedata.combining(chr(c))} | _ARABIC)
_ASCII_WORDS = bytes(c if chr(c).isalnum() and c < 128 else 32 for c in range(256))
_MORE_THAN_WESTERN = re.compile("[^\x00-\u0482\u2000-\u20cf\u2100-\u2bff]")  # else no other marks than the next line's
_WESTERN_MARKS = re.compile("[\u0300-\u036f]+")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, no accents, no Arabic marks or letter variants, single spaces: `Éducation` → `education`."""
    if text.isascii():
        if text.isprintable() and "  " not in text:
            return text.strip().lower()
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    if not _MORE_THAN_WESTERN.search(decomposed):
        return " ".join(_WESTERN_MARKS.sub("", decomposed).split())
    return " ".join(unicodedata.normalize("NFC", decomposed.translate(_DROPPED)).split())


def words(text: str) -> list[str]:
    """The words of a folded text, in order; Chinese characters one by one."""
    out: list[str] = []
    for word in _WORD.findall(fold(text)):
        out.extend(word if "\u4e00" <= word[0] <= "\u9fff" else [word])
    return out


def fingerprint(text: str) -> str:
    """32 hexadecimal digits that are equal for texts that differ only in case, accents, punctuation or spacing."""
    return hashlib.blake2b(" ".join(words(text)).encode(), digest_size=16).hexdigest()


def folded_fingerprint(folded: str) -> str:
    """`fingerprint` of a text that is folded already: half the time, for imports."""
    if folded.isascii():
        return hashlib.blake2b(b" ".join(folded.encode().translate(_ASCII_WORDS).split()), digest_size=16).hexdigest()
    found = _WORD.findall(folded)
    if _CHINESE.search(folded):
        found = [part for word in found for part in (word if "\u4e00" <= word[0] <= "\u9fff" else [word])]
    return hashlib.blake2b(" ".join(found).encode(), digest_size=16).hexdigest()
