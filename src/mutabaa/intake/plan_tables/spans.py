"""When something begins and ends, as tables of plans say it in six languages: `Q3 2027`, `2026–2028`, `end of 2027`. Pure."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from mutabaa.intake.documents.dates import MONTHS
from mutabaa.intake.documents.numbers import latin_digits
from mutabaa.intake.documents.plain_words import plain
from mutabaa.intake.files.dates import read_date

_ORDER = {
    1: "1 i 1st first premier 1er 1ere premiere primer primero primera i-й первый первое первом الاول الاولي 一",
    2: "2 ii 2nd second deuxieme 2e second segundo segunda второй второе втором الثاني الثانيه 二",
    3: "3 iii 3rd third troisieme 3e tercer tercero третий третье третьем الثالث 三",
    4: "4 iv 4th fourth quatrieme 4e cuarto четвертый четвертом الرابع 四",
}
ORDER = {word: number for number, words in _ORDER.items() for word in words.split()}
_ORDINAL = "(?P<n>" + "|".join(sorted(map(re.escape, ORDER), key=len, reverse=True)) + ")"
_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_JOIN = r"[\s,./-]*(?:of|de|del|del ano|de l'annee|года?|من|لعام|من عام|عام)?\s*"
_QUARTER_WORD = r"(?:quarter|trimestre|trim\.?|квартал\w*|кв\.?)"
_HALF_WORD = r"(?:half|semestre|semester|полугоди\w+|половин\w+)"
_PARTS: list[tuple[int, re.Pattern[str]]] = [
    # months in the part, and how it is written
    (3, re.compile(rf"(?:q|t|кв\.?)\s?(?P<n>[1-4]){_JOIN}{_YEAR}")),
    (3, re.compile(rf"{_YEAR}[\s,./-]*(?:q|t)\s?(?P<n>[1-4])")),
    (3, re.compile(rf"(?:the\s|el\s|le\s)?{_ORDINAL}\.?\s*{_QUARTER_WORD}{_JOIN}{_YEAR}(?:\s*г(?:\.|ода?)?)?")),
    (3, re.compile(rf"(?:الربع|الفصل)\s+{_ORDINAL}{_JOIN}{_YEAR}")),
    (3, re.compile(rf"{_YEAR}\s?年\s?第?{_ORDINAL}\s?季度?")),
    (6, re.compile(rf"(?:h|s)\s?(?P<n>[12]){_JOIN}{_YEAR}")),
    (6, re.compile(rf"{_YEAR}[\s,./-]*(?:h|s)\s?(?P<n>[12])")),
    (6, re.compile(rf"(?:the\s|el\s|le\s)?{_ORDINAL}\.?\s*{_HALF_WORD}{_JOIN}{_YEAR}(?:\s*г(?:\.|ода?)?)?")),
    (6, re.compile(rf"النصف\s+{_ORDINAL}{_JOIN}{_YEAR}")),
]
_HALF_ZH = re.compile(rf"{_YEAR}\s?年\s?(?P<half>上|下)半年")
_BY = r"(?:by|before|until|no later than|at|d'ici(?: a)?|avant|jusqu'a|a|antes de|hasta|para|до|к|بحلول|قبل|حتي|في)?\s*(?:the\s|la\s|el\s|le\s|au\s)?"
_END = re.compile(
    rf"{_BY}(?:end|fin|fines|finales|late|конец|конца|концу|نهايه|اواخر)(?:-|\s)*{_JOIN}{_YEAR}(?:\s*г(?:\.|ода?)?)?"
)
_END_ZH = re.compile(rf"{_YEAR}\s?年\s?(?:年?底|年?末)")
_MIDDLE = re.compile(
    rf"{_BY}(?:mid|mi|middle|milieu|mediados|середин[аеуы]|منتصف)(?:-|\s)*{_JOIN}{_YEAR}(?:\s*г(?:\.|ода?)?)?"
)
_MIDDLE_ZH = re.compile(rf"{_YEAR}\s?年\s?年?中(?:期)?")
_WHOLE = re.compile(
    rf"(?:(?:by|until|during|in|en|hasta|jusqu'a|до|в|к|بحلول|حتي|خلال|في)\s+)?(?:the\s)?(?:year|annee|ano|год|عام|سنه)?\s*{_YEAR}(?:\s*(?:г\.?|года?|年))?"
)
_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_SHORT = {
    "jan": 1, "janv": 1, "ene": 1, "feb": 2, "fev": 2, "fevr": 2, "mar": 3, "apr": 4, "avr": 4, "abr": 4, "jun": 6, "jul": 7, "juil": 7,
    "aug": 8, "ago": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12, "dic": 12,
}  # fmt: skip
_SHORT_NAMES = "|".join(sorted(_SHORT, key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAMES}|(?:{_SHORT_NAMES})\.?(?!\w))(?:\s?/\s?(?:{_NAMES}))?"
_DAY = r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th|º|°|-го)?\.?[\s-]+(?:of\s+|de\s+)?)?"
_NAMED = re.compile(rf"{_BY}{_DAY}{_MONTH}\s*,?[\s-]*(?:de\s+|del\s+)?{_YEAR}(?:\s*г(?:\.|ода?)?)?")
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}")
_CHINESE = re.compile(rf"{_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月(?:\s?(?P<day>\d{{1,2}})\s?日)?(?:前|之前|底)?")
_NUMBERS = re.compile(
    r"(?:(?P<month>\d{1,2})[./](?P<year>(?:19|20|21)\d\d)|(?P<year2>(?:19|20|21)\d\d)[-./](?P<month2>\d{1,2}))"
)
_BETWEEN = re.compile(
    r"\s+(?:to|until|through|au|a|al|hasta|по|до|الي|حتي|至|and|et|y|и)\s+|\s*(?:–|—|−|至|到)\s*|\s+-\s+|(?<=\d{4})\s*[-/]\s*(?=(?:19|20|21)\d\d\b)|;|\n"
)
_FROM = re.compile(r"\A(?:from|between|entre|de|du|des|desde|с|со|من|从|自)\s*(?=\d|\w)")
ONGOING = {
    "ongoing", "continuous", "continuously", "continuing", "permanent", "throughout", "throughout the plan", "regularly", "annually", "yearly", "every year",
    "en cours", "continu", "en continu", "permanente", "continua", "continuo", "en curso", "anual", "chaque annee", "постоянно", "ежегодно", "на постоянной основе", "в течение всего срока",
    "مستمر", "مستمره", "بشكل مستمر", "سنويا", "持续", "长期", "持续进行", "每年",
}  # fmt: skip

LONGEST = 120  # letters; what is longer is no date


@dataclass(frozen=True)
class Span:
    """`start` is None where only an end is said; `ongoing`: as long as the plan."""

    start: dt.date | None = None
    end: dt.date | None = None
    ongoing: bool = False


def read_span(text: str) -> Span | None:
    """What a cell says of time; None where it cannot be read. A quarter, month or year gives its first and last day."""
    whole = " ".join(text.split())
    if len(whole) > LONGEST:
        return None
    day, _serial = read_date(latin_digits(whole))
    if day:
        return Span(day, day)
    said = plain(latin_digits(text)).strip(" .,;:()")
    said = said.replace("_", " ")
    if said in ONGOING:
        return Span(ongoing=True)
    if one := read_part(said):
        return one
    said = _FROM.sub("", said)
    parts = [part.strip(" .,") for part in _BETWEEN.split(said) if part and part.strip(" .,")]
    if len(parts) != 2:
        return None
    last = read_part(parts[1])
    if last is None or last.end is None:
        return None
    first = read_part(parts[0]) or read_part(f"{parts[0]} {last.end.year}")  # "March – June 2027"
    if first is None or first.end is None:
        return None
    return Span(first.start or first.end, last.end)


def read_part(said: str) -> Span | None:
    """One day, month, quarter, half-year or year of a folded text."""
    day, _serial = read_date(said)
    if day:
        return Span(day, day)
    for months, pattern in _PARTS:
        if match := pattern.fullmatch(said):
            number = ORDER[match["n"]]
            if number * months > 12:
                return None
            return months_of(int(match["year"]), (number - 1) * months + 1, number * months)
    if match := _HALF_ZH.fullmatch(said):
        return months_of(int(match["year"]), *((1, 6) if match["half"] == "上" else (7, 12)))
    for pattern in (_END, _END_ZH):
        if match := pattern.fullmatch(said):
            return Span(None, dt.date(int(match["year"]), 12, 31))
    for pattern in (_MIDDLE, _MIDDLE_ZH):
        if match := pattern.fullmatch(said):
            return Span(None, dt.date(int(match["year"]), 6, 30))
    for pattern in (_NAMED, _MONTH_FIRST, _CHINESE):
        if match := pattern.fullmatch(said):
            month = match["month"].rstrip(".")
            number = int(month) if month.isdigit() else MONTHS.get(month) or _SHORT[month]
            return day_or_month(int(match["year"]), number, match["day"])
    if match := _NUMBERS.fullmatch(said):
        return day_or_month(int(match["year"] or match["year2"]), int(match["month"] or match["month2"]), None)
    if match := _WHOLE.fullmatch(said):
        return months_of(int(match["year"]), 1, 12)
    return None


def day_or_month(year: int, month: int, day: str | None) -> Span | None:
    try:
        if day:
            found = dt.date(year, month, int(day))
            return Span(found, found)
        return months_of(year, month, month)
    except ValueError:
        return None


def months_of(year: int, first: int, last: int) -> Span | None:
    if not 1 <= first <= last <= 12:
        return None
    return Span(dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))
