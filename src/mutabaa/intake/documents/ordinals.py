"""The number of a session written in words: "ninety-second session", «девяносто второй сессии», "第九十二届会议"."""

import re

from mutabaa.intake.documents.numbers import latin_digits
from mutabaa.intake.documents.plain_words import plain

_EN = {w: n for n, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"], 1)}  # fmt: skip
_EN_TENS = {
    w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_EN |= {w[:-1] + "ieth": n for w, n in _EN_TENS.items()}
_FR = {w: n for n, w in enumerate(["premiere", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme", "neuvieme", "dixieme", "onzieme", "douzieme", "treizieme", "quatorzieme", "quinzieme", "seizieme"], 1)} | {"unieme": 1, "seconde": 2}  # fmt: skip
_FR_TENS = {"dix": 10, "vingt": 20, "vingtieme": 20, "trente": 30, "trentieme": 30, "quarante": 40, "quarantieme": 40, "cinquante": 50, "cinquantieme": 50, "soixante": 60, "soixantieme": 60, "quatre-vingt": 80, "cent": 100, "centieme": 100, "quatre-vingtieme": 80}  # fmt: skip
_ES = {w: n for n, w in enumerate(["primer", "segundo", "tercer", "cuarto", "quinto", "sexto", "septimo", "octavo", "noveno", "decimo", "undecimo", "duodecimo"], 1)} | {"primero": 1, "tercero": 3}  # fmt: skip
_ES_TENS = {"decimo": 10, "vigesimo": 20, "trigesimo": 30, "cuadragesimo": 40, "quincuagesimo": 50, "sexagesimo": 60, "septuagesimo": 70, "octogesimo": 80, "nonagesimo": 90, "centesimo": 100}  # fmt: skip
_RU = {"перв": 1, "втор": 2, "треть": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10, "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15, "шестнадцат": 16, "семнадцат": 17, "восемнадцат": 18, "девятнадцат": 19, "двадцат": 20, "тридцат": 30, "сороков": 40, "сорок": 40, "пятидесят": 50, "пятьдесят": 50, "шестидесят": 60, "шестьдесят": 60, "семидесят": 70, "семьдесят": 70, "восьмидесят": 80, "восемьдесят": 80, "девяност": 90, "сто": 100, "сот": 100}  # fmt: skip
_AR = {"اولي": 1, "حاديه": 1, "ثانيه": 2, "ثالثه": 3, "رابعه": 4, "خامسه": 5, "سادسه": 6, "سابعه": 7, "ثامنه": 8, "تاسعه": 9, "عاشره": 10, "عشره": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30, "اربعين": 40, "اربعون": 40, "خمسين": 50, "خمسون": 50, "ستين": 60, "ستون": 60, "سبعين": 70, "سبعون": 70, "ثمانين": 80, "ثمانون": 80, "تسعين": 90, "تسعون": 90, "مايه": 100, "مائه": 100}  # fmt: skip
_ZH = {c: n for n, c in enumerate("一二三四五六七八九", 1)}

_DIGITS = re.compile(
    r"(?<!\d)(\d{1,3})\s?(?:st|nd|rd|th|º|°|\.º|er|e|eme|-?[йяею]{1,2}|-?го)?\s+(?:session|periodo (?:ordinario )?de sesiones|сесси|reunion)|第\s?(\d{1,3})\s?届会议|(?:الدوره|دورتها|دورته) (\d{1,3})|(?:session|sesion)\s+(\d{1,3})"
)
_WORDS = re.compile(
    r"((?:[a-z]{2,15}[- ]){0,3}[a-z]{2,15})\s+session|((?:[a-z]{2,20} ){1,3})periodo (?:ordinario )?de sesiones|((?:[а-я]{2,20} ){1,3})сесси|第([一二三四五六七八九十百零]{1,6})(?:届会议|次会议)|(?:الدوره|دورتها|دورته|الدورات)\s+((?:و?ال\w{2,14}\s|بعد\s){0,5}(?:و?ال\w{2,14}|بعد))"
)


def session_in(text: str) -> str:
    """The first session named, in digits; "" where none is."""
    said = plain(latin_digits(text)).replace(" et unieme", "-et-unieme")
    if match := _DIGITS.search(said):
        return next(g for g in match.groups() if g)
    for match in _WORDS.finditer(said):
        english_or_french, spanish, russian, chinese, arabic = match.groups()
        number = 0
        if english_or_french:
            number = english(english_or_french) or french(english_or_french)
        elif spanish:
            number = _sum(spanish.split(), _ES_TENS | _ES, _ES_TENS)
        elif russian:
            number = sum(_stem(word, _RU) for word in russian.split()[-3:])
        elif chinese:
            number = chinese_value(chinese)
        elif arabic:
            number = sum(_AR.get(w.removeprefix("و").removeprefix("ال"), 0) for w in arabic.split())
        if 0 < number < 200:
            return str(number)
    return ""


def english(text: str) -> int:
    parts = text.replace("-", " ").split()
    last = _EN.get(parts[-1], 0) if parts else 0
    if not last:
        return 0
    before = _EN_TENS.get(parts[-2], 0) if len(parts) > 1 and last < 10 else 0
    return last + before + (100 if "hundred" in parts[:-1] else 0)


def french(text: str) -> int:
    words = text.strip().split()
    word = words[-1] if words else ""
    total = 0
    if "cent" in words[:-1]:
        total, word = 100, word
    for tens in sorted(_FR_TENS, key=len, reverse=True):
        if word == tens:
            return total + _FR_TENS[tens]
        if word.startswith(tens + "-"):
            rest = word[len(tens) + 1 :].removeprefix("et-")
            value = _FR.get(rest, 0) or (10 + _FR.get(rest[4:], 0) if rest.startswith("dix-") else 0)
            return total + _FR_TENS[tens] + value if value else 0
    return total + _FR[word] if word in _FR else 0


def _sum(words: list[str], known: dict[str, int], tens: dict[str, int]) -> int:
    values = [known.get(word, 0) for word in words]
    while values and not values[0]:
        values.pop(0)
    return sum(values) if values and all(values) else 0


def _stem(word: str, stems: dict[str, int]) -> int:
    return next((stems[s] for s in sorted(stems, key=len, reverse=True) if word.startswith(s)), 0)


def chinese_value(text: str) -> int:
    """一 to 一百九十九."""
    total, current = 0, 0
    for c in text:
        if c == "百":
            total, current = total + (current or 1) * 100, 0
        elif c == "十":
            total, current = total + (current or 1) * 10, 0
        elif c in _ZH:
            current = _ZH[c]
    return total + current
