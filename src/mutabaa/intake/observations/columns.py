"""What the columns of a statistical table hold, by their headings: long tables, wide tables, and titles above the header. Pure.

A role is "indicator", "area", "period", "value" … as in `ROLES`; "dimension:sex"; "at:2024" for a column that is a period;
"group:sex=female" for a column that is a group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mutabaa.core.text import fold
from mutabaa.indicators.statistics.periods import read_period

HEADINGS = {
    "indicator": "indicator|indicator code|code|series|المؤشر|مؤشر|indicador|indicateur|показатель|指标",
    "area": "area|ref_area|country|state|geoareacode|geoareaname|location code|spatialdimension|pays|pais|país|état|estado|البلد|الدولة|страна|государство|国家",
    "period": "period|time_period|year|time|timeperiod|año|ano|periodo|période|année|السنة|الفترة|год|период|年份|年度|时期",
    "value": "value|obs_value|valor|valeur|القيمة|значение|数值|值|percent|percentage|rate|%|numericvalue",
    "numerator": "numerator|numerador|numérateur|البسط|числитель|分子|cases|events",
    "denominator": "denominator|denominador|dénominateur|المقام|знаменатель|分母|population|total population",
    "low": "low|lower|lower bound|lower_bound|ci_low|lci|borne inférieure|límite inferior|нижняя граница|下限|الحد الأدنى",
    "high": "high|upper|upper bound|upper_bound|ci_high|uci|borne supérieure|límite superior|верхняя граница|上限|الحد الأعلى",
    "n": "n|sample|sample size|people asked|respondents|effectif|muestra|выборка|样本量|حجم العينة",
    "status": "status|obs_status|flag|statut|estado de la cifra|статус|状态|الحالة",
    "source": "source|source_detail|fuente|المصدر|источник|来源",
    "note": "note|notes|comment|comments|footnote|nota|remarque|ملاحظة|примечание|备注|注释",
    "unit": "unit|unit_measure|units|unidad|unité|الوحدة|единица|单位",
}  # fmt: skip
ROLES = (*HEADINGS, "breaks")
WHOLES = {
    fold(w)
    for w in (
        "", "_T", "all", "total", "both sexes", "both", "bothsex", "allarea", "_Z", "الجميع", "المجموع", "كلا الجنسين", "todos", "ambos sexos",
        "tous", "ensemble", "les deux sexes", "все", "всего", "оба пола", "合计", "全部", "总计", "男女合计",
    )
}  # fmt: skip
LOOK = 40  # rows among which the header is looked for
_KNOWN = {fold(word): role for role, words in HEADINGS.items() for word in words.split("|")}


@dataclass(frozen=True)
class Layout:
    """`header`: place of the header among the rows. `roles` by column; "" is not read."""

    header: int
    names: list[str]
    roles: list[str]

    @property
    def periods(self) -> list[int]:
        return [i for i, role in enumerate(self.roles) if role.startswith("at:")]

    @property
    def groups(self) -> list[int]:
        return [i for i, role in enumerate(self.roles) if role.startswith("group:")]

    def place(self, role: str) -> int | None:
        return self.roles.index(role) if role in self.roles else None

    @property
    def faults(self) -> list[str]:
        """What is missing for the table to be read; "indicator" is not among it: a person names it for the whole table."""
        wide = bool(self.periods or self.groups)
        found = []
        if not self.periods and self.place("period") is None:
            found.append("no_period_column")
        if not wide and self.place("value") is None and self.place("numerator") is None:
            found.append("no_value_column")
        return found


def role_of(name: str, dimensions: Mapping[str, str], words: Mapping[str, tuple[str, str]]) -> str:
    """`dimensions`: folded heading → code; `words`: folded name of a category → its dimension and code."""
    plain = name.strip()
    period = read_period(plain) if plain else None
    if period:
        return f"at:{period.code}"
    key = fold(plain)
    if key in dimensions:
        return f"dimension:{dimensions[key]}"
    if key in _KNOWN:
        return _KNOWN[key]
    if key in words and len(key) > 2:
        return "group:{}={}".format(*words[key])
    return ""


def layout_of(
    rows: Sequence[tuple[int, Sequence[str]]], dimensions: Mapping[str, str], words: Mapping[str, tuple[str, str]]
) -> Layout:  # fmt: skip
    """The likeliest header among the first rows: the one of whose cells most are understood."""
    best, best_score = Layout(0, [], []), -1
    for place, (_line, cells) in enumerate(rows[:LOOK]):
        roles = single([role_of(cell, dimensions, words) for cell in cells])
        score = sum(bool(role) for role in roles)
        if score == 1 and roles[0].startswith("at:"):
            score = 0  # a row of data that begins with its year
        if score > best_score:
            best, best_score = Layout(place, [cell.strip() for cell in cells], roles), score
    return best


def single(roles: Sequence[str]) -> list[str]:
    """The first column of each role; of two that say the same the second is not read."""
    seen: set[str] = set()
    out = []
    for role in roles:
        out.append("" if role in seen else role)
        seen.add(role)
    return out
