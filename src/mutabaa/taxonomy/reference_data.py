"""Loads States, rights, themes, groups and SDGs with every label under which they arrive from outside."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from mutabaa.core.models import names
from mutabaa.core.reference import entries, in_all_languages, upsert
from mutabaa.core.text import fold
from mutabaa.taxonomy.models import AffectedGroup, Alias, Right, Sdg, State, Theme

NAME = in_all_languages("name")


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Idempotent; counts by kind. Labels that a person mapped by hand (`Alias`) stay as they are."""
    counts = {
        "states": load_states(),
        "rights": load_rights(),
        "themes": load_themes(),
        "groups": load_groups(),
        "sdgs": load_sdgs(),
    }
    counts["labels"] = load_aliases()
    return counts


def load_states() -> int:
    rows = [state_of(entry) for entry in entries("taxonomy", "states.json", "states")]
    return upsert(State, rows, ["code"], ["iso2", *in_all_languages("name", "formal"), "region", "group"])


def state_of(entry: dict[str, Any]) -> State:
    """A State from its entry in a reference file: `code`, `iso2`, `name`, `formal`, `region`, `group`."""
    return State(
        code=entry["code"],
        iso2=entry.get("iso2") or "",
        region=entry.get("region") or "",
        group=entry.get("group") or "",
        **names(entry["name"]),
        **names(entry.get("formal") or {}, "formal"),
    )


def load_rights() -> int:
    rows = [
        Right(code=e["code"], order=n, **names(e["name"]))
        for n, e in enumerate(entries("taxonomy", "rights.json", "rights"), 1)
    ]
    return upsert(Right, rows, ["code"], ["order", *NAME])


def load_themes() -> int:
    rights = dict(Right.objects.values_list("code", "pk"))
    rows = [
        Theme(code=e["code"], order=n, scheme="uhri", right_id=rights.get(e.get("right") or ""), **names(e["name"]))
        for n, e in enumerate(entries("taxonomy", "themes.json", "themes"), 1)
    ]
    return upsert(Theme, rows, ["code"], ["order", "scheme", "right", *NAME])


def load_groups() -> int:
    rows = [
        AffectedGroup(code=e["code"], order=n, women=bool(e.get("women")), **names(e["name"]))
        for n, e in enumerate(entries("taxonomy", "groups.json", "groups"), 1)
    ]
    return upsert(AffectedGroup, rows, ["code"], ["order", "women", *NAME])


def load_sdgs() -> int:
    goals = entries("taxonomy", "sdgs.json", "goals")
    targets = entries("taxonomy", "sdgs.json", "targets") if goals else []
    fields = ["order", "goal", "color", *NAME]
    colors = {str(e["code"]): e.get("color") or "" for e in goals}
    rows = [
        Sdg(code=str(e["code"]), color=colors[str(e["code"])], order=n * 1000, **names(e["name"]))
        for n, e in enumerate(goals, 1)
    ]
    upsert(Sdg, rows, ["code"], fields)
    found = {code: (pk, order) for code, pk, order in Sdg.objects.filter(goal=None).values_list("code", "pk", "order")}
    rows = [
        Sdg(
            code=str(e["code"]),
            goal_id=found[str(e["goal"])][0],
            color=colors[str(e["goal"])],
            order=found[str(e["goal"])][1] + n,
            **names(e["name"]),
        )
        for n, e in enumerate(targets, 1)
    ]
    return len(goals) + upsert(Sdg, rows, ["code"], fields)


def load_aliases() -> int:
    """The official label first, so that an alias of one tag never takes the name of another."""
    kinds = [
        (Alias.Kind.THEME, entries("taxonomy", "themes.json", "themes")),
        (Alias.Kind.GROUP, entries("taxonomy", "groups.json", "groups")),
        (Alias.Kind.STATE, entries("taxonomy", "states.json", "states")),
    ]
    rows: dict[tuple[str, str], Alias] = {}
    for kind, found in kinds:
        for labels in (official_labels, other_labels):
            for entry in found:
                for label in labels(entry):
                    add_alias(rows, kind, label, entry["code"])
    Alias.objects.bulk_create(rows.values(), batch_size=500, ignore_conflicts=True)
    return len(rows)


def official_labels(entry: dict[str, Any]) -> Iterable[str | None]:
    yield entry["name"].get("en")
    uhri = entry.get("uhri")
    yield from [uhri] if isinstance(uhri, str) else uhri or []


def other_labels(entry: dict[str, Any]) -> Iterable[str | None]:
    yield entry["code"]
    yield entry.get("iso2")
    yield from entry["name"].values()
    yield from (entry.get("formal") or {}).values()
    yield from entry.get("aliases") or []


def add_alias(rows: dict[tuple[str, str], Alias], kind: str, label: str | None, code: str) -> None:
    folded = fold(label or "")[:250]
    if folded:
        rows.setdefault((kind, folded), Alias(kind=kind, label=str(label)[:250], folded=folded, code=code))
