"""What the cells of a plan's table hold beside dates: money, references, names, marks. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from mutabaa.intake.documents.numbers import latin_digits
from mutabaa.intake.documents.plain_words import plain

_THOUSAND = "k|thousand|mille|mil|тыс\\.?|тысяч\\w?|الف|الاف"
_MILLION = "m|mn|mio|million|millions|millon|millones|млн\\.?|миллион\\w*|مليون|ملايين"
_BILLION = "bn|billion|billions|milliards?|mil millones|млрд\\.?|миллиард\\w*|مليار|مليارات"
_TIMES = [("mil millones", 9), (_BILLION, 9), (_MILLION, 6), (_THOUSAND, 3)]
_CHINESE_TIMES = [
    ("十亿", 9),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("万", 4),
    ("千", 3),
]  # written onto the figure, without a space
_SIGNS = {"€": "EUR", "£": "GBP", "₽": "RUB", "₹": "INR", "₦": "NGN"}
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_FIGURE = re.compile(r"[-−]?\s?\d[\d.,'’\u00a0\u202f\u2009 ٬٫]*")
_YEAR = re.compile(r"\A\s*((?:19|20|21)\d\d)\s*[:：–-]\s*(?=\D*\d)")
NO_MONEY = {
    "", "-", "–", "—", "n/a", "na", "none", "nil", "no cost", "without cost", "no additional cost", "neant", "sans objet", "sans cout", "ninguno", "sin costo", "sin coste",
    "нет", "не требуется", "без затрат", "لا شيء", "لا ينطبق", "بدون تكلفه", "无", "不适用",
}  # fmt: skip
TO_BE_SAID = {
    "tbd", "tbc", "to be determined", "to be confirmed", "to be costed", "a determiner", "a definir", "por determinar", "por definir", "подлежит уточнению", "уточняется",
    "يحدد لاحقا", "سيحدد لاحقا", "待定",
}  # fmt: skip

LONGEST = 5_000  # letters of a cell
MOST_REFERENCES = 300


@dataclass(frozen=True)
class Money:
    """`currency` as written (a code or a sign), "" where none is; `year` where the cell names it; `words`: what else stands
    beside the figure, such as "FCFA"."""

    amount: Decimal
    currency: str = ""
    year: int | None = None
    words: str = ""


def read_money(text: str) -> list[Money] | None:
    """The amounts of a cell, one for each line or part between semicolons: `2026: USD 1.2 million; 2027: 300 000`.

    An empty list where the cell says that there is none, or that it is still to be said; None where it cannot be read.
    """
    if len(text) > LONGEST:
        return None
    out = []
    for part in re.split(r"[;；\n]", latin_digits(text)):
        said = plain(part).strip(" .")
        if said in NO_MONEY or said in TO_BE_SAID:
            continue
        year = _YEAR.match(part)
        found = one_amount(part[year.end() :] if year else part)
        if found is None:
            return None
        out.append(Money(found.amount, found.currency, int(year[1]) if year else None, found.words))
    return out


def one_amount(text: str) -> Money | None:
    figures = _FIGURE.findall(text)
    if len(figures) != 1:
        return None
    rest = text.replace(figures[0], " ", 1)
    times = multiplier(plain(rest))
    amount = number_of(figures[0], several=times > 0)
    if amount is None:
        return None
    if re.fullmatch(r"\s*\(.*\)\s*", text, re.S) and amount > 0:  # book-keepers write a negative amount in brackets
        amount = -amount
    code = _CODE.search(text.upper() if len(text) < 40 and not re.search(r"[a-z]{4}", text) else text)
    sign = next((known for mark, known in _SIGNS.items() if mark in text), "")
    currency = code.group() if code else sign or ("$" if "$" in text else "¥" if "¥" in text or "￥" in text else "")
    words = " ".join(word for word in re.findall(r"[^\W\d_]+", rest) if not multiplier(plain(word)))
    if len(words) > 24:
        return None  # a sentence with a number in it
    return Money(amount * (Decimal(10) ** times), currency, words="" if currency else words)


def multiplier(rest: str) -> int:
    """The power of ten that a word says; 0 where none does."""
    for words, power in _TIMES:
        if re.search(rf"(?<!\w)(?:{words})(?!\w)", rest):
            return power
    return next((power for word, power in _CHINESE_TIMES if word in rest), 0)


def number_of(figure: str, *, several: bool = False) -> Decimal | None:
    """`1 250 000`, `1,250,000.50`, `1.250.000,50`, `1250000`. A single mark before three digits parts the thousands,
    unless the number is one of `several` thousands or millions: `1.250 million`."""
    text = re.sub(r"[\s'’\u00a0\u202f\u2009٬]", "", figure).replace("٫", ".").replace("−", "-").rstrip(".,")
    negative, text = text.startswith("-"), text.lstrip("-")
    marks = [c for c in text if c in ".,"]
    if len(set(marks)) == 2:
        last = max(text.rfind("."), text.rfind(","))
        if text.count(text[last]) > 1:
            return None
        text = re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
    elif len(marks) > 1:
        if any(len(part) != 3 for part in re.split(r"[.,]", text)[1:]):
            return None
        text = re.sub(r"[.,]", "", text)
    elif marks:
        before, after = re.split(r"[.,]", text)
        thousands = len(after) == 3 and before not in {"", "0"} and not several
        text = before + after if thousands else f"{before or 0}.{after}"
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return -amount if negative else amount


def read_marker(text: str) -> int | None:
    """The gender marker: the first lonely digit, `GEN 2` and `2 – significant` too; None where there is none from 0 to 3."""
    found = re.findall(r"(?<!\d)(\d+)(?!\d)", latin_digits(text).replace(".0", ""))
    return int(found[0]) if len(set(found)) == 1 and found[0] in {"0", "1", "2", "3"} else None


def read_percent(text: str) -> int | None:
    """`45 %`, `0.45` as a share, `45`. None where it is no number from 0 to 100."""
    said = latin_digits(text).replace("٪", "%").replace(",", ".")
    found = re.fullmatch(r"\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*", said)
    if not found:
        return None
    value = float(found[1])
    if "%" not in said and "." in found[1] and value <= 1:
        value *= 100
    return round(value) if value <= 100 else None


# Bounded, so that a cell of dashes and letters cannot keep the worker busy.
_SYMBOL = re.compile(r"(?<![\w/])[A-Z]{1,6}[A-Za-z0-9.()/-]{0,60}/[A-Za-z0-9.()/-]{0,60}[A-Za-z0-9]")
_PARAGRAPH = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,4})?)((?:\s*\(\w{1,4}\))*)")
_RANGE = re.compile(r"(?<![\w.])(\d{1,4})(?:\.(\d{1,4}))?\s*[–—-]\s*(?:(\d{1,4})\.)?(\d{1,4})(?![\w(])")


@dataclass(frozen=True)
class Reference:
    """A document and one of its paragraphs; an empty symbol where the cell names none, an empty paragraph for the document."""

    symbol: str
    paragraph: str

    def __str__(self) -> str:
        return " ¶ ".join(part for part in (self.symbol, self.paragraph) if part)


def read_references(text: str) -> list[Reference]:
    """`CRC/C/XMU/CO/4 ¶ 24; A/HRC/46/15 142.17, 142.20–142.22` → one for each paragraph, in order, each once.

    Words between the numbers are passed over, so that "paras. 24 and 25 (a)" is read in every language.
    """
    said = latin_digits(text[:LONGEST]).replace("（", "(").replace("）", ")")
    symbols = list(_SYMBOL.finditer(said))
    out: list[Reference] = []
    if not symbols or said[: symbols[0].start()].strip(" ;,\n"):
        head = said[: symbols[0].start()] if symbols else said
        out += [Reference("", paragraph) for paragraph in paragraphs_in(head)]
    for number, match in enumerate(symbols):
        end = symbols[number + 1].start() if number + 1 < len(symbols) else len(said)
        found = paragraphs_in(said[match.end() : end])
        symbol = match.group()
        if number == 0 and not found and out and not re.search(r"[;\n]", said[: match.start()]):
            found = [
                reference.paragraph for reference in out
            ]  # "paragraph 24 of CRC/C/XMU/CO/4", as Arabic and Russian say it
            out = []
        out += [Reference(symbol, paragraph) for paragraph in found] or [Reference(symbol, "")]
    return list(dict.fromkeys(out))[:MOST_REFERENCES]


def paragraphs_in(text: str) -> list[str]:
    text = _RANGE.sub(lambda m: expanded(m), text)
    return [number + re.sub(r"\s+", "", letters) for number, letters in _PARAGRAPH.findall(text)]


def expanded(match: re.Match[str]) -> str:
    """`142.20–142.22` → `142.20, 142.21, 142.22`; what is no rising range of at most fifty stays as it is."""
    whole, part, whole_again, last = match.groups()
    start, end = int(part if part is not None else whole), int(last)
    if (whole_again or whole) != whole or (part is None and whole_again) or not start < end <= start + 50:
        return match.group()
    head = f"{whole}." if part is not None else ""
    return ", ".join(f"{head}{n}" for n in range(start, end + 1))


def split_names(text: str) -> list[str]:
    """Names of institutions, parted by line breaks and semicolons: what surely parts them. Numbers and dots in front go."""
    found = (re.sub(r"\A[\s\d.)•·–—*-]+(?=\D)", "", part).strip(" .,") for part in re.split(r"[;؛；\n|]", text))
    return list(dict.fromkeys(part for part in found if part))


def split_further(text: str) -> list[str]:
    """One name that nobody knows, parted at commas and slashes too: `MoH, MoJ / Police`."""
    return [part.strip(" .") for part in re.split(r"[,،、/]|\s\+\s", text) if part.strip(" .")]
