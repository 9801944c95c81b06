"""Text folding for simple search and duplicate detection. Pure: knows nothing of Django or the database."""

import hashlib
import re
import unicodedata

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ؤ": "و", "ئ": "ي"}
    | {chr(0x0660 + i): str(i) for i in range(10)}
    | {chr(0x06F0 + i): str(i) for i in range(10)}
)
_DROPPED: dict[int, str | int | None] = {c: None for c in range(0x300, 0x1E950) if unicodedata.combining(chr(c))} | _ARABIC
_CHINESE = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, no accents, no Arabic marks or letter variants, single spaces: `Éducation` → `education`."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
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
    found = _WORD.findall(folded)
    if not folded.isascii() and _CHINESE.search(folded):
        found = [part for word in found for part in (word if "\u4e00" <= word[0] <= "\u9fff" else [word])]
    return hashlib.blake2b(" ".join(found).encode(), digest_size=16).hexdigest()
