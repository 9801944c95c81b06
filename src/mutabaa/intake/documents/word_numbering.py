"""Word's automatic numbering as Word would print it: levels, restarts, overrides, styles that number, and the number formats of six languages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mutabaa.intake.documents.numbers import ABJAD, CYRILLIC, letter_of, roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_NUMBER = 10_000
_ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ZH_DIGITS = "〇一二三四五六七八九"
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number < 10:
        return _ZH_DIGITS[number]
    if number < 100:
        return ("" if tens == 1 else _ZH_DIGITS[tens]) + "十" + (_ZH_DIGITS[ones] if ones else "")
    return "".join(_ZH_DIGITS[int(d)] for d in str(number))


def _of(alphabet: str) -> Callable[[int], str]:
    return lambda n: alphabet[(n - 1) % len(alphabet)] * ((n - 1) // len(alphabet) + 1)


FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": letter_of,
    "upperLetter": lambda n: letter_of(n).upper(),
    "lowerRoman": lambda n: roman(n) if n < 400 else str(n),
    "upperRoman": lambda n: (roman(n) if n < 400 else str(n)).upper(),
    "decimalZero": lambda n: f"{n:02}",
    "arabicAbjad": _of(ABJAD),
    "arabicAlpha": _of(_ALPHABET),
    "russianLower": _of(CYRILLIC),
    "russianUpper": _of(CYRILLIC.upper()),
    "ideographTraditional": _of(_HEAVENLY),
    "bullet": lambda n: "",
    "none": lambda n: "",
} | dict.fromkeys(
    ["chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified", "japaneseDigitalTenThousand"],
    chinese,
)  # fmt: skip


@dataclass
class Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level whose advance restarts this one; 0 never
    legal: bool = False


@dataclass
class Numbering:
    """Fed with paragraphs in order; `label` gives the printed number of each."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # of an abstract numbering
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    own_levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any) -> "Numbering":
        """Of `numbering.xml`; an empty one where the document has none."""
        self = cls()
        if root is None:
            return self
        by_style: dict[str, str] = {}
        links: dict[str, str] = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            self.levels[name] = dict(map(level_of, abstract.iterfind(f"{W}lvl")))
            if (link := abstract.find(f"{W}numStyleLink")) is not None:
                links[name] = link.get(f"{W}val", "")
            if (link := abstract.find(f"{W}styleLink")) is not None:
                by_style[link.get(f"{W}val", "")] = name
        for num in root.iterfind(f"{W}num"):
            number = num.get(f"{W}numId", "")
            held = num.find(f"{W}abstractNumId")
            abstract_id = held.get(f"{W}val", "") if held is not None else ""
            self.abstract_of[number] = by_style.get(links.get(abstract_id, ""), abstract_id)
            for override in num.iterfind(f"{W}lvlOverride"):
                at = whole(override.get(f"{W}ilvl"))
                if (start := override.find(f"{W}startOverride")) is not None:
                    self.overrides.setdefault(number, {})[at] = whole(start.get(f"{W}val"))
                if (level := override.find(f"{W}lvl")) is not None:
                    self.own_levels.setdefault(number, {})[at] = level_of(level)[1]
        return self

    def level(self, number: str, at: int) -> Level | None:
        own = self.own_levels.get(number, {}).get(at)
        return own or self.levels.get(self.abstract_of.get(number, ""), {}).get(at)

    def label(self, number: str, at: int) -> str:
        """Advances the counter, and gives the number as printed: "12.", "(a)", "II.". "" for bullets and unknown numberings."""
        level = self.level(number, at)
        if level is None:
            return ""
        abstract = self.abstract_of[number]
        counters = self.counters.setdefault(abstract, {})
        if number not in self.seen:
            self.seen.add(number)
            for place, start in self.overrides.get(number, {}).items():
                counters[place] = start - 1
        counters[at] = min(counters.get(at, level.start - 1) + 1, MAX_NUMBER)
        for below in [i for i in counters if i > at]:
            lower = self.level(number, below)
            if lower is None or lower.restart is None or (lower.restart and at < lower.restart):
                del counters[below]
        for above in range(at):
            counters.setdefault(above, (self.level(number, above) or Level()).start)
        text = level.text
        for place in range(9):
            if f"%{place + 1}" in text:
                held = self.level(number, place) or Level()
                form = "decimal" if level.legal and place < at else held.format
                value = counters.get(place, held.start)
                text = text.replace(f"%{place + 1}", FORMATS.get(form, str)(value) if value > 0 else str(value))
        return "" if level.format == "bullet" else text


def level_of(element: Any) -> tuple[int, Level]:
    level = Level()
    for name in ("start", "numFmt", "lvlText", "lvlRestart", "isLgl"):
        child = element.find(f"{W}{name}")
        if child is None:
            continue
        value = child.get(f"{W}val")
        if name == "start":
            level.start = whole(value)
        elif name == "numFmt":
            level.format = value or "decimal"
        elif name == "lvlText":
            level.text = value or ""
        elif name == "lvlRestart":
            level.restart = whole(value)
        else:
            level.legal = value not in ("0", "false")
    return whole(element.get(f"{W}ilvl")), level


def whole(text: str | None) -> int:
    """A number of the file, 0 where it is none."""
    stripped = (text or "").strip()
    return min(int(stripped), MAX_NUMBER) if stripped.isdecimal() and len(stripped) < 9 else 0
