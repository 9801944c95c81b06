"""What a page of results shows: hits with passages, values to filter by, and the words around them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from mutabaa.core.addresses import addresses
from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.core.templatetags.mutabaa import babel_locale, decimal
from mutabaa.explore.asking import Asking
from mutabaa.mechanisms.models import Mechanism
from mutabaa.recommendations.citations import full, short
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.search import BY_KEY, kept_rows, label_rows
from mutabaa.recommendations.search import texts as searched_texts
from mutabaa.recommendations.states import STATUS_TONE
from mutabaa.search.highlight import Passage, passage
from mutabaa.search.services import Answer

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


def by_code(code: str) -> list[tuple[int, str]]:
    """SDG targets in their order: 16.2, 16.10, 16.a, 16.b."""
    return [(int(part), "") if part.isdigit() else (99, part) for part in code.split(".")]


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
    all_values = addresses("explore:values")
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
        more = len(set(counts) - set(codes[facet]))
        out.append(Block(facet, str(BY_KEY[facet].label), values, more, all_values(facet) + asking.address))
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
    """One result, its names in the reader's language. `by`: the States that made the recommendation."""

    record: Recommendation
    url: str
    passage: SafeString
    language: str
    translated: bool
    state: str
    mechanism: str
    status: str
    position: str
    by: list[str]

    @property
    def tone(self) -> str:
        return STATUS_TONE.get(self.record.status, "")

    @property
    def citation(self) -> str:
        return short(self.record, self.by)

    @property
    def full_citation(self) -> str:
        return full(self.record, self.by)


# What a line, a citation or an entry of the feed shows of a record: a third of its columns.
SHOWN_COLUMNS = [
    "public_id", "own", "state", "mechanism", "document", "paragraph", "published_on", "position", "position_partial", "status",
    "created_at", "updated_at", "document__symbol", *(f"document__title_{language}" for language in CONTENT_LANGUAGES),
]  # fmt: skip


def marked(passage: Passage) -> SafeString:
    """The passage with `<mark>`; everything in it is escaped."""
    inside = "".join(f"<mark>{escape(p.text)}</mark>" if p.marked else escape(p.text) for p in passage.pieces)
    return SafeString(("… " if passage.before else "") + inside + (" …" if passage.after else ""))


def lines(answer: Answer, person: Any) -> list[Line]:
    made = line_maker([hit.pk for hit in answer.hits], person)
    found = [(hit.pk, hit.passage, hit.language, hit.language != hit.text.language) for hit in answer.hits]
    return [line for shown in found if (line := made(*shown))]


def plain_lines(pks: Sequence[int], person: Any) -> list[Line]:
    """Records in this order as lines with the beginning of their texts; without those that the person may not, or no longer, see."""
    made, texts = line_maker(pks, person), searched_texts(pks, person)
    found = [(pk, passage(texts[pk].text, []), texts[pk].language, False) for pk in pks if pk in texts]
    return [line for shown in found if (line := made(*shown))]


def line_maker(pks: Sequence[int], person: Any) -> Callable[[int, Passage, str, bool], Line | None]:
    """Makes lines of these records; None of one that the person may not see. Two queries: the rows, and who made them. Names and
    mechanisms, which many rows share, are at hand."""
    rows = Recommendation.objects.visible_to(person).filter(pk__in=pks).order_by()
    found = {row.pk: row for row in rows.select_related("document").only(*SHOWN_COLUMNS)}
    by: dict[int, list[str]] = {}
    made = Recommendation.recommending_states.through.objects.filter(recommendation_id__in=found)
    for pk, code in made.order_by("state_id").values_list("recommendation_id", "state_id"):
        by.setdefault(pk, []).append(code)
    mechanisms = kept_rows(Mechanism, {row.mechanism_id for row in found.values()})
    for row in found.values():
        row.mechanism = mechanisms[row.mechanism_id]
    names = label_rows(
        {
            "state": {row.state_id for row in found.values()},
            "body": {row.mechanism.code for row in found.values()},
            "status": {row.status for row in found.values()},
            "position": {row.position for row in found.values()},
            "by": set().union(*by.values()),
        }
    )
    address = addresses_for(person)

    def line(pk: int, shown: Passage, language: str, translated: bool) -> Line | None:
        row = found.get(pk)
        if row is None:
            return None
        return Line(
            record=row,
            url=address(row),
            passage=marked(shown),
            language=language,
            translated=translated,
            state=names["state"][row.state_id],
            mechanism=names["body"][row.mechanism.code],
            status=names["status"].get(row.status, row.status),
            position=names["position"].get(row.position, row.position),
            by=[names["by"][code] for code in by.get(pk, ())],
        )

    return line


def address_of(row: Recommendation, person: Any) -> str:
    return addresses_for(person)(row)


def addresses_for(person: Any) -> Callable[[Recommendation], str]:
    """The page of a record: in the workspace for those who work there, on the public site, or here for another State's."""
    own = addresses("recommendations:detail" if getattr(person, "is_authenticated", False) else "portal:recommendation")
    other = addresses("explore:record")
    return lambda row: (own if row.own else other)(row.public_id)
