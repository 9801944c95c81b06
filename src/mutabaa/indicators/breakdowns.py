"""Groups by name: from the key of a figure to words, and from codes to the key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import pgettext

from mutabaa.core.text import fold
from mutabaa.indicators.models import Category, Dimension

WHOLE = ""


def key_of(parts: Mapping[str, str]) -> str:
    """`{"sex": "female", "age": "0-4"}` → `age=0-4&sex=female`."""
    return "&".join(f"{dimension}={parts[dimension]}" for dimension in sorted(parts))


def parts_of(key: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in key.split("&")) if key else {}


@dataclass
class Groups:
    """Every dimension with its categories: two queries, and none after."""

    dimensions: dict[str, Dimension] = field(default_factory=dict)
    categories: dict[tuple[str, str], Category] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Groups":
        dimensions = {d.code: d for d in Dimension.objects.all()}
        by_pk = {d.pk: d.code for d in dimensions.values()}
        found = Category.objects.filter(dimension__in=dimensions.values()).order_by("order", "code")
        return cls(dimensions, {(by_pk[c.dimension_id], c.code): c for c in found})

    def label(self, key: str) -> str:
        """ "Female, 0–4 years", or "All" for the whole."""
        if key == WHOLE:
            return pgettext("figure", "All")
        return ", ".join(str(self.categories.get(part, part[1])) for part in parts_of(key).items())

    def rank(self, key: str) -> tuple[object, ...]:
        """The whole first, then by dimension and category as the lists have them."""
        parts = parts_of(key)
        places = [
            (self.dimensions[d].order if d in self.dimensions else 999, self.categories[d, c].order if (d, c) in self.categories else 999)
            for d, c in parts.items()
        ]  # fmt: skip
        return len(parts), sorted(places), key

    def within(self, dimension: str) -> list[Category]:
        return [c for (d, _code), c in self.categories.items() if d == dimension]

    def is_known(self, key: str) -> bool:
        return all(part in self.categories for part in parts_of(key).items())

    def words(self) -> dict[str, tuple[str, str]]:
        """Every folded label, code and SDMX code that names one category alone → its dimension and code: how files name groups."""
        found: dict[str, set[tuple[str, str]]] = {}
        for (dimension, code), category in self.categories.items():
            names = [
                code,
                category.sdmx,
                *(getattr(category, f"name_{x}") for x in ("en", "ar", "es", "fr", "ru", "zh")),
            ]
            for name in names:
                if name:
                    found.setdefault(fold(name), set()).add((dimension, code))
        return {name: next(iter(parts)) for name, parts in found.items() if len(parts) == 1}

    def find(self, dimension: str, word: str) -> str | None:
        """The code of a category of a dimension by code, SDMX code or name; None where there is none."""
        wanted = fold(word)
        for category in self.within(dimension):
            names: Iterable[str] = (
                category.code,
                category.sdmx,
                *(getattr(category, f"name_{x}") for x in ("en", "ar", "es", "fr", "ru", "zh")),
            )
            if any(name and fold(name) == wanted for name in names):
                return category.code
        return None
