"""What looks like a heading, and how deep it stands."""

import re

from mutabaa.intake.documents.numbers import roman_value

LONGEST = 220
_CHAPTER = re.compile(
    r"(?:(?P<roman>[IVXL]{1,6})\s?[.．\-–)]|(?P<letter>[A-Z]|[А-К])\s?[.．)]|"
    r"(?P<ar_chapter>أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)(?:ً|ً)?\s?[.\-–ـ]+|"
    r"(?P<ar_letter>ألف|باء|جيم|دال|هاء|واو|زاي|حاء|طاء|ياء)\s?[.\-–ـ]+|"
    r"(?P<zh_chapter>[一二三四五六七八九十]{1,3})[、．.]|(?P<zh_letter>[A-Z])[．.、])\s*(?=\S)"
)
_AR_NUMBERS = ["أولا", "ثانيا", "ثالثا", "رابعا", "خامسا", "سادسا", "سابعا", "ثامنا", "تاسعا", "عاشرا"]
_OPENING_WORDS = re.compile(
    r"(?:Annex(?:es)?|Appendix|Introduction|Conclusions?|Recommendations?|Annexe|Anexo|Приложение|Введение|مرفق|المرفق|مقدمة|附件|导言)\b.{0,60}\Z"
)
_SENTENCE = re.compile(r"[.;:,。；：，؛،]\s*\Z")
_CONTENTS = re.compile(r"\.{4,}|…{2,}|\.\s\.\s\.")


def split(text: str) -> tuple[str, str]:
    """`II. Conclusions` → `("II", "Conclusions")`, `أولاً - مقدمة` → `("أولا", "مقدمة")`."""
    match = _CHAPTER.match(text)
    if not match:
        return "", text
    number = next(value for value in match.groupdict().values() if value)
    return number, text[match.end() :]


def opens(text: str) -> bool:
    """A line that begins with the number of a chapter, or is one of the words that chapters are named by."""
    if len(text) > LONGEST or _CONTENTS.search(text):
        return False
    match = _CHAPTER.match(text)
    if match:
        rest = text[match.end() :]
        return rest[:1].isupper() or not rest[:1].isascii()
    return bool(_OPENING_WORDS.fullmatch(text)) and not _SENTENCE.search(text)


def level(number: str, text: str, bold: bool, next_number: str, followed: bool) -> int:
    """The depth of a heading, 0 for what is none. Chapters in Roman figures stand above letters, letters above the rest."""
    if not text or len(text) > LONGEST or _CONTENTS.search(text) or not followed:
        return 0
    if number:
        plain = number.isdigit() and bold and not _SENTENCE.search(text) and len(text) < 120 and not text.endswith(")")
        return 3 if plain else 0
    match = _CHAPTER.match(text)
    if match and not _SENTENCE.search(text[-2:]):
        if (match["roman"] and roman_value(match["roman"])) or match["ar_chapter"] or match["zh_chapter"]:
            return 1 if not (match["letter"]) else 2
        return 2
    if _OPENING_WORDS.fullmatch(text) and not _SENTENCE.search(text):
        return 1
    if _SENTENCE.search(text) or text[:1].islower():
        return 0
    return 4 if bold or (next_number and len(text) < 160) else 0
