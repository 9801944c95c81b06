"""Loads treaties, bodies and mandates, and the scales by which they assess."""

import datetime as dt

from django.db import transaction

from mutabaa.core.models import names
from mutabaa.core.reference import entries, in_all_languages, upsert
from mutabaa.mechanisms.models import Grade, GradingScale, Mechanism, Treaty


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Idempotent; counts by kind."""
    return {"treaties": load_treaties(), "mechanisms": load_mechanisms(), "grades": load_scales()}


def load_treaties() -> int:
    found = entries("mechanisms", "treaties.json", "treaties")
    rows = [
        Treaty(
            code=e["code"],
            adopted=year(e.get("adopted")),
            in_force=year(e.get("in_force")),
            **names(e["name"]),
            **names(e.get("short") or {}, "short"),
        )
        for e in found
    ]
    count = upsert(Treaty, rows, ["code"], ["adopted", "in_force", *in_all_languages("name", "short")])
    saved = {t.code: t for t in Treaty.objects.all()}
    for entry in found:
        parent = saved.get(entry.get("parent") or "")
        saved[entry["code"]].parent = parent
    Treaty.objects.bulk_update([saved[e["code"]] for e in found], ["parent"])
    return count


def load_mechanisms() -> int:
    treaties = dict(Treaty.objects.values_list("code", "pk"))
    rows = [
        Mechanism(
            code=e["code"],
            family=e["family"],
            treaty_id=treaties.get(e.get("treaty") or ""),
            valid_from=day(e.get("valid_from"), first=True),
            valid_to=day(e.get("valid_to"), first=False),
            order=e.get("order") or n,
            confidential=bool(e.get("confidential")),
            aliases=list(dict.fromkeys([*(e.get("uhri") or []), *(e.get("aliases") or [])])),
            **names(e["name"]),
            **names(e.get("short") or {}, "short"),
        )
        for n, e in enumerate(entries("mechanisms", "mechanisms.json", "mechanisms"), 1)
    ]
    fields = [
        "family",
        "treaty",
        "valid_from",
        "valid_to",
        "order",
        "confidential",
        "aliases",
        *in_all_languages("name", "short"),
    ]
    return upsert(Mechanism, rows, ["code"], fields)


def load_scales() -> int:
    found = entries("mechanisms", "scales.json", "scales")
    rows = [
        GradingScale(
            code=e["code"],
            assessor=e["assessor"],
            valid_from=day(e.get("valid_from"), first=True),
            valid_to=day(e.get("valid_to"), first=False),
            source=e.get("source") or "",
            mark=e.get("mark") or "",
            **names(e["name"]),
        )
        for e in found
    ]
    upsert(
        GradingScale,
        rows,
        ["code"],
        ["assessor", "valid_from", "valid_to", "source", "mark", *in_all_languages("name")],
    )
    scales = dict(GradingScale.objects.values_list("code", "pk"))
    grades = [
        Grade(
            scale_id=scales[e["code"]],
            code=g["code"],
            score=g.get("score"),
            order=n,
            **names(g["name"]),
            **names(g.get("meaning") or {}, "meaning"),
        )
        for e in found
        for n, g in enumerate(e["grades"], 1)
    ]
    return upsert(Grade, grades, ["scale", "code"], ["score", "order", *in_all_languages("name", "meaning")])


def day(text: str | int | None, *, first: bool) -> dt.date | None:
    """ "2016", "2016-05" or "2016-05-09"; of a bare year or month the `first` or else the last day."""
    if not text:
        return None
    parts = [int(part) for part in str(text).split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    if first:
        return dt.date(parts[0], parts[1] if len(parts) == 2 else 1, 1)
    if len(parts) == 2 and parts[1] < 12:
        return dt.date(parts[0], parts[1] + 1, 1) - dt.timedelta(days=1)
    return dt.date(parts[0], 12, 31)


def year(value: str | int | None) -> int | None:
    return int(str(value)[:4]) if value else None
