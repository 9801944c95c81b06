"""Arabic out of a PDF: files hold it as it looks on paper, and readers give it back reversed by letters, by words, or not at all.

Told by what Arabic words and phrases look like; put right word by word. It is never certain: a person reviews.
"""

import re
import unicodedata

_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile("[\u0621-\u064a]{2,}")
_SMALL = {"في", "من", "على", "إلى", "أن", "عن", "التي", "الذي", "هذا", "هذه", "ما", "مع", "بين", "غير", "كما", "وفي", "ومن", "وعلى", "بما", "ذلك", "أو", "كل", "بشأن", "إزاء", "تلك", "لا", "عدم"}  # fmt: skip
_SMALL_REVERSED = {word[::-1] for word in _SMALL} - _SMALL
_PHRASES = [("حقوق", "الإنسان"), ("الدولة", "الطرف"), ("الدول", "الأطراف"), ("الأمم", "المتحدة"), ("مجلس", "حقوق"), ("هذا", "التقرير"), ("جميع", "أشكال"), ("على", "المستوى"), ("بما", "في"), ("في", "ذلك"), ("العنف", "ضد"), ("اللجنة", "الدولة")]  # fmt: skip
_PIECE = re.compile(  # a word with its comma, a number in Arabic figures, anything Latin, spaces, a sign
    "[\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff][\u060c\u061b\u061f\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff]*|[\u0660-\u0669]+|[A-Za-z0-9](?:[A-Za-z0-9./:@\\-]*[A-Za-z0-9])?|\\s+|.",
    re.S,
)
_FIGURES = "٠١٢٣٤٥٦٧٨٩"  # these come letter by letter from the right
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_LEADING_NUMBER = re.compile(
    r"\A\s*[-–]\s?(?P<point>[\d٠-٩]{1,3})\s?[-–]\s?(?P<group>[\d٠-٩]{1,3})(?=\s)|\A\s*[-–]\s?(?P<n>[\d٠-٩]{1,3})(?=\s)"
)


def is_arabic(text: str) -> bool:
    return len(_ARABIC.findall(text)) > 0.3 * max(1, sum(c.isalpha() for c in text))


def reads_well(text: str) -> float:
    """0 to 1: words begin as Arabic words do, small words are whole, phrases stand in their order."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text))
    if len(words) < 8:
        return 0.5
    good = sum(w in _SMALL or w.startswith(("ال", "وال", "بال", "لل", "كال")) for w in words)
    bad = sum(
        w in _SMALL_REVERSED
        or w[0] in "ةىءئ"
        or (len(w) > 3 and w.endswith(("لا", "لاو", "لاب")) and not w.startswith("ال"))
        for w in words
    )
    pairs = list(zip(words, words[1:], strict=False))
    forward = sum(pair in _PHRASES for pair in pairs)
    backward = sum(pair[::-1] in _PHRASES for pair in pairs)
    ends = [line.strip() for line in text.split("\n") if len(line.strip()) > 25]
    forward += sum(line[-1] in ".؛:،" for line in ends)
    backward += sum(line[0] in ".؛:،" for line in ends)
    letters = good / (good + 2 * bad) if good + bad else 0.5
    order = forward / (forward + backward) if forward + backward else 0.5
    return letters * (0.4 + 0.6 * order)


def logical(line: str) -> str:
    """A line that runs as it looks, left to right with each word whole, in the order in which it is read."""
    text = unicodedata.normalize("NFKC", line)
    if not is_arabic(text):
        return " ".join(text.split())
    pieces = _PIECE.findall(text)[::-1]
    turned = "".join(p[::-1] if p[0] in _FIGURES else p.translate(_MIRRORED) if len(p) == 1 else p for p in pieces)
    return spaced(turned)


def spaced(text: str) -> str:
    """No space inside brackets or before a stop."""
    text = re.sub(r"([(\[«])\s+", r"\1", " ".join(text.split()))
    text = re.sub(r"\s+([)\]».،؛:])(?=[\s.,؛،:)\]»]|\Z)", r"\1", text)
    text = re.sub(r"\s+\.(?=[\u0621-\u064a])", ". ", text)
    text = re.sub(r"\(\s*\)\s*(?=\S)", ") (", text)
    if text.endswith(".(") and text.count("(") > text.count(")"):
        text = f"{text[:-2]})."
    return re.sub(r"([)\]»])(?=[\u0621-\u064a])", r"\1 ", text)


def tidy_line(line: str) -> str:
    """What the first reader leaves turned round in a good line: brackets, and the number in front."""
    if not is_arabic(line):
        return line
    opening, closing = line.find("("), line.find(")")
    if closing >= 0 and (opening < 0 or closing < opening):
        line = spaced(line.translate(str.maketrans("()", ")(")))
    match = _LEADING_NUMBER.match(line)
    if match:
        number = f"{match['group']}-{match['point']}-" if match["group"] else f"{match['n']}-"
        line = f"{number} {line[match.end() :].strip()}"
    return line
