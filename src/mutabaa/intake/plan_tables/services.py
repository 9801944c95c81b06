"""What an import of a plan's table does: preview it, and write it through the services of plans, in one transaction."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, Refusal
from mutabaa.core.text import fold
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.messages import explain
from mutabaa.intake.models import CreatedObject, ImportBatch, ImportRow
from mutabaa.intake.plan_tables.grid import Grid, read_grid
from mutabaa.intake.plan_tables.resolving import Resolved, Resolver
from mutabaa.intake.plan_tables.rows import PlanRow, read_rows
from mutabaa.intake.reading import path_of
from mutabaa.intake.states import BatchState, Outcome
from mutabaa.intake.tables.mapping import Mapping
from mutabaa.plans import services as planning
from mutabaa.plans.models import Measure, Plan, PlanItem
from mutabaa.plans.models import Outcome as DesiredOutcome
from mutabaa.plans.states import PlanState
from mutabaa.recommendations.models import Recommendation

CHUNK = 500


@dataclass
class Target:
    """Where the rows go: a draft that is there, or `fields` of one to be made."""

    plan: Plan | None
    fields: dict[str, Any]
    starts_on: dt.date
    ends_on: dt.date
    currency: str
    language: str


def target_of(batch: ImportBatch) -> Target:
    """Raises `Invalid` where no plan was chosen, or where it can no longer be written to."""
    chosen = batch.options.get("plan") or {}
    if chosen.get("id"):
        plan = Plan.objects.filter(public_id=chosen["id"]).first()
        if plan is None or plan.state != PlanState.DRAFT:
            raise Invalid(_("The plan is no draft any more. Choose another, or let a new one be made."))
        return Target(plan, {}, plan.starts_on, plan.ends_on, plan.currency, plan.language)
    if not chosen.get("title"):
        raise Invalid(_("Say first which plan the table belongs to."))
    starts, ends = dt.date.fromisoformat(chosen["starts_on"]), dt.date.fromisoformat(chosen["ends_on"])
    fields = {
        f"title_{chosen['language']}": chosen["title"],
        "language": chosen["language"],
        "starts_on": starts,
        "ends_on": ends,
        "currency": chosen.get("currency", ""),
    }
    return Target(None, fields, starts, ends, chosen.get("currency", ""), chosen["language"])


def grid_of(batch: ImportBatch) -> Grid:
    """Raises `Invalid` with what is wrong with the file."""
    try:
        if not path_of(batch).is_file():
            raise BadFile("not_found")
        return read_grid(path_of(batch))
    except BadFile as fault:
        raise Invalid(explain(fault, batch.file_name)) from fault


def rows_of(batch: ImportBatch, target: Target) -> Iterator[PlanRow]:
    try:
        yield from read_rows(grid_of(batch), Mapping.from_plain(batch.options["mapping"]), target.ends_on)
    except BadFile as fault:
        raise Invalid(explain(fault, batch.file_name)) from fault


def resolved_rows(batch: ImportBatch, by: Any, target: Target) -> list[Resolved]:
    """Every row with what it means. Five queries, whatever the number of rows."""
    resolver = Resolver(
        by,
        assigned={name: int(pk) for name, pk in (batch.options.get("institutions") or {}).items()},
        currency=target.currency,
        first_year=target.starts_on.year,
    )
    seen: set[tuple[str, str]] = set()
    out = []
    for row in rows_of(batch, target):
        if row.key in seen:
            row.doubts.append(("plan_same_twice", ""))
        seen.add(row.key)
        out.append(resolver.resolve(row))
    return out


def here_already(plan: Plan | None) -> set[tuple[str, str]]:
    """Outcome and words of the measures that the plan has: importing the same table again makes nothing twice."""
    if plan is None:
        return set()
    rows = Measure.objects.filter(plan=plan, removed=False).values_list("outcome__title", "title")
    return {(fold(outcome), fold(title)) for outcome, title in rows}


def preview_plan(batch: ImportBatch) -> dict[str, Any]:
    """What applying would do. Writes the batch's rows, and nothing of a plan."""
    started = time.monotonic()
    target = target_of(batch)
    resolved = resolved_rows(batch, batch.created_by, target)
    known = here_already(target.plan)
    outcomes = {outcome_of(found, known): 0 for found in resolved}
    notes = []
    for found in resolved:
        outcome = outcome_of(found, known)
        outcomes[outcome] += 1
        notes.append(note_of(batch, found, outcome))
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(notes, batch_size=CHUNK)
    return counts_of(resolved, outcomes, started)


def outcome_of(found: Resolved, known: set[tuple[str, str]]) -> str:
    if found.row.refused:
        return Outcome.REFUSED
    if found.row.key in known:
        return Outcome.UNCHANGED
    return Outcome.DOUBTFUL if found.row.doubts else Outcome.NEW


def counts_of(resolved: list[Resolved], outcomes: dict[str, int], started: float) -> dict[str, Any]:
    unknown: dict[str, int] = {}
    for found in resolved:
        for name in found.unknown:
            unknown[name] = unknown.get(name, 0) + 1
    return {
        "rows": len(resolved),
        **{outcome: outcomes.get(outcome, 0) for outcome in Outcome.values},
        "outcomes": len({f.row.key[0] for f in resolved if not f.row.refused}),
        "unknown": sorted(unknown.items(), key=lambda pair: (-pair[1], pair[0]))[:200],
        "quirks": {},
        "seconds": round(time.monotonic() - started, 3),
    }


def note_of(batch: ImportBatch, found: Resolved, outcome: str) -> ImportRow:
    """The row as the preview shows it: what will be made, and what is wrong."""
    row = found.row
    shown = {
        "outcome": row.text("outcome"),
        "target": row.text("target"),
        "lead": str(found.lead or row.text("lead")),
        "partners": "; ".join(map(str, found.partners)),
        "start": row.start.isoformat() if row.start else "",
        "due": row.due.isoformat() if row.due else "",
        "budget": "; ".join(f"{line['year']}: {line['amount']:f} {line['currency']}" for line in found.budget),
        "references": "; ".join(map(str, row.references)),
    }
    return ImportRow(
        batch=batch,
        line=row.line,
        outcome=outcome,
        reasons=[list(reason) for reason in found.reasons],
        label=row.text("outcome")[:200],
        excerpt=row.text("title"),
        changes={name: ["", text] for name, text in shown.items() if text},
    )


def apply_plan(batch: ImportBatch, by: Any) -> dict[str, Any]:
    """Write the plan in one transaction. A row that the plan's own rules refuse is kept aside with their words; all others stand.

    Applying a batch that is applied already changes nothing and returns its counts.
    """
    started = time.monotonic()
    target = target_of(batch)
    resolved = resolved_rows(batch, by, target)
    with transaction.atomic():
        fresh = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if fresh.state == BatchState.APPLIED:
            return fresh.counts
        made: list[tuple[str, int]] = []
        plan = target.plan
        if plan is None:
            plan = planning.create_plan(by, **target.fields)
            made.append(("plan", plan.pk))
        items = set(PlanItem.objects.filter(plan=plan).values_list("pk", flat=True))
        known = here_already(plan)
        outcomes: dict[str, int] = {}
        writer = Writer(by, plan, made)
        notes = []
        for found in resolved:
            outcome = outcome_of(found, known)
            if outcome in {Outcome.NEW, Outcome.DOUBTFUL}:
                try:
                    with transaction.atomic():
                        writer.write(found)
                except Refusal as refusal:
                    found.row.refused.append(("plan_refused", str(refusal.message)))
                    outcome = Outcome.REFUSED
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            notes.append(note_of(fresh, found, outcome))
        new_items = PlanItem.objects.filter(plan=plan).exclude(pk__in=items).values_list("pk", flat=True)
        made += [("plan_item", pk) for pk in new_items]
        CreatedObject.objects.bulk_create(
            (CreatedObject(batch=fresh, kind=kind, key=str(pk)) for kind, pk in made), batch_size=CHUNK
        )
        fresh.rows.all().delete()
        ImportRow.objects.bulk_create(notes, batch_size=CHUNK)
        fresh.counts = counts_of(resolved, outcomes, started)
        fresh.options = {**fresh.options, "plan": {"id": plan.public_id}}
        fresh.state, fresh.progress, fresh.message = BatchState.APPLIED, 100, ""
        fresh.applied_at = timezone.now()
        fresh.save()
        audit(
            by,
            "import.applied",
            fresh,
            file=fresh.file_name,
            plan=plan.pk,
            rows=len(resolved),
            measures=writer.measures,
        )
    batch.refresh_from_db()
    return batch.counts


class Writer:
    """Outcomes as they come, each once, and the measures under them. `made` takes what was created."""

    def __init__(self, by: Any, plan: Plan, made: list[tuple[str, int]]) -> None:
        self.by, self.plan, self.made, self.measures = by, plan, made, 0
        self.outcomes = {fold(o.title): o for o in DesiredOutcome.objects.filter(plan=plan, removed=False)}

    def write(self, found: Resolved) -> None:
        row = found.row
        outcome = self.outcomes.get(row.key[0])
        created = None
        if outcome is None:
            created = outcome = planning.add_outcome(
                self.by,
                self.plan,
                title=row.text("outcome"),
                target=row.text("target"),
                situation=found.situation,
                theme=found.theme,
                cluster=found.cluster,
            )
        progress = row.text("progress")
        unread = row.text("execution") if not row.execution else ""
        measure = planning.add_measure(
            self.by,
            outcome,
            title=row.text("title"),
            type=row.type,
            lead=found.lead,
            due_on=row.due,
            starts_on=row.start,
            recommendations=list(Recommendation.objects.filter(pk__in=found.recommendations)),
            partners=found.partners,
            budget=found.budget,
            stakeholders=found.stakeholders,
            beneficiaries=row.text("beneficiaries"),
            verification=row.text("indicator"),
            gender_marker=row.marker,
            gender_analysis=row.text("gender_analysis"),
            description="\n".join(filter(None, [unread, "" if row.execution else progress])),
        )
        if row.execution:
            planning.report_progress(
                self.by,
                measure,
                execution=row.execution,
                percent=100 if row.execution == "completed" and row.percent is not None else row.percent,
                text=progress or row.text("execution"),
            )
        # Only now: what a refused row made is gone with its savepoint.
        if created is not None:
            self.outcomes[row.key[0]] = created
            self.made.append(("plan_outcome", created.pk))
        self.made.append(("plan_measure", measure.pk))
        self.measures += 1
