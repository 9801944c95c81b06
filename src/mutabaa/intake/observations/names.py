"""Indicators, areas and groups as files name them."""

from dataclasses import dataclass, field
from functools import cache

from mutabaa.core.reference import entries
from mutabaa.core.text import fold
from mutabaa.indicators.breakdowns import Groups
from mutabaa.indicators.exports import sdmx_id
from mutabaa.indicators.models import Indicator
from mutabaa.taxonomy.models import Alias, State

LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")


@cache
def m49() -> dict[str, str]:
    return {entry["m49"]: entry["code"] for entry in entries("intake", "m49.json", "areas")}


@dataclass
class Names:
    """Read once per file: six queries."""

    indicators: dict[str, Indicator]
    by_name: dict[str, str]
    areas: dict[str, str]
    groups: Groups
    dimensions: dict[str, str]
    words: dict[str, tuple[str, str]]
    wanted: dict[str, set[str]]
    indicators_seen: dict[str, str] = field(default_factory=dict)  # as they stand in the file: looked up once
    areas_seen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Names":
        found = list(Indicator.objects.filter(active=True).prefetch_related("dimensions"))
        by_name: dict[str, str] = {}
        for row in found:
            for name in (
                row.sdmx_series,
                sdmx_id(row.code),
                row.code,
                row.origin_code,
                *(getattr(row, f"name_{x}") for x in LANGUAGES),
            ):
                if name:
                    by_name.setdefault(fold(name), row.code)
        areas = {fold(a.label): a.code for a in Alias.objects.filter(kind="state")}
        for state in State.objects.all():
            areas |= {
                fold(name): state.code
                for name in (state.code, state.iso2, *(getattr(state, f"name_{x}") for x in LANGUAGES))
                if name
            }
        groups = Groups.load()
        dimensions = {
            fold(name): d.code
            for d in groups.dimensions.values()
            for name in (d.code, d.sdmx, *(getattr(d, f"name_{x}") for x in LANGUAGES))
            if name
        }
        return cls(
            {i.code: i for i in found}, by_name, areas, groups, dimensions, groups.words(),
            {i.code: {d.code for d in i.dimensions.all()} for i in found},
        )  # fmt: skip

    def indicator(self, text: str) -> str:
        """The code, or the text as it stands: the check afterwards refuses what is unknown."""
        if text not in self.indicators_seen:
            self.indicators_seen[text] = self.by_name.get(fold(text), text.strip()[:60])
        return self.indicators_seen[text]

    def area(self, text: str) -> str:
        if text not in self.areas_seen:
            plain = text.strip()
            self.areas_seen[text] = self.areas.get(fold(plain)) or m49().get(plain.lstrip("0") or "0") or plain[:3]
        return self.areas_seen[text]
