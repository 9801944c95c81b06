"""Putting texts of outside files right. Pure functions: idempotent, and they never lose a letter of the text itself."""

import html
import re
from collections.abc import Callable
from functools import lru_cache

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.S)
_BLOCK = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|td|th|table|h[1-6])\b[^<>]*>", re.I)
_INVISIBLE = re.compile("[\u200b\ufeff]")
_SPLIT = re.compile(r"(?<![\w-])([^\W\d_]{2,})- (?=([^\W\d_]+))")
_LATIN_OR_CYRILLIC = re.compile(r"[a-z\u00df-\u024f\u0430-\u045f]+\Z")

# "short- and long-term": the hyphen hangs on purpose.
_CONJUNCTIONS = {"and", "or", "to", "nor", "et", "ou", "à", "y", "o", "e", "u", "и", "или", "und"}
_PREFIXES = {"non", "self", "anti", "ex", "co", "pre", "post", "multi", "inter", "counter", "mid", "quasi", "semi", "cross", "well", "long", "short", "high", "low", "full", "half", "sub", "socio", "neo", "pro"}  # fmt: skip
_SMALL_WORDS = {"the", "of", "to", "in", "for", "on", "at", "by", "with", "from", "as", "is", "be", "are", "that", "this", "its", "all", "le", "la", "les", "des", "du", "de", "en", "un", "une", "pour", "par", "sur", "aux", "dans", "que", "qui", "el", "los", "las", "del", "por", "para", "con", "una", "se", "на", "по", "из", "за", "от", "до", "для", "при", "об"}  # fmt: skip


def strip_markup(text: str) -> tuple[str, bool]:
    """Text without tags and entities, and whether there were any. `a < b` and `R&D` stay. Repeats until nothing is left to undo."""
    found = False
    while "<" in text or "&" in text:
        plain = html.unescape(_TAG.sub("", _BLOCK.sub(" ", text)))
        if plain == text:
            break
        text, found = plain, True
    return text, found


def join_split_words(text: str) -> tuple[str, int]:
    """`develop- ment` → `development`; `short- and long-term` stays; `non- discrimination` → `non-discrimination`."""
    count = 0

    def join(match: re.Match[str]) -> str:
        nonlocal count
        left, right = match.group(1), match.group(2)
        if right.lower() in _CONJUNCTIONS or not _LATIN_OR_CYRILLIC.match(right):
            return match.group(0)
        count += 1
        if left.lower() in _SMALL_WORDS:
            return left + " "
        return left + "-" if left.lower() in _PREFIXES else left

    while "- " in text:
        before = count
        text = _SPLIT.sub(join, text)
        if count == before:
            break
    return text, count


def squeeze(text: str) -> str:
    """Single plain spaces, none at the ends; every kind of white space counts, invisible ones too."""
    if not text.isascii():
        text = _INVISIBLE.sub(" ", text)
    return " ".join(text.split())


def clean_text(raw: str) -> tuple[str, list[str]]:
    """A text put right, and the names of what was put right (`QUIRKS`)."""
    if raw.isprintable() and "  " not in raw and "<" not in raw and "&" not in raw and "- " not in raw:
        return raw.strip(), []  # most texts: nothing to put right (no-break spaces and line ends are not printable)
    quirks = []
    if "\u00a0" in raw or "&nbsp;" in raw or "&#160;" in raw:
        quirks.append("nbsp")
    text, marked_up = strip_markup(raw)
    if marked_up and "<" in raw:
        quirks.append("html")
    if "  " in raw.strip():
        quirks.append("double_space")
    text, joined = join_split_words(squeeze(text))
    if joined:
        quirks.append("hyphen_split")
    return text, quirks


@lru_cache(20_000)
def clean_label(raw: str) -> str:
    """One value of a list: without the leading "- " and double spaces."""
    label = squeeze(raw)
    while label.startswith("- "):
        label = label[2:].lstrip()
    return "" if label == "-" else label


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_STARTS = set("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹(pPrR§¶")
_NUMBER = r"\d{1,3}(?:[.\-–]\d{1,3}){1,2}"
_WORD_SHAPES = [
    # "Recommendation No. 21 (A/HRC/16/6) para. 96: 21 …": paragraph 96, item 21.
    re.compile(
        r"Recommendations?\s+(?:No\.?|number|n°|#)\s*(?P<item>\d{1,3}(?:\.\d{1,3})?)?[^:]{0,60}?\bpara(?:graph)?s?\.?\s*(?P<para>\d{1,3})\s*:\s*(?P<sub>\d{1,3})\b[.:;)\-–]*\s+",
        re.I,
    ),
    re.compile(
        r"Recommendations?\s+(?:No\.?|number|n°|#)\s*(?P<item>\d{1,3}(?:\.\d{1,3})?)\s*[,(]?\s*para(?:graph)?\.?\s*(?P<para>\d{1,3}(?:\.\d{1,3})?)\)?[.:;,\-–]*\s+",
        re.I,
    ),
    re.compile(r"Recommendations?\s+(?:No\.?|number|n°|#)\s*(?P<para>\d{1,3}(?:[.\-–]\d{1,3})?)[.:;,)\-–]*\s+", re.I),
    re.compile(
        r"\(?(?:para(?:graph)?s?\.?|§|¶)\s*(?P<para>\d{1,3}(?:\.\d{1,3})?(?:\s?\([a-z]{1,3}\))?)\)?[.:;,\-–]*\s+", re.I
    ),
]
_NUMBER_SHAPES = [
    re.compile(rf"(?P<para>{_NUMBER})[.:;)\-–]*\s+"),
    re.compile(rf"(?P<para>{_NUMBER})[.:;)]+(?=[^\W\d_])"),
    # A bare number only before a word that begins a sentence: "12 years of schooling" is text.
    re.compile(r"(?P<para>\d{1,3})(?:[.:;)]+\s*|\s+)(?=[^\W\d_])"),
]


def split_paragraph(text: str) -> tuple[str, str]:
    """The paragraph number at the start of a UPR text, in any shape that exports have, and the text after it.

    `136.1 Ratify…` → `("136.1", "Ratify…")`; `("", text)` where there is none.
    """
    if text[:1] not in _STARTS:
        return "", text
    head = text[:160]
    if not head[0].isascii():
        head = head.translate(_DIGITS)  # one character for one, so that positions agree
    shapes = _NUMBER_SHAPES if head[0].isdigit() else _WORD_SHAPES
    for shape in shapes:
        match = shape.match(head)
        if not match or match.end() >= len(text):
            continue
        rest = text[match.end() :]
        if shape is _NUMBER_SHAPES[-1] and rest[0].islower():
            continue
        found = match.groupdict()
        paragraph = (found["para"] or "").replace("–", "-")
        if found.get("sub"):
            paragraph = f"{paragraph}.{found['sub']}"
        elif found.get("item") and "." not in paragraph:
            paragraph = f"{paragraph}.{found['item']}"
        if re.fullmatch(r"\d{1,3}-\d{1,3}(?:-\d{1,3})?", paragraph):
            paragraph = paragraph.replace("-", ".")  # Arabic and French documents write 142-17 for 142.17
        return paragraph, rest
    return "", text


_AFTER_BRACKETS = " ;.,；。，،؛\u00a0"
_BETWEEN = re.compile(r"\s*[;,،؛、]\s*|\s+(?:and|et|y|e|и)\s+|\s*/\s*")


def last_brackets(text: str) -> tuple[str, str] | None:
    """The text before and inside brackets that end it: `Ratify it (Iran (Islamic Republic of));` → `("Ratify it", "Iran (Islamic…)")`."""
    end = text.rstrip(_AFTER_BRACKETS)
    if not end or end[-1] not in ")）":
        return None
    depth = 0
    for position in range(len(end) - 1, 0, -1):
        if end[position] in ")）":
            depth += 1
        elif end[position] in "(（":
            depth -= 1
            if depth == 0:
                before = end[:position].rstrip()
                return (before, end[position + 1 : -1].strip()) if before else None
    return None


def split_states(text: str, state_of: Callable[[str], str | None]) -> tuple[str, list[str]]:
    """Recommending States in brackets at the end of a UPR text: `Ratify it (Chile) (Peru);` → `("Ratify it", ["CHL", "PER"])`.

    `state_of` gives the code of a State's name or None. Brackets that hold anything else stay in the text.
    """
    found: list[str] = []
    while brackets := last_brackets(text):
        before, inside = brackets
        whole = state_of(inside)
        codes = [whole] if whole else [state_of(part) for part in _BETWEEN.split(inside) if part]
        if not codes or None in codes:
            break
        found = [code for code in codes if code] + found
        text = before
    return text, list(dict.fromkeys(found))


_SESSION = re.compile(r"\d{1,3}")


@lru_cache(2000)
def session_number(label: str) -> int | None:
    """`36th Session - …`, `Session 36` → 36."""
    match = _SESSION.search(label.translate(_DIGITS))
    return int(match.group()) if match else None


def upr_cycle(session: int | None) -> int | None:
    """The cycle a session of the UPR Working Group belongs to: 1–12, 13–26, 27–40, 41–54."""
    if session is None or session < 1 or session > 54:
        return None
    return 1 if session <= 12 else 2 + (session - 13) // 14
