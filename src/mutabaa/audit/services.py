"""Appending to the log, and checking it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from mutabaa.audit.models import AuditEntry, ChainHead


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over the entry's content and the digest before it."""
    content = [
        entry.sequence,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor,
        entry.actor_id,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.details,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def record(actor: Any, verb: str, target: models.Model | None = None, **details: Any) -> AuditEntry:
    """Append one deed. Call it inside the transaction of the deed itself.

    `actor` is a user, None (the system) or a plain name; `details` must be JSON-able. Two queries and one row lock.
    """
    with transaction.atomic():
        ChainHead.objects.get_or_create(pk=1)
        head = ChainHead.objects.select_for_update(no_key=True).get(pk=1)
        entry = AuditEntry(
            sequence=head.sequence + 1,
            at=timezone.now(),
            actor=str(actor) if actor is not None else "",
            actor_id=getattr(actor, "pk", None),
            verb=verb,
            object_type=target._meta.label_lower if target is not None else "",
            object_id=str(target.pk) if target is not None else "",
            details=json.loads(json.dumps(details, default=str)),
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        head.sequence, head.digest = entry.sequence, entry.digest
        head.save(update_fields=["sequence", "digest"])
    return entry


def faults() -> Iterator[str]:
    """Every altered, missing or re-ordered entry, in plain words. Reads the whole log once, in order."""
    previous, expected = "0" * 64, 1
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield f"entry {expected} is missing"
            expected = entry.sequence
        if entry.previous != previous:
            yield f"entry {entry.sequence} does not follow the entry before it"
        if entry.digest != digest_of(entry):
            yield f"entry {entry.sequence} was altered"
        previous, expected = entry.digest, entry.sequence + 1
    head = ChainHead.objects.filter(pk=1).first()
    if head is None and expected > 1:
        yield "the end of the log is not recorded: the row that keeps it was taken away"
    if head and (head.sequence != expected - 1 or head.digest != previous):
        yield f"the log should end at entry {head.sequence}, and ends at {expected - 1}"
