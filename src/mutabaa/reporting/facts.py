"""What a report says of each recommendation, as it stood at the date: read in chunks, a fixed number of queries each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import get_language

from mutabaa.followup.models import Obstacle, StatusEntry, Update
from mutabaa.recommendations.models import Component, Recommendation, Responsibility, Translation
from mutabaa.recommendations.states import STATUS_TONE, Status
from mutabaa.reporting.as_of import AsOf, scope, updates

CHUNK = 200
UPDATES_SHOWN = 3


@dataclass
class Item:
    """A recommendation at the date. `updates` are the latest of each institution, newest first."""

    record: Recommendation
    status: str
    lead: str = ""
    partners: list[str] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    components: list[tuple[Component, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.translation.text if self.translation else self.record.text

    @property
    def language(self) -> str:
        return self.translation.language if self.translation else self.record.language

    @property
    def translation(self) -> Translation | None:
        return next(iter(self.record.translations.all()), None)

    @property
    def status_label(self) -> str:
        return str(Status(self.status).label)

    @property
    def tone(self) -> str:
        return STATUS_TONE.get(self.status, "")

    @property
    def position_label(self) -> str:
        return str(self.record.get_position_display()) if self.record.position else ""

    @property
    def next_step(self) -> Update | None:
        """The newest update that names a next step."""
        return next((u for u in self.updates if u.next_step.strip()), None)


class Facts:
    """Of one report: the date, the reader, and whether only what is published may be told."""

    def __init__(self, as_of: AsOf, person: Any, public_only: bool) -> None:
        self.as_of = as_of
        self.person = person
        self.public_only = public_only

    def rows(self) -> QuerySet[Recommendation]:
        return self.as_of.rows(scope(self.person, self.public_only))

    def updates(self) -> QuerySet[Update]:
        return updates(self.as_of, self.person, self.public_only)

    def items(self, pks: Iterable[int]) -> list[Item]:
        """In the order given. About ten queries, whatever the number of rows; give it at most `CHUNK`."""
        wanted = list(pks)
        language = (get_language() or "en")[:2]
        found = {
            r.pk: r
            for r in self.as_of.rows(Recommendation.objects.filter(pk__in=wanted))
            .select_related("document", "mechanism")
            .prefetch_related(
                "recommending_states", "themes", "groups", "sdgs", "components",
                Prefetch("translations", Translation.objects.filter(language=language).exclude(text="")),
            )
        }  # fmt: skip
        status = self.as_of.basis.status
        items = {pk: Item(record, getattr(record, status)) for pk, record in found.items()}
        self._institutions(items)
        self._updates(items)
        self._components(items)
        return [items[pk] for pk in wanted if pk in items]

    def _institutions(self, items: dict[int, Item]) -> None:
        source: Any = Responsibility.objects if self.as_of.present else self.as_of.assignments()
        for held in source.filter(recommendation_id__in=list(items)).select_related("institution").order_by("pk"):
            item = items[held.recommendation_id]
            if held.role == Responsibility.Role.LEAD:
                item.lead = held.institution.name or held.institution.code
            else:
                item.partners.append(held.institution.name or held.institution.code)

    def _updates(self, items: dict[int, Item]) -> None:
        seen: dict[int, set[int]] = defaultdict(set)
        rows = self.updates().filter(recommendation_id__in=list(items)).select_related("institution")
        for update in rows.order_by("-published_at", "-pk"):
            item = items[update.recommendation_id]
            if update.institution_id not in seen[item.record.pk] and len(item.updates) < UPDATES_SHOWN:
                seen[item.record.pk].add(update.institution_id)
                item.updates.append(update)

    def _components(self, items: dict[int, Item]) -> None:
        entries: dict[int, str] = {}
        if not self.as_of.present:
            judged = StatusEntry.objects.published().filter(
                recommendation_id__in=list(items), component__isnull=False, on__lte=self.as_of.day
            )
            entries = {e.component_id: e.status for e in judged.order_by("on", "pk") if e.component_id}
        for item in items.values():
            for component in item.record.components.all():
                then = entries.get(component.pk, Status.NOT_ASSESSED)
                item.components.append((component, component.status if self.as_of.present else then))

    def obstacles(self, rows: QuerySet[Recommendation]) -> list[tuple[Obstacle, int, int]]:
        """(obstacle, recommendations, updates) of the updates that the report may quote, most frequent first (T-091)."""
        quoted = self.updates().filter(recommendation__in=rows.order_by().values("pk")).order_by().values("pk")
        ties = Update.obstacles.through.objects.filter(update__in=quoted).order_by()
        counted = ties.values("obstacle_id").annotate(
            items=Count("update__recommendation_id", distinct=True), n=Count("update_id", distinct=True)
        )
        names = {o.pk: o for o in Obstacle.objects.all()}
        found = [(names[c["obstacle_id"]], c["items"], c["n"]) for c in counted]
        return sorted(found, key=lambda entry: (-entry[1], -entry[2], entry[0].order))
