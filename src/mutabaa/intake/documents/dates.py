"""Dates and spans of time as official documents write them, in six languages."""

import calendar
import datetime as dt
import re

from mutabaa.intake.documents.numbers import latin_digits
from mutabaa.intake.documents.plain_words import plain

_MONTHS = [
    "january janvier enero января январь январе يناير كانون_الثاني",
    "february fevrier febrero февраля февраль феврале فبراير شباط",
    "march mars marzo марта март марте مارس اذار",
    "april avril abril апреля апрель апреле ابريل نيسان",
    "may mai mayo мая май мае مايو ايار",
    "june juin junio июня июнь июне يونيه يونيو حزيران",
    "july juillet julio июля июль июле يوليه يوليو تموز",
    "august aout agosto августа август августе اغسطس اب",
    "september septembre septiembre setiembre сентября сентябрь сентябре سبتمبر ايلول",
    "october octobre octubre октября октябрь октябре اكتوبر تشرين_الاول",
    "november novembre noviembre ноября ноябрь ноябре نوفمبر تشرين_الثاني",
    "december decembre diciembre декабря декабрь декабре ديسمبر كانون_الاول",
]
MONTHS = {name.replace("_", " "): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAMES})(?:\s?/\s?(?:{_NAMES}))?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|º|°|-го)?\s+(?:of\s+|de\s+)?{_MONTH}\s*,?\s+(?:de\s+|del\s+)?(?P<year>\d{{4}})"
)
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})")
_CHINESE = re.compile(r"(?P<year>\d{4})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?:(?P<day>\d{1,2})\s?日)?")
_MONTH_ONLY = re.compile(rf"(?<!\w){_MONTH}\s+(?:de\s+|del\s+)?(?P<year>\d{{4}})")
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "eighteen": 18, "twenty-four": 24, "thirty-six": 36,
    "un": 1, "deux": 2, "trois": 3, "quatre": 4, "douze": 12, "dix-huit": 18, "vingt-quatre": 24,
    "dos": 2, "tres": 3, "cuatro": 4, "doce": 12, "dieciocho": 18, "veinticuatro": 24, "cinco": 5,
    "одного": 1, "один": 1, "двух": 2, "трех": 3, "двенадцати": 12, "восемнадцати": 18, "шести": 6, "четырех": 4, "двадцати четырех": 24,
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "十二": 12, "十八": 18, "二十四": 24, "六": 6,
}  # fmt: skip
_COUNT = r"(?P<n>\d{1,2}|" + "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True)) + r")"
_SPAN = re.compile(
    rf"(?:within|in|dans un delai de|dans les|d'ici a|d'ici|en el plazo de|en un plazo de|plazo de|dentro de|в течение|в (?:\w+ )?срок)\s+(?:a period of |the next |un plazo de |los )?{_COUNT}\s*(?:\(\w+\)\s*)?"
    r"(?P<unit>years?|months?|ans?|annees?|mois|anos?|meses|mes|лет|года?|месяц\w*)"
    rf"|(?:в )?(?P<ru_one>годичный срок|течение года|течение одного года)|(?P<en_one>within a year|dans un delai d'un an|plazo de un ano|dans l'annee)"
)
_SPAN_ZH = re.compile(r"(?P<n>[一二两三四五六]|十[二八]|二十四|\d{1,2})\s?(?P<unit>年|个月)(?:之)?[内内]")
_SPAN_AR = re.compile(
    r"(?:خلال|غضون|ظرف|مده|اجل|مهله)\s*(?:لا تتجاوز |اقصاه |اقصاها )?(?P<what>سنه(?: واحده)?|عام(?: واحد)?|سنتين|عامين|ثلاث سنوات|سته اشهر|18 شهرا|12 شهرا|24 شهرا)"
)
_AR_SPANS = {"سنتين": 24, "عامين": 24, "ثلاث سنوات": 36, "سته اشهر": 6, "18 شهرا": 18, "12 شهرا": 12, "24 شهرا": 24}


def dates_in(text: str) -> list[dt.date]:
    """Full dates, in order."""
    said = plain(latin_digits(text))
    found: list[tuple[int, dt.date]] = []
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _CHINESE):
        for match in pattern.finditer(said):
            month = match["month"]
            number = int(month) if month.isdigit() else MONTHS[month]
            if match["day"] and (made := _date(int(match["year"]), number, int(match["day"]))):
                found.append((match.start(), made))
    return [date for _place, date in sorted(set(found))]


def first_date(text: str) -> dt.date | None:
    found = dates_in(text)
    return found[0] if found else None


def month_in(text: str) -> dt.date | None:
    """ "due in March 2029": the last day of the month."""
    said = plain(latin_digits(text))
    match = _MONTH_ONLY.search(said)
    if match:
        year, month = int(match["year"]), MONTHS[match["month"]]
    elif found := _CHINESE.search(said):
        year, month = int(found["year"]), int(found["month"])
    else:
        return None
    return _date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 and 1900 < year < 2200 else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1940 <= year <= 2100 else None
    except ValueError:
        return None


def months_of_span(text: str) -> int:
    """ "within two years" → 24; 0 where no span is named."""
    said = plain(latin_digits(text))
    if match := _SPAN.search(said):
        if match["ru_one"] or match["en_one"]:
            return 12
        count = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"]]
        return count if match["unit"][:2] in ("mo", "me", "ме") else count * 12
    if match := _SPAN_ZH.search(said):
        count = int(match["n"]) if match["n"].isdigit() else _NUMBERS.get(match["n"], 5)
        return count if match["unit"] == "个月" else count * 12
    if match := _SPAN_AR.search(said):
        return _AR_SPANS.get(match["what"], 12)
    return 0


def later(date: dt.date, months: int) -> dt.date:
    year, month = divmod(date.month - 1 + months, 12)
    year, month = date.year + year, month + 1
    return dt.date(year, month, min(date.day, calendar.monthrange(year, month)[1]))
