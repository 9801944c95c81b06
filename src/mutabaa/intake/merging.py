"""Changing a record that is there: a three-way comparison that leaves alone what people changed.

Base is what the source said last time (`SourceRecord.payload`), mine the record as it stands, theirs the new row:

- the source did not change a field: the record's value stays, whoever set it;
- the source changed it and nobody here did: it is changed;
- both changed it: what the person wrote stays, and the row is doubtful ("kept_ours").

Tags likewise: only what the source added or dropped since is added or dropped. Without a base (another State's record, of
which no payload is kept) the record itself is the base as long as it is in its first version, else tags are only added.
A row of a second source about a record only fills what is empty and adds recommending States. Status, lead, priority,
clusters, components, updates, translations and visibility are never touched.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from mutabaa.core.models import without_history
from mutabaa.core.text import fold, folded_fingerprint
from mutabaa.intake.models import SourceRecord
from mutabaa.intake.resolving import TAG_NAMES
from mutabaa.recommendations.models import PositionEntry, Recommendation

SCALARS = ("text", "language", "paragraph", "kind", "published_on", "session", "cycle", "position", "position_partial")
PLACE = {"paragraph", "published_on", "session", "cycle"}


@dataclass
class Change:
    """What would change: `fields` name → (before, after); `added` and `removed` tags; fields kept as a person wrote them."""

    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    added: dict[str, set[Any]] = field(default_factory=dict)
    removed: dict[str, set[Any]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields or self.added or self.removed)


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else value


def tags_of(record: Recommendation) -> dict[str, set[Any]]:
    """Ids by kind; no query when prefetched."""
    return {name: {tag.pk for tag in getattr(record, name).all()} for name in TAG_NAMES}


def compare(
    record: Recommendation, theirs: dict[str, Any], base: dict[str, Any] | None, others: list[dict[str, Any]]
) -> Change:
    """What the source's new row changes. `others`: payloads of further rows of the record, whose tags stay."""
    change = Change()
    first_version = record.version == 1
    for name in SCALARS:
        current, new = plain(getattr(record, name)), theirs[name]
        before = base.get(name) if base is not None else (current if first_version else None)
        if new == current or (base is not None and new == before):
            continue
        if base is None and name in PLACE and new in ("", None):
            continue  # another source that does not say where the record stands takes nothing away
        if before == current or current in ("", None):
            change.fields[name] = (current, new)
        else:
            change.kept.append(name)
    tags = tags_of(record)
    for name in TAG_NAMES:
        before_tags = set(base.get(name, [])) if base is not None else (tags[name] if first_version else set())
        new_tags = set(theirs[name])
        elsewhere = {tag for payload in others for tag in payload.get(name, [])}
        if added := new_tags - before_tags - tags[name]:
            change.added[name] = added
        if removed := (before_tags - new_tags - elsewhere) & tags[name]:
            change.removed[name] = removed
    return change


def fill(record: Recommendation, theirs: dict[str, Any]) -> Change:
    """What a second row about the record adds: empty fields, tags where there are none, recommending States."""
    change = Change()
    for name in ("paragraph", "published_on", "session", "cycle", "position"):
        current, new = plain(getattr(record, name)), theirs[name]
        if current in ("", None) and new not in ("", None):
            change.fields[name] = (current, new)
            if name == "position" and theirs["position_partial"]:
                change.fields["position_partial"] = (record.position_partial, True)
    tags = tags_of(record)
    for name in TAG_NAMES:
        if name != "recommending_states" and tags[name]:
            continue
        if added := set(theirs[name]) - tags[name]:
            change.added[name] = added
    return change


def keep_former_version(record: Recommendation) -> None:
    """A record imported in bulk has no history yet: write what it was first, under its own date."""
    if record.history.exists():
        return
    written: Any = record  # the history takes its date from an attribute that the model does not declare
    written._history_date = record.created_at
    record.save()
    del written._history_date


def apply(record: Recommendation, change: Change, document_id: int | None = None) -> dict[str, Any]:
    """Write the change as a new version, and return what an undo needs. About ten statements."""
    keep_former_version(record)
    restore: dict[str, Any] = {
        "fields": {name: before for name, (before, _after) in change.fields.items()},
        "added": {name: sorted(values) for name, values in change.added.items()},
        "removed": {name: sorted(values) for name, values in change.removed.items()},
    }
    for name, (_before, after) in change.fields.items():
        setattr(record, name, after)
    if document_id and document_id != record.document_id:
        restore["document"] = record.document_id
        record.document_id = document_id
    follow(record)
    with without_history(record):
        for name, values in change.added.items():
            getattr(record, name).add(*values)
        for name, values in change.removed.items():
            getattr(record, name).remove(*values)
    record.version += 1
    record.save()
    if record.own and ("position" in change.fields or "position_partial" in change.fields) and record.position:
        entry = PositionEntry.objects.create(
            recommendation=record,
            position=record.position,
            partial=record.position_partial,
            document_id=record.document_id,
            stated_on=record.published_on,
        )
        restore["position_entry"] = entry.pk
    restore["version"] = record.version
    return restore


def follow(record: Recommendation) -> None:
    """Bring derived columns in line with the fields they come from."""
    if isinstance(record.published_on, str):
        record.published_on = dt.date.fromisoformat(record.published_on)
    record.year = record.published_on.year if record.published_on else None
    record.folded = fold(record.text)
    record.text_key = folded_fingerprint(record.folded)


def put_back(record: Recommendation, restore: dict[str, Any]) -> None:
    """Undo of `apply`: the former values, as a further version."""
    for name, before in restore["fields"].items():
        setattr(record, name, before)
    if "document" in restore:
        record.document_id = restore["document"]
    follow(record)
    with without_history(record):
        for name, values in restore["added"].items():
            getattr(record, name).remove(*values)
        for name, values in restore["removed"].items():
            getattr(record, name).add(*values)
    if "position_entry" in restore:
        PositionEntry.objects.filter(pk=restore["position_entry"]).delete()
    if "source_digest" in restore:
        record.source_digest = restore["source_digest"]
    record.version += 1
    record.save()
    former = restore.get("source_record")
    if former:
        SourceRecord.objects.update_or_create(
            external_id=former["external_id"],
            defaults={
                "recommendation": record,
                "digest": former["digest"],
                "payload": former["payload"],
                "batch_id": former["batch_id"],
            },
        )
