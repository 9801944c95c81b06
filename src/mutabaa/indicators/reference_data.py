"""Loads attributes of rights, dimensions with their categories, and the starting catalogue of indicators."""

from typing import Any

from django.db import transaction

from mutabaa.core.models import names
from mutabaa.core.reference import entries, in_all_languages, upsert
from mutabaa.indicators.models import Attribute, Category, Dimension, Indicator
from mutabaa.taxonomy.models import Right, Sdg, Theme

NAME = in_all_languages("name")


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Idempotent; counts by kind. An indicator that is there already is the State's own and stays as it is."""
    return {"attributes": load_attributes(), "dimensions": load_dimensions(), "indicators": load_indicators()}


def load_attributes() -> int:
    rights = dict(Right.objects.values_list("code", "pk"))
    rows = [
        Attribute(code=e["code"], order=n, right_id=rights[e["right"]], **names(e["name"]))
        for n, e in enumerate(entries("indicators", "attributes.json", "attributes"), 1)
        if e["right"] in rights
    ]
    return upsert(Attribute, rows, ["code"], ["order", "right", *NAME])


def load_dimensions() -> int:
    found = entries("indicators", "dimensions.json", "dimensions")
    rows = [
        Dimension(code=e["code"], order=n, self_identified=e["self_identified"], sdmx=e["sdmx"], **names(e["name"]))
        for n, e in enumerate(found, 1)
    ]
    upsert(Dimension, rows, ["code"], ["order", "self_identified", "sdmx", *NAME])
    keys = dict(Dimension.objects.values_list("code", "pk"))
    categories = [
        Category(dimension_id=keys[e["code"]], code=c["code"], order=n, sdmx=c["sdmx"], **names(c["name"]))
        for e in found
        for n, c in enumerate(e["categories"], 1)
    ]
    upsert(Category, categories, ["dimension", "code"], ["order", "sdmx", *NAME])
    return len(found)


def load_indicators() -> int:
    found = entries("indicators", "indicators.json", "indicators")
    present = set(Indicator.objects.values_list("code", flat=True))
    tags: dict[str, dict[str, Any]] = {
        "themes": {t.code: t for t in Theme.objects.all()},
        "sdgs": {s.code: s for s in Sdg.objects.all()},
        "dimensions": {d.code: d for d in Dimension.objects.all()},
    }
    rights = {r.code: r for r in Right.objects.all()}
    for entry in found:
        if entry["code"] not in present:
            make_indicator(entry, rights, tags)
    return len(found)


def make_indicator(entry: dict[str, Any], rights: dict[str, Right], tags: dict[str, dict[str, Any]]) -> Indicator:
    plain = (
        "kind",
        "measure",
        "factor",
        "decimals",
        "direction",
        "source_kind",
        "counts_people",
        "origin",
        "origin_code",
    )
    row = Indicator.objects.create(
        code=entry["code"],
        right=rights.get(entry["right"] or ""),
        **{name: entry[name] for name in plain},
        **names(entry["name"]),
        **names(entry["unit"], "unit"),
    )
    for name, known in tags.items():
        getattr(row, name).set([known[code] for code in entry[name] if code in known])
    return row
