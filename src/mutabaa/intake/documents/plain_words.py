"""Texts made alike for the patterns of this package: lower case, no accents on Latin letters, Arabic letters without variants or marks."""

import re
import unicodedata

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ؤ": "و", "ئ": "ي"}
    | {chr(c): "" for c in (*range(0x064B, 0x0653), 0x0670)}
    | {"’": "'", "‘": "'", "\u00a0": " ", "\u200f": "", "\u200e": ""}
)
_ACCENTED = re.compile("[\u00c0-\u024f]+")
_MARKS = re.compile("[\u0300-\u036f]")


def plain(text: str) -> str:
    """Not `core.text.fold`: that takes Russian й for и, and spaces are kept here so that positions stay near."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    lowered = lowered.translate(_ARABIC).replace("œ", "oe").replace("ё", "е")
    return _ACCENTED.sub(lambda m: _MARKS.sub("", unicodedata.normalize("NFD", m.group())), lowered)


def any_of(**languages: str) -> re.Pattern[str]:
    """One pattern of the patterns of several languages. They are written as `plain` leaves texts; Arabic ones may be written as usual."""
    return re.compile("|".join(f"(?:{pattern.translate(_ARABIC)})" for pattern in languages.values()))
