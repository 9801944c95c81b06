"""Loads the demonstration: a fictitious State, about 400 recommendations and a year of work on them.

The work is done by the rooms' own services, so that policies, histories, notices and the log are real; afterwards its
dates are moved into the past year. Everything is invented; the data stands in `data/*.json`.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone, translation

from mutabaa.accounts.models import Role, User
from mutabaa.audit.services import record as audit
from mutabaa.core.models import names
from mutabaa.core.text import fingerprint, fold
from mutabaa.demo.figures import show_figures
from mutabaa.demo.instruments import record_instruments
from mutabaa.demo.plans import make_plans
from mutabaa.demo.work import do_the_work
from mutabaa.institutions.models import FocalPoint, Installation, Institution
from mutabaa.mechanisms.models import Document, Mechanism
from mutabaa.recommendations.models import Cluster, PositionEntry, Recommendation, Translation
from mutabaa.recommendations.search import touched
from mutabaa.taxonomy.models import AffectedGroup, Alias, Sdg, State, Theme

DATA = Path(__file__).parent / "data"
PASSWORD = "open demonstration"  # noqa: S105 - printed on the screen, for invented people only
DOMAIN = "demo.example"


def read(name: str) -> dict[str, Any]:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def load() -> bool:
    """Create the whole demonstration in one transaction; False, and nothing done, where there is one already."""
    if Installation.objects.exists():
        return False
    with transaction.atomic(), translation.override("en"):
        installation = make_state()
        people = make_people()
        rows = make_recommendations(installation)
        make_clusters(rows)
        show_figures(people, installation.state_id, read)
        do_the_work(people, rows, read)
        secretariat = next(p for p in people.values() if p.role == Role.SECRETARIAT)
        record_instruments(secretariat, rows, read("instruments")["instruments"])
        make_plans(people, read)
        audit(None, "demo.loaded", installation, recommendations=len(rows))
    return True


def sign_ins() -> Iterator[tuple[str, str, str]]:
    """Role (and post), e-mail and password, one line for each kind of person."""
    seen = set()
    for person in read("people")["people"]:
        kind = (person["role"], person["kind"])
        if kind not in seen:
            seen.add(kind)
            label = person["role"] if not person["kind"] else f"{person['role']} ({person['kind']})"
            yield label, f"{person['key']}@{DOMAIN}", PASSWORD


def make_state() -> Installation:
    data = read("state")
    state = data["state"]
    State.objects.update_or_create(
        code=state["code"],
        defaults={
            **names(state["name"]),
            **names(state["formal"], "formal"),
            "region": state["region"],
            "group": state["group"],
        },
    )
    for other in data["others"]:
        State.objects.update_or_create(code=other["code"], defaults={**names(other["name"]), "group": other["group"]})
    host = None
    for entry in read("institutions")["institutions"]:
        branch = "civil_society" if entry["kind"] == "cso" else entry["branch"]
        place = Institution.objects.create(
            code=entry["code"],
            branch=branch,
            level=entry["level"],
            **names(entry["name"]),
            **names(entry["short"], "short"),
        )
        host = place if entry["host"] else host
    return Installation.objects.create(
        state_id=state["code"], languages=data["languages"], host=host, contact_email=f"secretariat@{DOMAIN}",
        reminder_days=[-7, 0, 7, 14], **names(data["title"], "title"),
    )  # fmt: skip


def make_people() -> dict[str, User]:
    hashed = make_password(PASSWORD)
    places = {i.code: i for i in Institution.objects.all()}
    people = {}
    for entry in read("people")["people"]:
        language = {"zh": "zh-hans"}.get(entry["language"], entry["language"])
        user = User.objects.create(
            email=f"{entry['key']}@{DOMAIN}", name=entry["name"]["display"], role=entry["role"], language=language,
            password=hashed, mail_wanted=False,
        )  # fmt: skip
        if entry["kind"] and entry["institution"]:
            FocalPoint.objects.create(
                user=user,
                institution=places[entry["institution"]],
                kind=entry["kind"],
                since=timezone.localdate() - dt.timedelta(days=400),
            )
        people[entry["key"]] = user
    return people


def labels(kind: str, model: Any) -> dict[str, Any]:
    """Folded outside label → tag."""
    tags = {t.code: t for t in model.objects.all()}
    found = {a.folded: tags[a.code] for a in Alias.objects.filter(kind=kind) if a.code in tags}
    return found | {fold(t.name_en): t for t in tags.values() if t.name_en}


def make_recommendations(installation: Installation) -> dict[tuple[str, str], Recommendation]:
    """(document key, paragraph) → record, with tags, translations and positions."""
    documents: dict[str, Any] = {}
    for entry in read("documents")["documents"]:
        documents[entry["key"]] = Document.objects.create(
            mechanism=Mechanism.objects.get(code=entry["mechanism"]), state=installation.state, symbol=entry["symbol"], kind=entry["kind"],
            published_on=entry["date"], session=entry.get("session") or "", cycle=entry.get("cycle"), language=entry["language"],
            **names(entry["title"], "title"),
        )  # fmt: skip
        documents[entry["key"]].refresh_from_db()
    themes, groups = labels("theme", Theme), labels("group", AffectedGroup)
    sdgs = {s.code: s for s in Sdg.objects.all()}
    rows: dict[tuple[str, str], Any] = {}
    data = read("recommendations")["recommendations"]
    for entry in data:
        document = documents[entry["document"]]
        text = entry["text"]
        rows[entry["document"], entry["paragraph"]] = Recommendation(
            state=installation.state, document=document, mechanism=document.mechanism, paragraph=entry["paragraph"], kind=entry["kind"],
            text=text, language=entry["language"], folded=fold(text), text_key=fingerprint(text), published_on=document.published_on,
            year=document.published_on.year, cycle=document.cycle, session=document.session, follow_up=entry.get("follow_up") or False,
            position=entry.get("position") or "", position_partial=entry.get("position_partial") or False, source="demo",
            visibility="secretariat" if document.mechanism.confidential else "public",
        )  # fmt: skip
    Recommendation.objects.bulk_create(rows.values())
    made = {r.public_id: r for r in Recommendation.objects.filter(source="demo")}
    rows = {key: made[r.public_id] for key, r in rows.items()}
    by_key = {(e["document"], e["paragraph"]): e for e in data}
    tags: dict[Any, list[Any]] = defaultdict(list)
    translations, positions = [], []
    for key, row in rows.items():
        entry = by_key[key]
        for model, column, found in (
            (Recommendation.themes.through, "theme_id", [themes[fold(t)].pk for t in entry["themes"]]),
            (Recommendation.groups.through, "affectedgroup_id", [groups[fold(g)].pk for g in entry["groups"]]),
            (Recommendation.sdgs.through, "sdg_id", [sdgs[c].pk for c in entry["sdgs"]]),
            (Recommendation.recommending_states.through, "state_id", entry.get("by") or []),
        ):
            tags[model] += [model(recommendation_id=row.pk, **{column: pk}) for pk in dict.fromkeys(found)]
        official = entry.get("official") or []
        for language, text in (entry.get("translations") or {}).items():
            translations.append(
                Translation(
                    recommendation=row, language=language, text=text, folded=fold(text), official=language in official
                )
            )
        if entry.get("position"):
            positions.append(
                PositionEntry(
                    recommendation=row,
                    position=entry["position"],
                    partial=entry.get("position_partial") or False,
                    text=entry.get("position_text") or "",
                    document=row.document,
                    stated_on=row.published_on + dt.timedelta(days=120),
                )  # fmt: skip
            )
    for model, links in tags.items():
        model.objects.bulk_create(links)
    Translation.objects.bulk_create(translations)
    PositionEntry.objects.bulk_create(positions)
    touched(row.pk for row in rows.values())
    return rows


def make_clusters(rows: dict[tuple[str, str], Recommendation]) -> None:
    themes = labels("theme", Theme)
    for entry in read("clusters")["clusters"]:
        cluster = Cluster.objects.create(
            code=entry["code"], theme=themes.get(fold(entry["theme"])), priority=entry["priority"] or "",
            priority_reason=entry["reason_code"] or "", priority_note=entry.get("reason") or "", visibility="public",
            **names(entry["title"], "title"), **names(entry["description"], "description"),
        )  # fmt: skip
        members = [rows[document, paragraph] for document, paragraph in entry["members"]]
        cluster.members.set(members)
        for row in members:
            if entry["priority"] and row.priority != "high":
                row.priority, row.priority_reason = entry["priority"], entry["reason_code"] or ""
                row.priority_note = entry.get("reason") or ""
    changed = [r for r in rows.values() if r.priority]
    Recommendation.objects.bulk_update(changed, ["priority", "priority_reason", "priority_note"])
