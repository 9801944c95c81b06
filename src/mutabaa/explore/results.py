"""What a page of results shows: hits with passages, values to filter by, and the words around them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from mutabaa.core.templatetags.mutabaa import babel_locale, decimal
from mutabaa.explore.asking import Asking
from mutabaa.mechanisms.models import Mechanism
from mutabaa.recommendations.citations import full, short
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.search import BY_KEY, FACETS, kept_rows, label_rows
from mutabaa.recommendations.search import texts as searched_texts
from mutabaa.recommendations.states import STATUS_TONE, Position, Status
from mutabaa.search.highlight import Passage, passage
from mutabaa.search.services import Answer
from mutabaa.taxonomy.models import State

SHOWN = 7  # values of a facet on the page; the others stand on a page of their own
# In the order of the page. Where the State searches its own records, its name and region say nothing.
OWN = ["status", "family", "body", "theme", "group", "institution", "goal", "target", "year", "type", "position", "by"]
WORLD = [
    "state",
    "region",
    "family",
    "body",
    "theme",
    "group",
    "goal",
    "target",
    "year",
    "type",
    "position",
    "by",
    "status",
    "institution",
]


def facets_for(scope: str) -> list[str]:
    return OWN if scope == "own" else WORLD


CURRENT = ' aria-current="true"'
NOT_OF_IDS = re.compile(r"[^\w.-]")

# -- Values --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Value:
    code: str
    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Block:
    """One facet on the page. `more`: how many values are not shown."""

    key: str
    label: str
    values: list[Value]
    more: int
    address: str

    @property
    def chosen(self) -> bool:
        return any(value.chosen for value in self.values)

    @property
    def as_list(self) -> SafeString:
        """The values as list items, each with an id by which the focus finds its place again when results are replaced. Written
        here, not in a template: a page has a hundred."""
        locale = babel_locale()
        return SafeString(
            "".join(
                f'<li><a id="{self.key}-{NOT_OF_IDS.sub("_", v.code)}" href="{escape(v.address)}"{CURRENT if v.chosen else ""}><span class="facet-name"><bdi>{escape(v.label)}</bdi>'
                f'</span> <bdi class="facet-count" dir="ltr">{escape(decimal(v.count, locale))}</bdi></a></li>'
                for v in self.values
            )
        )


def by_code(code: str) -> list[int]:
    return [int(part) if part.isdigit() else 99 for part in code.split(".")]


def ordered(facet: str, counts: Mapping[str, int]) -> list[str]:
    """Most first; years newest first; goals and targets by number."""
    if facet == "year":
        return sorted(counts, reverse=True)
    if facet in {"goal", "target"}:
        return sorted(counts, key=by_code)
    return sorted(counts, key=lambda code: (-counts[code], code))


def shown_codes(facet: str, counts: Mapping[str, int], chosen: Iterable[str], limit: int) -> list[str]:
    """Those that the page shows: the first ones and whatever is chosen."""
    first = (
        sorted(counts, key=lambda code: (-counts[code], code))[:limit]
        if facet in {"goal", "target"}
        else ordered(facet, counts)[:limit]
    )
    wanted = {*first, *chosen}
    return ordered(facet, {code: counts.get(code, 0) for code in wanted})


def blocks(
    asking: Asking, answer: Answer, labels: Mapping[str, Mapping[str, str]], codes: Mapping[str, list[str]]
) -> list[Block]:
    out = []
    for facet in facets_for(asking.scope):
        counts = answer.facets.get(facet, {})
        chosen = asking.filters.get(facet, ())
        if not chosen and (not counts or (len(counts) == 1 and facet not in {"theme", "group"})):
            continue  # one value that every result has tells nothing
        added, names = asking.additions(facet), labels.get(facet, {})
        values = [
            Value(
                code,
                names.get(code) or code,
                counts.get(code, 0),
                code in chosen,
                asking.toggled(facet, code).address if code in chosen else added(code),
            )
            for code in codes[facet]
        ]
        all_values = reverse("explore:values", args=[facet]) + asking.address
        out.append(Block(facet, str(BY_KEY[facet].label), values, len(set(counts) - set(codes[facet])), all_values))
    return out


def codes_and_labels(
    asking: Asking, answer: Answer, limit: int = SHOWN
) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """The values that the page shows, and their names: one query."""
    codes = {
        facet: shown_codes(facet, answer.facets.get(facet, {}), asking.filters.get(facet, ()), limit)
        for facet in facets_for(asking.scope)
    }
    return codes, label_rows({**{key: list(values) for key, values in asking.filters.items()}, **codes})


# -- Hits ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One result."""

    record: Any
    passage: SafeString
    language: str
    translated: bool
    url: str
    by: list[str]
    citation: str
    full_citation: str
    tone: str
    status: Any
    position: Any


STATUS_NAMES, POSITION_NAMES = dict(Status.choices), dict(Position.choices)


def marked(passage: Passage) -> SafeString:
    """The passage with `<mark>`; everything in it is escaped."""
    inside = "".join(f"<mark>{escape(p.text)}</mark>" if p.marked else escape(p.text) for p in passage.pieces)
    return SafeString(("… " if passage.before else "") + inside + (" …" if passage.after else ""))


def records(pks: Iterable[int], person: Any) -> dict[int, tuple[Recommendation, list[str]]]:
    """The rows of these results with the names of the States that made them: two queries. States and mechanisms, which many rows share and which carry
    names in six languages, are kept for half a minute."""
    rows = Recommendation.objects.visible_to(person).filter(pk__in=list(pks)).order_by()
    rows = rows.select_related("document").defer("folded", "text", "priority_note")
    found = {row.pk: row for row in rows}
    by: dict[int, list[str]] = {}
    made = Recommendation.recommending_states.through.objects.filter(recommendation_id__in=found)
    for pk, code in made.order_by("state_id").values_list("recommendation_id", "state_id"):
        by.setdefault(pk, []).append(code)
    states = kept_rows(State, {row.state_id for row in found.values()}.union(*by.values()))
    mechanisms = kept_rows(Mechanism, {row.mechanism_id for row in found.values()})
    for row in found.values():
        row.state, row.mechanism = states[row.state_id], mechanisms[row.mechanism_id]
    return {pk: (row, [str(states[code]) for code in by.get(pk, ())]) for pk, row in found.items()}


def lines(answer: Answer, person: Any) -> list[Line]:
    found = records([hit.pk for hit in answer.hits], person)
    out = []
    for hit in answer.hits:
        if hit.pk not in found:
            continue
        row, by = found[hit.pk]
        out.append(
            Line(
                row, marked(hit.passage), hit.language, hit.language != hit.text.language, address_of(row, person), by,
                short(row, by), full(row, by), STATUS_TONE.get(row.status, ""), STATUS_NAMES.get(row.status, row.status), POSITION_NAMES.get(row.position, row.position),
            )
        )  # fmt: skip
    return out


def plain_lines(pks: Sequence[int], person: Any) -> list[Line]:
    """Records in this order as lines with the beginning of their texts; without those that the person may not, or no longer, see."""
    found = records(pks, person)
    texts = searched_texts(found, person)
    out = []
    for pk in pks:
        if pk in found and pk in texts:
            (row, by), text = found[pk], texts[pk]
            out.append(
                Line(
                    row, marked(passage(text.text, [])), text.language, False, address_of(row, person), by, short(row, by),
                    full(row, by), STATUS_TONE.get(row.status, ""), STATUS_NAMES.get(row.status, row.status), POSITION_NAMES.get(row.position, row.position),
                )
            )  # fmt: skip
    return out


def address_of(row: Recommendation, person: Any) -> str:
    """The page of a record: in the workspace for those who work there, on the public site, or here for another State's."""
    if not row.own:
        return reverse("explore:record", args=[row.public_id])
    if getattr(person, "is_authenticated", False):
        return row.workspace_url()
    return row.get_absolute_url()


ALL_FACETS = [facet.key for facet in FACETS]
