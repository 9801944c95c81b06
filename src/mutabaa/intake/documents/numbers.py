"""The number in front of a paragraph, as documents in six languages print it."""

import re

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "012345678901234567890123456789")
ABJAD = "أبجدهوزحطيكلمنسعفصقرشت"  # the order in which Arabic documents letter their sub-paragraphs
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ONES = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
_TENS = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"]

_LETTER = r"[a-zA-Z]{1,2}|[ivxlcIVXLC]{1,6}|[أإاآبجدهوزحطيكلمنسعفصقرشت][ىـ]?ـ?|[а-яА-Я]"
_SHAPES = (
    # 86.12. · 142-17- (Arabic) · 6.104 Text
    re.compile(r"(?P<n>\d{1,3}[.\-–]\d{1,3}(?:[.\-–]\d{1,3})?)\s?[.\-–):．]?\s+(?=\S)"),
    re.compile(r"(?P<n>\d{1,3}\.\d{1,3})[.．:、]\s*(?=\S)"),
    # 12. · 12) · 12 - · 12． · 12、
    re.compile(r"(?P<n>\d{1,3})\s?(?:[.．。)、]|[\-–—ـ]\.?)(?!\d)\s*(?=\S)"),
    # (a) · a) · (أ) · （a） · (iv) · (12)
    re.compile(rf"[(（]\s?(?P<n>{_LETTER}|\d{{1,3}})\s?[)）]\s*(?=\S)"),
    re.compile(rf"(?P<n>{_LETTER})\)\s+(?=\S)"),
)
_DASH = re.compile(r"\A[-–ـ]\s*(?=[\u0621-\u064a])")
# A place in the text rather than its beginning: "… in paragraph\n12. The State party".
_HANGING = re.compile(
    r"(?:\b(?:paragraphs?|paras?|articles?|arts?|No|Nos|resolutions?|rules?|sections?|chapters?|goals?|target|of|and|to|or|from|"
    r"párrafos?|artículos?|núms?|paragraphes?|alinéas?|пункт\w*|стать\w*|ст|п|№)\.?|الفقر(?:ة|ات)|الماد(?:ة|تين)|المواد|第)\s*\Z",
    re.I,
)


def latin_digits(text: str) -> str:
    """Every digit as 0–9, one character for one, so that positions agree."""
    return text if text.isascii() else text.translate(DIGITS)


def split_number(text: str) -> tuple[str, str]:
    """The number in front and the text after it: `12. The Committee…` → `("12", "The Committee…")`, `(a) Adopt` → `("(a)", "Adopt")`.

    Digits come out as 0–9, letters as printed, in brackets. `("", text)` where there is none, or nothing behind it.
    """
    head = latin_digits(text[:40])
    for index, shape in enumerate(_SHAPES):
        if match := shape.match(head):
            number = match["n"].replace("–", "-").replace("ـ", "")
            if index < 2:
                number = number.replace("-", ".")
            rest = _DASH.sub("", text[match.end() :].lstrip())
            if index == 0 and not _begins_a_paragraph(rest):
                continue
            return (f"({number})" if index > 2 else number), rest
    return "", text


def _begins_a_paragraph(rest: str) -> bool:
    """Not "12.5 per cent of women". Russian points begin with a small letter, and its fractions have a comma."""
    first = rest.lstrip("\"'“«„‘([*")[:1]
    return bool(first) and (not first.islower() or "\u0400" <= first <= "\u04ff")


def hangs(before: str) -> bool:
    """The line before ends so that a number belongs to it: "… under article"."""
    return bool(_HANGING.search(before[-60:]))


def is_letter(number: str) -> bool:
    return number.startswith("(")


def canonical(number: str) -> str:
    """A sub-paragraph's letter in Latin, so that the six languages agree: `(ب)` and `(б)` → `(b)`; other numbers as they are."""
    if not is_letter(number):
        return number
    inside = number[1:-1].lower()
    for alphabet in (ABJAD, CYRILLIC):
        folded = inside.replace("إ", "أ").replace("ا", "أ").replace("آ", "أ")
        if len(folded) == 1 and folded in alphabet:
            return f"({letter_of(alphabet.index(folded) + 1)})"
    if inside.startswith("ه"):
        return "(e)"
    return f"({inside})"


def place(number: str) -> int:
    """Its place in its list: `(c)` → 3, `(iv)` → 4, `12` → 12, `86.12` → 12; 0 where it has none. `(i)` is read as a letter."""
    inside = canonical(number).strip("()")
    if inside.isdigit():
        return int(inside)
    if "." in inside and inside.replace(".", "").isdigit():
        return int(inside.rsplit(".", 1)[1])
    if len(inside) == 1 and "a" <= inside <= "z":
        return ord(inside) - 96
    if len(inside) == 2 and inside[0] == inside[1] and inside.isalpha():
        return 26 + ord(inside[0]) - 96
    return roman_value(inside)


def roman_value(text: str) -> int:
    """0 where it is no Roman numeral."""
    total = 0
    values = [_ROMAN.get(c, 0) for c in text.lower()]
    if not values or 0 in values:
        return 0
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total if roman(total) == text.lower() else 0


def roman(number: int) -> str:
    """Lower case, to 99."""
    hundreds, rest = divmod(number, 100)
    return "c" * hundreds + _TENS[rest // 10] + _ONES[rest % 10]


def letter_of(number: int) -> str:
    """1 → a, 26 → z, 27 → aa, as Word counts."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
