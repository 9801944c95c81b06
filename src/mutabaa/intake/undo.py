"""Taking an import back, as long as nothing builds on it."""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Value
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core import bulk
from mutabaa.core.errors import Invalid
from mutabaa.intake import merging
from mutabaa.intake.models import CreatedObject, ImportBatch, ImportRow, ListRow, SourceRecord
from mutabaa.intake.plan_tables import undo as plan_undo
from mutabaa.intake.resolving import TAG_NAMES
from mutabaa.intake.review import attaching
from mutabaa.intake.services import require_importer
from mutabaa.intake.states import BatchState, Format
from mutabaa.recommendations.models import PositionEntry, Recommendation
from mutabaa.recommendations.search import touched_rows
from mutabaa.recommendations.states import Status

IMPORTED_WITH = {SourceRecord, ListRow, PositionEntry}
KINDS: dict[str, str] = {
    "document": "mechanisms.Document",
    "mechanism": "mechanisms.Mechanism",
    "theme": "taxonomy.Theme",
    "group": "taxonomy.AffectedGroup",
}


def created_by(batch: ImportBatch) -> models.QuerySet[Recommendation]:
    return Recommendation.objects.filter(batch_id=batch.pk)


def builds_on(batch: ImportBatch) -> dict[str, int]:
    """What would be lost or left hanging: the name of each kind of work and its number; empty when an undo is safe.

    Every model that refers to a recommendation counts, those of rooms above included, so that a new one needs no entry
    here. Three queries, whatever their number.
    """
    found: dict[str, int] = {}
    if batch.format == Format.PLAN:
        return plan_undo.builds_on(batch)
    if attaching.attaches(batch):
        add(found, _("translations and positions that were changed since"), attaching.changed_since(batch))
        return found
    kinds = work_on(batch)
    first, *others = [
        rows.order_by().annotate(work_kind=Value(place)).values_list("work_kind").annotate(work_count=Count("pk"))
        for place, (_name, rows) in enumerate(kinds)
    ]
    counts: dict[int, int] = dict(first.union(*others, all=True))
    for place, (name, _rows) in enumerate(kinds):
        add(found, name, counts.get(place, 0))
    add(found, _("records that this import changed and that were changed again"), changed_again(batch))
    return found


def work_on(batch: ImportBatch) -> list[tuple[str, Any]]:
    """The rows that build on the records of an import, under the name of their kind."""
    mine = created_by(batch).values("pk")
    kinds: list[tuple[str, Any]] = []
    for relation in Recommendation._meta.related_objects:
        model: Any = relation.related_model
        if model in IMPORTED_WITH or not relation.field or hasattr(model, "history_id"):
            continue
        rows = model._default_manager.filter(**{f"{relation.field.name}__in": mine})
        if (persons := getattr(model, "PERSONS_WORK", None)) is not None:  # the rest was made by the machine
            rows = rows.filter(persons)
        kinds.append((str(model._meta.verbose_name_plural), rows))
    return [
        *kinds,
        (_("named readers"), Recommendation.readers.through.objects.filter(recommendation_id__in=mine)),
        (
            _("positions recorded by people"),
            PositionEntry.objects.filter(recommendation_id__in=mine).exclude(recorded_by=None),
        ),
        (
            _("rows of later imports"),
            SourceRecord.objects.filter(recommendation_id__in=mine).exclude(batch_id=batch.pk),
        ),
        (_("rows of later lists"), ListRow.objects.filter(recommendation_id__in=mine).exclude(batch=batch)),
        (
            _("records changed since"),
            created_by(batch).exclude(version=1)
            | created_by(batch).exclude(status=Status.NOT_ASSESSED)
            | created_by(batch).exclude(priority=""),
        ),
    ]


def changed_again(batch: ImportBatch) -> int:
    """Records that this import changed and that have another version since. Two queries."""
    versions = dict(
        Recommendation.objects.filter(pk__in=changed_rows(batch).values("recommendation_id")).values_list(
            "pk", "version"
        )
    )
    later: dict[int, int] = {}
    for row in changed_rows(batch).only("recommendation_id", "restore"):
        pk, restore = row.recommendation_id or 0, row.restore or {}
        later[pk] = max(later.get(pk, 0), restore["version"])
    return sum(versions.get(pk) != version for pk, version in later.items())


def add(found: dict[str, int], name: str, count: int) -> None:
    if count:
        found[name] = found.get(name, 0) + count


def changed_rows(batch: ImportBatch) -> models.QuerySet[ImportRow]:
    return batch.rows.exclude(restore=None).exclude(recommendation_id=None)


def in_words(found: dict[str, int]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in found.items())


@transaction.atomic
def undo(batch: ImportBatch, by: Any) -> ImportBatch:
    """Delete what the import created and put back what it changed. Refuses, and counts, when something builds on it."""
    require_importer(by)
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state != BatchState.APPLIED:
        raise Invalid(_("Only an import that was applied can be undone."))
    found = builds_on(batch)
    if found:
        raise Invalid(
            _("This import cannot be undone any more, because work builds on it. %(what)s.") % {"what": in_words(found)}
        )
    if batch.format == Format.PLAN:
        count = plan_undo.put_back(batch)
    elif attaching.attaches(batch):
        count = attaching.put_back(batch, by)
    else:
        put_back_changes(batch)
        count = delete_created(batch)
    delete_created_objects(batch)
    batch.state = BatchState.UNDONE
    batch.save(update_fields=["state", "updated_at"])
    audit(by, "import.undone", batch, file=batch.file_name, records=count)
    return batch


def put_back_changes(batch: ImportBatch) -> None:
    """Former versions of changed records, the last change first."""
    for row in changed_rows(batch).order_by("-pk"):
        record = Recommendation.objects.select_for_update(no_key=True).filter(pk=row.recommendation_id or 0).first()
        if record is not None:
            merging.put_back(record, row.restore or {})
    bulk.delete(SourceRecord.objects.filter(batch_id=batch.pk))


def delete_created(batch: ImportBatch) -> int:
    """The records and what came with them."""
    mine = created_by(batch).values("pk")
    bulk.delete(ListRow.objects.filter(batch=batch))
    bulk.delete(PositionEntry.objects.filter(recommendation_id__in=mine))
    for name in TAG_NAMES:
        through: Any = getattr(Recommendation, name).through
        bulk.delete(through.objects.filter(recommendation_id__in=mine))
    bulk.delete(SourceRecord.objects.filter(recommendation_id__in=mine))
    delete_what_the_machine_made(mine)
    touched_rows(created_by(batch))
    return bulk.delete(created_by(batch))


def delete_created_objects(batch: ImportBatch) -> None:
    """Documents, mechanisms and labels that the import made and that nothing uses any more."""
    for kind, label in KINDS.items():
        keys = CreatedObject.objects.filter(batch=batch, kind=kind).values_list("key", flat=True)
        delete_unused(apps.get_model(label), [int(key) for key in keys])


def delete_what_the_machine_made(mine: Any) -> None:
    """Rows of models that tell a person's work from the machine's; of persons' work there is none, or the undo is refused."""
    for relation in Recommendation._meta.related_objects:
        model: Any = relation.related_model
        if getattr(model, "PERSONS_WORK", None) is None:
            continue
        if relation.many_to_many:
            bulk.delete(relation.through.objects.filter(recommendation_id__in=mine))  # type: ignore[attr-defined]
        else:
            bulk.delete(model._default_manager.filter(**{f"{relation.field.name}__in": mine}))


def delete_unused(model: Any, pks: list[int]) -> None:
    """Those of `pks` that no row refers to."""
    for start in range(0, len(pks), 5000):
        unused = model._default_manager.filter(pk__in=pks[start : start + 5000])
        for relation in model._meta.related_objects:
            other: Any = relation.related_model
            if hasattr(other, "history_id"):
                continue
            if relation.many_to_many:
                through = relation.through
                used = through.objects.values(
                    next(f.attname for f in through._meta.concrete_fields if f.related_model is model)
                )
            else:
                used = other._default_manager.exclude(**{relation.field.name: None}).values(relation.field.attname)
            unused = unused.exclude(pk__in=used)
        bulk.delete(unused)
