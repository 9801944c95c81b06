"""What the pages of suggestions show: records with their open suggestions, names of tags, texts with the words marked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from mutabaa.classification.models import Suggestion
from mutabaa.classification.states import FIELDS, Decision, Source, TagKind
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import AffectedGroup, Sdg, Theme

STATES = [Decision.PROPOSED, Decision.REJECTED, Decision.ACCEPTED]


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


@dataclass
class Line:
    """A suggestion with the name of its tag in the reader's language."""

    row: Suggestion
    name: str

    @property
    def by_mapping(self) -> bool:
        return self.row.source == Source.MAPPING


@dataclass
class Shown:
    """A record with its suggestions; `pieces`: its text, the words that suggestions rest on marked."""

    record: Recommendation
    lines: list[Line] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `untagged`: records that carry no tag of the kind, or no theme where no kind is chosen."""

    kind: str = ""
    state: str = Decision.PROPOSED
    untagged: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        kind, state = query.get("kind", ""), query.get("state", "")
        return cls(
            kind if kind in TagKind.values else "",
            state if state in Decision.values else Decision.PROPOSED,
            query.get("untagged") == "1",
        )

    def suggestions(self, person: Any) -> QuerySet[Suggestion]:
        rows = Suggestion.objects.visible_to(person).filter(state=self.state)
        return rows.filter(kind=self.kind) if self.kind else rows

    def records(self, person: Any) -> QuerySet[Recommendation]:
        """Records with such a suggestion, the latest first."""
        of_record = Suggestion.objects.filter(recommendation=OuterRef("pk"), state=self.state)
        if self.kind:
            of_record = of_record.filter(kind=self.kind)
        rows = Recommendation.objects.visible_to(person).own().filter(Exists(of_record))
        if self.untagged:
            rows = rows.filter(**{f"{FIELDS[self.kind or TagKind.THEME.value]}__isnull": True})
        return rows.select_related("document", "mechanism")


def shown(records: Sequence[Recommendation], suggestions: Iterable[Suggestion]) -> list[Shown]:
    """Records in their order, with the suggestions given for them. Four queries at most, for the names."""
    rows: dict[int, list[Suggestion]] = defaultdict(list)
    every = list(suggestions)
    for row in every:
        rows[row.recommendation_id].append(row)
    named = every and all(hasattr(row, "tag_name") for row in every)
    names = {(row.kind, row.code): name_of(row) for row in every} if named else names_of_tags(every)
    order = {kind: n for n, kind in enumerate(TagKind.values)}
    out = []
    for record in records:
        mine = sorted(rows[record.pk], key=lambda row: (order[row.kind], -row.score))
        lines = [Line(row, names.get((row.kind, row.code), row.code)) for row in mine]
        words = [word for line in lines if not line.by_mapping for word in line.row.words]
        out.append(Shown(record, lines, marked(record.text, words)))
    return out


def name_of(row: Any) -> str:
    """Of a row of `with_names`, as `names_of_tags` writes it."""
    return f"{row.code} {row.tag_name}" if row.kind == TagKind.SDG and row.tag_name else row.tag_name or row.code


def names_of_tags(suggestions: Iterable[Suggestion]) -> dict[tuple[str, str], str]:
    """(kind, code) → name; an SDG with its number. One query per kind that occurs."""
    codes: dict[str, set[str]] = defaultdict(set)
    for row in suggestions:
        codes[row.kind].add(row.code)
    out: dict[tuple[str, str], str] = {}
    models: dict[str, Any] = {TagKind.THEME: Theme, TagKind.GROUP: AffectedGroup, TagKind.SDG: Sdg}
    for kind, wanted in codes.items():
        for tag in models[kind].objects.filter(code__in=wanted):
            out[(kind, tag.code)] = str(tag)
    return out


def marked(text: str, words: Iterable[str]) -> list[Piece]:
    """The text in pieces; each place where one of the words stands as a word of its own is marked, in Chinese wherever it stands."""
    found = sorted({re.escape(word) for word in words if word.strip()}, key=len, reverse=True)
    if not found:
        return [Piece(text)]
    pattern = re.compile(
        rf"(?<![^\W_])(?:{'|'.join(found)})(?![^\W_])|(?:{'|'.join(w for w in found if chinese(w)) or '(?!)'})",
        re.IGNORECASE,
    )
    out, end = [], 0
    for place in pattern.finditer(text):
        if place.start() > end:
            out.append(Piece(text[end : place.start()]))
        out.append(Piece(place.group(), True))
        end = place.end()
    if end < len(text):
        out.append(Piece(text[end:]))
    return out


def chinese(word: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in word)
