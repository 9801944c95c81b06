"""Groups by name: from the key of a figure to words, and from codes to the key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import pgettext

from mutabaa.core.models import CONTENT_LANGUAGES
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
    named: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)  # made when a file is read
    found: dict[tuple[str, str], str | None] = field(default_factory=dict, repr=False)

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
        for part, category in self.categories.items():
            for name in names_of_category(category):
                found.setdefault(fold(name), set()).add(part)
        return {name: next(iter(parts)) for name, parts in found.items() if len(parts) == 1}

    def find(self, dimension: str, word: str) -> str | None:
        """The code of a category of a dimension by code, SDMX code or name; None where there is none."""
        if not self.named:
            for (of, code), category in self.categories.items():
                for name in names_of_category(category):
                    self.named.setdefault((of, fold(name)), code)
        key = dimension, word
        if key not in self.found:
            self.found[key] = self.named.get((dimension, fold(word)))
        return self.found[key]


def names_of_category(category: Category) -> list[str]:
    """Under what files may know it."""
    own = [getattr(category, f"name_{language}") for language in CONTENT_LANGUAGES]
    return [name for name in (category.code, category.sdmx, *own) if name]
