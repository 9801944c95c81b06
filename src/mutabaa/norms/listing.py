"""The description of a view of the instruments: the same address gives the same rows on page, portal and in files."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.core.text import fold
from mutabaa.institutions.models import Institution
from mutabaa.norms.models import Instrument, InstrumentQuerySet
from mutabaa.norms.states import InstrumentKind, InstrumentState
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.options import Filter, Option
from mutabaa.taxonomy.models import Theme

LABELS = {
    "q": _("Words"),
    "kind": _("Kind"),
    "state": _("State of the instrument"),
    "theme": _("Theme"),
    "institution": _("Institution"),
    "year": _("Year of adoption"),
}
SEARCHED = ("citation", "summary", *(f"title_{language}" for language in CONTENT_LANGUAGES))


@dataclass(frozen=True)
class InstrumentView:
    """Filters of the list; an empty one filters nothing. `theme` and `institution` are codes, `year` that of adoption."""

    q: str = ""
    kind: str = ""
    state: str = ""
    theme: str = ""
    institution: str = ""
    year: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "InstrumentView":
        """What cannot be a value is left out."""
        sent = {f.name: query.get(f.name, "").strip()[:200] for f in fields(cls)}
        if sent["kind"] not in InstrumentKind.values:
            sent["kind"] = ""
        if sent["state"] not in InstrumentState.values:
            sent["state"] = ""
        if not (sent["year"].isascii() and sent["year"].isdigit() and len(sent["year"]) == 4):
            sent["year"] = ""
        return cls(**{name: value.replace("\0", "") for name, value in sent.items()})

    @property
    def filtered(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))

    def query(self) -> str:
        return urlencode({f.name: value for f in fields(self) if (value := getattr(self, f.name))})

    def apply(self, rows: InstrumentQuerySet) -> InstrumentQuerySet:
        """One query more where words are looked for."""
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.theme:
            rows = rows.filter(
                pk__in=Instrument.themes.through.objects.filter(theme__code=self.theme).values("instrument_id")
            )
        if self.institution:
            rows = rows.filter(adopted_by__code=self.institution)
        if self.year:
            rows = rows.filter(adopted_on__year=int(self.year))
        words = fold(self.q).split()
        if words:
            rows = rows.filter(pk__in=holding(rows, words))
        return rows

    def options(self, rows: QuerySet[Instrument]) -> list[Filter]:
        """The filter bar, over what the person may see (`rows`): three queries."""
        themes = sorted(
            ((t.code, str(t)) for t in Theme.objects.filter(instruments__in=rows.order_by()).distinct()), key=by_name
        )
        institutions = sorted(
            ((i.code, str(i)) for i in Institution.objects.filter(instruments__in=rows.order_by()).distinct()),
            key=by_name,
        )
        years = [(str(day.year), str(day.year)) for day in rows.order_by().dates("adopted_on", "year", order="DESC")]
        offered: list[tuple[str, Any]] = [
            ("kind", InstrumentKind.choices),
            ("state", InstrumentState.choices),
            ("theme", themes),
            ("institution", institutions),
            ("year", years),
        ]
        return [
            Filter(
                key,
                str(LABELS[key]),
                [Option(str(value), str(label), str(value) == getattr(self, key)) for value, label in choices],
                main=True,
            )
            for key, choices in offered
        ]

    def in_words(self, filters: Iterable[Filter]) -> list[tuple[str, str]]:
        """Label and value of each filter in force."""
        found = [(str(LABELS["q"]), self.q)] if self.q else []
        for entry in filters:
            value = getattr(self, entry.key)
            if value:
                named = next((o.label for o in entry.options if o.chosen), value)
                found.append((entry.label, named))
        return found


def by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def holding(rows: QuerySet[Instrument], words: list[str]) -> list[int]:
    """Primary keys of those whose titles, citation or summary hold all the words, without regard to case and accents.

    Read here, not in the database: SQLite folds the case of ASCII alone, and a State has some hundreds of them.
    """
    found = []
    for pk, *texts in rows.order_by().values_list("pk", *SEARCHED):
        text = fold(" ".join(texts))
        if all(word in text for word in words):
            found.append(pk)
    return found


def linked_to(instrument: Instrument, person: Any) -> QuerySet[Recommendation]:
    """The recommendations that the person may see; others are not shown, and not counted either."""
    rows = Recommendation.objects.own().visible_to(person).filter(instruments=instrument)
    return rows.select_related("document", "mechanism", "lead").order_by("mechanism__family", "-published_on", "pk")


def linked_counts(instruments: Iterable[Instrument], person: Any) -> dict[int, int]:
    """How many recommendations that the person may see each of them carries out: one query."""
    links = Instrument.recommendations.through.objects.filter(
        instrument_id__in=[i.pk for i in instruments],
        recommendation__in=Recommendation.objects.own().visible_to(person),
    )
    return dict(links.order_by().values_list("instrument_id").annotate(n=Count("pk")))
