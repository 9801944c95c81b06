"""From the words of a plan's table to institutions, recommendations, themes and currencies of the database."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from babel.numbers import list_currencies

from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.institutions.models import Institution
from mutabaa.intake.plan_tables.rows import PlanRow, Reason
from mutabaa.intake.plan_tables.values import Money, Reference, split_further, split_names
from mutabaa.intake.plan_tables.words import coded
from mutabaa.intake.tables.mapping import fold_name
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.taxonomy.models import Alias, Theme

CURRENCIES = frozenset(list_currencies())
LEFT_OUT = 0  # a person said that a name is no institution here
_PARENTHESES = re.compile(r"\(([^()]*)\)")


@dataclass
class Resolved:
    """A row with what it means here. It is refused where `row.refused` is not empty. `unknown`: names of institutions to assign."""

    row: PlanRow
    lead: Institution | None = None
    partners: list[Institution] = field(default_factory=list)
    recommendations: list[int] = field(default_factory=list)
    budget: list[dict[str, Any]] = field(default_factory=list)
    stakeholders: str = ""
    theme: Theme | None = None
    cluster: Cluster | None = None
    situation: str = ""
    unknown: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> list[Reason]:
        return [*self.row.refused, *self.row.doubts]


class Resolver:
    """Everything that the words of a table can mean, read once: five queries. `assigned`: folded name → institution, or
    `LEFT_OUT`, as a person said for this import. `currency`, `first_year`: the plan's."""

    def __init__(self, person: Any, *, assigned: dict[str, int], currency: str, first_year: int) -> None:
        self.assigned, self.currency, self.first_year = assigned, currency, first_year
        self.institutions: dict[str, Institution] = {}
        self.by_pk: dict[int, Institution] = {}
        for institution in Institution.objects.filter(active=True):
            self.by_pk[institution.pk] = institution
            for name in names_of(institution):
                self.institutions.setdefault(fold_name(name), institution)
        self.places: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.documents: dict[str, list[int]] = defaultdict(list)
        rows = Recommendation.objects.own().visible_to(person).order_by("pk")
        for pk, symbol, paragraph in rows.values_list("pk", "document__symbol", "paragraph"):
            key = symbol_key(symbol)
            for part in ways_of(paragraph):
                self.places[key, part].append(pk)
                self.places["", part].append(pk)
            self.documents[key].append(pk)
        self.themes: dict[str, Theme] = {}
        by_code = {}
        for theme in Theme.objects.all():
            by_code[theme.code] = theme
            for name in (theme.code, *(getattr(theme, f"name_{language}") for language in CONTENT_LANGUAGES)):
                if name:
                    self.themes.setdefault(fold_name(name), theme)
        for folded, code in Alias.objects.filter(kind=Alias.Kind.THEME).values_list("folded", "code"):
            if code in by_code:
                self.themes.setdefault(fold_name(folded), by_code[code])
        self.clusters: dict[str, Cluster] = {}
        for cluster in visible_clusters(person):
            for name in (cluster.code, *(getattr(cluster, f"title_{language}") for language in CONTENT_LANGUAGES)):
                if name:
                    self.clusters.setdefault(fold_name(name), cluster)

    def resolve(self, row: PlanRow) -> Resolved:
        found = Resolved(row, stakeholders=row.text("stakeholders"))
        self.find_lead(found)
        self.find_partners(found)
        self.find_recommendations(found)
        self.find_theme(found)
        for money in row.money:
            self.find_money(found, money)
        return found

    def institution_of(self, name: str) -> Institution | int | None:
        """The institution; `LEFT_OUT` where a person said so; None where nobody knows. "Ministry of Health (MoH)" is known by either."""
        key = fold_name(name)
        if key in self.assigned:
            return self.by_pk.get(self.assigned[key], LEFT_OUT)
        if key in self.institutions:
            return self.institutions[key]
        for part in (_PARENTHESES.sub(" ", name), *_PARENTHESES.findall(name)):
            if (short := fold_name(part)) and short in self.institutions:
                return self.institutions[short]
        return None

    def institutions_in(self, text: str) -> tuple[list[Institution], list[str], list[str]]:
        """Those known, the names unknown, and the names that a person left out. A name that holds commas is tried whole first."""
        known: list[Institution] = []
        unknown: list[str] = []
        left: list[str] = []
        whole = self.institution_of(" ".join(text.split()))
        for name in [text] if whole is not None else split_names(text):
            found = self.institution_of(name)
            if found is None and len(parts := split_further(name)) > 1:
                each = [self.institution_of(part) for part in parts]
                if any(isinstance(one, Institution) for one in each):
                    for part, one in zip(parts, each, strict=True):
                        sort_in(part, one, known, unknown, left)
                    continue
            sort_in(name, found, known, unknown, left)
        return list({i.pk: i for i in known}.values()), unknown, left

    def find_lead(self, found: Resolved) -> None:
        said = found.row.text("lead")
        known, unknown, _left = self.institutions_in(said) if said else ([], [], [])
        found.unknown += unknown
        if len(known) + len(unknown) > 1:
            found.row.refused.append(("plan_two_leads", "; ".join([*map(str, known), *unknown])[:200]))
        elif unknown:
            found.row.refused.append(("plan_institution_unknown", unknown[0][:120]))
        elif known:
            found.lead = known[0]
        else:
            found.row.refused.append(("plan_no_lead", ""))

    def find_partners(self, found: Resolved) -> None:
        said = found.row.text("partners")
        if not said:
            return
        known, unknown, left = self.institutions_in(said)
        found.unknown += unknown
        if found.lead is not None and found.lead in known:
            found.row.doubts.append(("plan_lead_among_partners", str(found.lead)))
        found.partners = [i for i in known if i != found.lead]
        found.row.doubts += [("plan_partner_unknown", name[:120]) for name in unknown]
        found.stakeholders = "\n".join([*filter(None, [found.stakeholders]), *unknown, *left])

    def find_recommendations(self, found: Resolved) -> None:
        missing = []
        for reference in found.row.references:
            pks = self.recommendations_of(reference)
            found.recommendations += [pk for pk in pks if pk not in found.recommendations]
            if not pks:
                missing.append(reference)
        if missing and not found.recommendations:
            found.row.refused.append(("plan_no_recommendation", "; ".join(map(str, missing))[:200]))
        else:
            found.row.doubts += [("plan_reference_unknown", str(reference)) for reference in missing]

    def recommendations_of(self, reference: Reference) -> list[int]:
        """Of a paragraph as it is cited: the very one; all its letters where the whole is cited; the whole where a letter is that
        has no record of its own. Without a symbol only what one document alone has."""
        key = symbol_key(reference.symbol)
        if not reference.paragraph:
            return self.documents.get(key, []) if key else []
        paragraph = paragraph_key(reference.paragraph)
        found = self.places.get((key, f"={paragraph}")) or self.places.get((key, f"<{paragraph}"))
        if not found and "(" in paragraph:
            found = self.places.get((key, f"={paragraph.rsplit('(', 1)[0]}")) or self.places.get(
                (key, f"={paragraph.split('(')[0]}")
            )
        found = list(dict.fromkeys(found or []))
        return found if key or len(found) == 1 else []

    def find_theme(self, found: Resolved) -> None:
        said = found.row.text("theme")
        if not said:
            return
        key = fold_name(said)
        found.cluster = self.clusters.get(key)
        found.theme = found.cluster.theme if found.cluster else self.themes.get(key)
        if found.cluster is None and found.theme is None:
            found.situation = said
            found.row.doubts.append(("plan_theme_unknown", said[:120]))

    def find_money(self, found: Resolved, money: Money) -> None:
        row = found.row
        currency = money.currency.upper()
        if not currency:
            currency = self.currency
            if money.words and currency:
                row.doubts.append(("plan_currency_assumed", money.words))
        if not currency:
            row.refused.append(("plan_no_currency", f"{money.amount} {money.words}".strip()))
        elif currency not in CURRENCIES:
            row.refused.append(("plan_currency_unknown", money.currency[:20]))
        if money.amount >= 10**14:
            row.refused.append(("plan_money_too_large", str(money.amount)[:40]))
        year = money.year
        if year is None:
            year = row.start.year if row.start else self.first_year
            if money.amount:
                row.doubts.append(("plan_year_assumed", str(year)))
        source = row.text("source")
        code = coded("source", source) if source else ""
        if source and not code:
            row.doubts.append(("plan_source_unknown", source[:120]))
        funding = coded("funding", row.text("funding")) if row.text("funding") else "unfunded"
        if money.amount:
            found.budget.append(
                {
                    "amount": money.amount,
                    "year": year,
                    "currency": currency,
                    "source": code or ("grant" if source else "state"),
                    "source_name": source[:200],
                    "funding": "unfunded" if code == "none" else funding or "unfunded",
                }
            )


def sort_in(name: str, found: Institution | int | None, known: list[Any], unknown: list[str], left: list[str]) -> None:
    if isinstance(found, Institution):
        known.append(found)
    elif found is None:
        unknown.append(name)
    else:
        left.append(name)


def names_of(institution: Institution) -> list[str]:
    names = [institution.code, institution.code.replace("-", " ")]
    for language in CONTENT_LANGUAGES:
        names += [getattr(institution, f"name_{language}"), getattr(institution, f"short_{language}")]
    return [name for name in names if name]


def symbol_key(symbol: str) -> str:
    return "".join(symbol.split()).upper()


def paragraph_key(paragraph: str) -> str:
    return "".join(paragraph.split()).lower().rstrip(".")


def ways_of(paragraph: str) -> list[str]:
    """Under what a record is found: `=24(a)` as it stands, `<24` as a part of the paragraph."""
    key = paragraph_key(paragraph)
    if not key:
        return []
    parts = key.split("(")
    return [f"={key}", *(f"<{'('.join(parts[:n])}" for n in range(1, len(parts)))]
