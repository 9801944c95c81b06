"""A source row with its labels resolved: ids of tags, State, mechanism and document, and what was doubtful about them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from mutabaa.intake.labels import Labels, document_key, process_key
from mutabaa.intake.rows import Reason, SourceRow

TAG_NAMES = ("themes", "groups", "sdgs", "recommending_states")


@dataclass(frozen=True)
class Plan:
    """`scope` is an ISO code or None for every State; `write` False makes it a preview; `batch_id` 0 keeps no rows."""

    batch_id: int
    source: str
    scope: str | None
    own_state: str
    visibility: str
    write: bool


@dataclass(slots=True)
class Resolved:
    """`key` is the identifier under which the row is kept: the source's, or one of ours where two records share it."""

    row: SourceRow
    key: str
    state: str
    mechanism: int
    document_key: int
    tags: dict[str, set[Any]]
    reasons: list[Reason]
    new_label: bool = False
    identity_key: int = 0
    own_key: int = 0
    paragraph_key: int = 0

    def __post_init__(self) -> None:
        """`own_key` is equal for rows that say the same: one text under one paragraph of a document, with one position."""
        row, document = self.row, self.document_key
        self.identity_key = process_key("id", row.external_id)
        self.own_key = process_key("own", document, row.kind, row.paragraph, row.position, row.partial, row.text_key)
        self.paragraph_key = process_key("paragraph", document, row.paragraph)


def resolve(row: SourceRow, labels: Labels, scope: str | None, own_state: str) -> Resolved:
    """Two dictionary look-ups per label; creates unknown labels where `labels` may."""
    state = row.states[0] if row.states else ""
    for wanted in (scope, own_state):
        if wanted and wanted in row.states:
            state = wanted
            break
    reasons = list(row.reasons)
    new_label = False
    mechanism = labels.mechanism_of(row.body)
    if labels.any_new and labels.is_new("mechanism", mechanism):
        reasons.append(("unknown_body", row.body))
    tags: dict[str, set[Any]] = {"themes": set(), "groups": set(), "sdgs": set(), "recommending_states": set()}
    for name, kind, values in (("themes", "theme", row.themes), ("groups", "group", row.groups)):
        for label in values:
            tags[name].add(labels.tag_of(kind, label))
        if labels.any_new:
            for label in values:
                if labels.is_new(kind, labels.tag_of(kind, label)):
                    reasons.append((f"unknown_{kind}", label))
                    new_label = True
    for code in row.sdgs:
        pk = labels.sdgs.get(code)
        if pk is None:
            reasons.append(("unknown_sdg", code))
        else:
            tags["sdgs"].add(pk)
    for label in row.recommending:
        code_of = labels.state_of(label)
        if code_of is None:
            reasons.append(("unknown_recommending", label))
        else:
            labels.need_state(code_of)
            tags["recommending_states"].add(code_of)
    labels.need_state(state)
    return Resolved(
        row,
        row.external_id,
        state,
        mechanism,
        document_key(mechanism, state, row.symbol, row.title),
        tags,
        reasons,
        new_label,
    )


def payload_of(item: Resolved, labels: Labels) -> dict[str, Any]:
    """What the source said, as kept in `SourceRecord.payload`: plain values, tags by id or code."""
    row = item.row
    return {
        "text": row.text,
        "language": row.language,
        "paragraph": row.paragraph,
        "kind": row.kind,
        "published_on": iso(row.published_on),
        "session": row.session,
        "cycle": row.cycle,
        "position": row.position,
        "position_partial": row.partial,
        "symbol": row.symbol,
        **{name: sorted(values) for name, values in item.tags.items()},
    }


def iso(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None
