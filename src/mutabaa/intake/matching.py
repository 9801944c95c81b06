"""Which record a row belongs to: found by the source's identifier, else by what it says."""

from dataclasses import dataclass
from typing import Any

from mutabaa.core.text import words
from mutabaa.intake.labels import Labels
from mutabaa.intake.models import SourceRecord
from mutabaa.intake.resolving import Plan, Resolved
from mutabaa.recommendations.models import Recommendation

ALIKE = 0.6
HELD = 0.9  # of the words of a record that a longer text must have to hold it
ENOUGH = 5  # words from which holding means something


@dataclass(slots=True)
class Known:
    """A record that carries an identifier: directly, or through a `SourceRecord`."""

    pk: int
    digest: str


@dataclass(slots=True)
class Candidate:
    pk: int
    document: int
    mechanism: int
    state: str
    paragraph: str
    kind: str
    session: str
    cycle: int | None
    source: str
    text: str


def clash_key(item: Resolved) -> str:
    """The identifier of a record whose own is taken by another one."""
    return f"{item.row.external_id}#{item.row.digest[:8]}"


def alike(one: str, other: str) -> bool:
    """Whether two texts share most of their words: a corrected text, not another one."""
    a, b = set(words(one)), set(words(other))
    return bool(a and b) and len(a & b) / len(a | b) >= ALIKE


def holds(longer: str, shorter: str) -> bool:
    """Whether a text says all of another one: a paragraph whose sub-paragraphs are records of their own."""
    whole, part = set(words(longer)), set(words(shorter))
    return len(part) >= ENOUGH and len(whole & part) / len(part) >= HELD


class Existing:
    """What the database held about the rows of one chunk before this import. At most five queries; none where it held nothing.

    What the import itself wrote is left out (rows of one file are matched through `Seen`), so that it makes no difference
    what is written already.
    """

    def __init__(self, items: list[Resolved], labels: Labels, plan: Plan, anything: bool) -> None:
        self.labels, self.source, self.anything = labels, plan.source, anything
        self.before = Recommendation.objects.exclude(batch_id=plan.batch_id)
        earlier = SourceRecord.objects.exclude(batch_id=plan.batch_id)
        self.by_key: dict[str, Known] = {}
        self.details: dict[int, tuple[str, int, str]] = {}
        self.by_text: dict[str, list[Candidate]] = {}
        self.by_paragraph: dict[tuple[int, str], list[Candidate]] = {}
        self.by_document: dict[int, list[Candidate]] = {}
        if not anything:
            return
        keys = [key for item in items for key in (item.row.external_id, clash_key(item))]
        for key, pk, digest in self.before.filter(external_id__in=keys).values_list(
            "external_id", "pk", "source_digest"
        ):
            self.by_key[key or ""] = Known(pk, digest)
        for key, pk, digest in earlier.filter(external_id__in=keys).values_list(
            "external_id", "recommendation_id", "digest"
        ):
            self.by_key.setdefault(key, Known(pk, digest))
        self._load_details(items)
        self._load_candidates(
            [i for i in items if i.row.external_id not in self.by_key and clash_key(i) not in self.by_key]
        )

    def _load_details(self, items: list[Resolved]) -> None:
        differing = {
            known.pk
            for i in items
            if (known := self.by_key.get(i.row.external_id)) is not None and known.digest != i.row.digest
        }
        rows = Recommendation.objects.filter(pk__in=differing).values_list("pk", "state_id", "document_id", "text")
        self.details = {pk: (state, document, text) for pk, state, document, text in rows}

    def _load_candidates(self, items: list[Resolved]) -> None:
        if not items:
            return
        fields = (
            "pk",
            "document_id",
            "mechanism_id",
            "state_id",
            "paragraph",
            "kind",
            "session",
            "cycle",
            "source",
            "text",
        )
        live = self.before.filter(withdrawn=False)
        states = {i.state for i in items}
        same_text = live.filter(text_key__in={i.row.text_key for i in items}, state_id__in=states)
        for values in same_text.values_list(*fields, "text_key"):
            self.by_text.setdefault(values[-1], []).append(Candidate(*values[:-1]))
        documents = {d for i in items if (d := self.labels.documents.get(i.document_key)) is not None and d > 0}
        if documents:
            paragraphs = {i.row.paragraph for i in items if i.row.paragraph}
            for values in live.filter(document_id__in=documents, paragraph__in=paragraphs).values_list(*fields):
                found = Candidate(*values)
                self.by_paragraph.setdefault((found.document, found.paragraph), []).append(found)
            others = live.filter(document_id__in=documents).exclude(source=self.source)
            for values in others.order_by("pk").values_list(*fields):
                found = Candidate(*values)
                self.by_document.setdefault(found.document, []).append(found)

    def is_same_record(self, pk: int, item: Resolved) -> bool:
        """Whether a record with the row's identifier is the row's record changed, or another one that shares the identifier."""
        if pk not in self.details:
            return True
        state, document, text = self.details[pk]
        if state != item.state:
            return False
        return document == self.labels.documents.get(item.document_key) or alike(text, item.row.text)

    def match(self, item: Resolved) -> tuple[int | None, bool]:
        """The record that says the same under another identifier, and whether several could be meant (then none is)."""
        if not self.anything:
            return None, False
        row = item.row
        document = self.labels.documents.get(item.document_key)
        candidates = [
            c for c in self.by_text.get(row.text_key, []) if c.kind == row.kind and c.mechanism == item.mechanism
        ]
        same_document = [
            c
            for c in candidates
            if c.document == document and (c.paragraph == row.paragraph or not c.paragraph or not row.paragraph)
        ]
        exact = [c for c in same_document if c.paragraph == row.paragraph]
        for found in (exact, same_document):
            if len(found) == 1:
                return found[0].pk, False
        for c in self.by_paragraph.get((document or 0, row.paragraph), []):
            if c.kind == row.kind and c.source != self.source and alike(c.text, row.text):
                return c.pk, False
        reading, several = self._of_another_reading(item, document)
        if reading is not None:
            return reading.pk, several
        elsewhere = [
            c for c in candidates if c.source != self.source and c.document != document and self._same_review(c, item)
        ]
        if len(elsewhere) == 1:
            return elsewhere[0].pk, False
        return None, len(elsewhere) > 1 or len(same_document) > 1

    def _of_another_reading(self, item: Resolved, document: int | None) -> tuple[Candidate | None, bool]:
        """A record that another source made of the same document: the same words where the number of the paragraph is not given,
        or the first of those whose texts the row holds together. `True`: it holds several."""
        row = item.row
        numberless = [
            c
            for c in self.by_document.get(document or 0, [])
            if not (c.paragraph and row.paragraph and c.paragraph != row.paragraph)
        ]
        best = [c for c in numberless if c.kind == row.kind and alike(c.text, row.text)]
        if len(best) == 1:
            return best[0], False
        held = [c for c in numberless if holds(row.text, c.text)]
        return (held[0], len(held) > 1) if held else (None, False)

    @staticmethod
    def _same_review(candidate: Candidate, item: Resolved) -> bool:
        row = item.row
        if not row.is_upr or candidate.state != item.state:
            return False
        if candidate.paragraph and row.paragraph and candidate.paragraph != row.paragraph:
            return False
        if candidate.session and row.session:
            return candidate.session == row.session
        return candidate.cycle is not None and candidate.cycle == row.cycle

    def paragraph_taken(self, item: Resolved) -> bool:
        """Another text stands under the row's paragraph already."""
        document: Any = self.labels.documents.get(item.document_key)
        return any(c.kind == item.row.kind for c in self.by_paragraph.get((document, item.row.paragraph), []))
