"""Obstacles that institutions reported in their updates: the material from which gaps are recorded, so that nothing stays
unlooked at. An obstacle is reported by an update under a code, or in words alone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from mutabaa.accounts.policies import is_contributor
from mutabaa.assistance.models import ObstacleReview
from mutabaa.followup.models import Obstacle, Update
from mutabaa.followup.states import UpdateState
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids
from mutabaa.taxonomy.models import Theme

Link = Update.obstacles.through
IN_WORDS = "in-words"  # stands for the code where an update tells of obstacles in words alone


@dataclass(frozen=True)
class ReportedView:
    """What the address asks for. `waiting`: only what nobody looked at yet."""

    obstacle: str = ""
    institution: str = ""
    theme: str = ""
    waiting: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> "ReportedView":
        obstacle, institution, theme = (query.get(n, "")[:80] for n in ("obstacle", "institution", "theme"))
        return cls(obstacle, institution, theme, query.get("waiting") == "yes")

    @property
    def filtered(self) -> bool:
        return bool(self.obstacle or self.institution or self.theme or self.waiting)


def updates_of(person: Any) -> Any:
    """What was approved or published, within what the person sees; a contributor's own institution's."""
    rows = Update.objects.visible_to(person).filter(state__in=[UpdateState.APPROVED, UpdateState.PUBLISHED])
    return rows.filter(institution_id__in=institution_ids(person)) if is_contributor(person) else rows


def coded(person: Any, view: ReportedView) -> QuerySet[Any]:
    """Ties of an update to an obstacle, with `seen`: whether somebody looked at it."""
    review = ObstacleReview.objects.filter(update_id=OuterRef("update_id"), obstacle_id=OuterRef("obstacle_id"))
    rows = Link.objects.filter(update__in=updates_of(person).order_by().values("pk")).annotate(seen=Exists(review))
    if view.obstacle:
        rows = rows.filter(obstacle__code=view.obstacle)
    if view.institution:
        rows = rows.filter(update__institution__code=view.institution)
    if view.theme:
        rows = rows.filter(update__recommendation__themes__code=view.theme)
    return rows.filter(~Exists(review)) if view.waiting else rows


def groups(person: Any, view: ReportedView) -> QuerySet[Any]:
    """Obstacle × institution × theme, with the number of updates and how many of them wait. An update on an item with two
    themes stands in both lines."""
    return (
        coded(person, view)
        .order_by()
        .values("obstacle_id", "update__institution_id", "update__recommendation__themes")
        .annotate(
            reported=Count("update_id", distinct=True),
            waiting=Count("update_id", distinct=True, filter=Q(seen=False)),
        )
        .order_by("-waiting", "-reported", "obstacle_id", "update__institution_id", "update__recommendation__themes")
    )


def named(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a page with obstacle, institution and theme: three queries."""
    obstacles = Obstacle.objects.in_bulk({line["obstacle_id"] for line in lines})
    places = Institution.objects.in_bulk({line["update__institution_id"] for line in lines})
    themes = Theme.objects.in_bulk({t for line in lines if (t := line["update__recommendation__themes"])})
    return [
        {
            "obstacle": obstacles[line["obstacle_id"]],
            "institution": places[line["update__institution_id"]],
            "theme": themes.get(line["update__recommendation__themes"]),
            "reported": line["reported"],
            "waiting": line["waiting"],
        }
        for line in lines
    ]


def in_words(person: Any, view: ReportedView) -> Any:
    """Updates that tell of obstacles without a code, with `seen`."""
    review = ObstacleReview.objects.filter(update_id=OuterRef("pk"), obstacle=None)
    rows = updates_of(person).exclude(obstacle_text="").filter(obstacles=None).annotate(seen=Exists(review))
    if view.institution:
        rows = rows.filter(institution__code=view.institution)
    if view.theme:
        rows = rows.filter(recommendation__themes__code=view.theme)
    return rows.filter(seen=False) if view.waiting else rows


def reviews_of(pairs: list[tuple[int, int | None]], person: Any) -> dict[tuple[int, int | None], ObstacleReview]:
    """What became of these (update, obstacle) pairs. One query."""
    rows = ObstacleReview.objects.filter(update_id__in={update for update, _obstacle in pairs}).select_related("gap")
    return {(r.update_id, r.obstacle_id): r for r in rows}


def chosen(person: Any, keys: list[str]) -> list[tuple[Update, Obstacle | None]]:
    """The reported obstacles behind ticked boxes (`update:obstacle`), as far as the person sees them. Three queries at most."""
    wanted = [tuple(key.split(":", 1)) for key in keys[:500] if ":" in key]
    rows = {u.public_id: u for u in updates_of(person).filter(public_id__in={w[0] for w in wanted}).order_by()}
    codes = {o.code: o for o in Obstacle.objects.all()}
    told = set(Link.objects.filter(update__in=rows.values()).values_list("update__public_id", "obstacle__code"))
    out: list[tuple[Update, Obstacle | None]] = []
    for update, code in dict.fromkeys(wanted):
        if update not in rows:
            continue
        if code == IN_WORDS and rows[update].obstacle_text:
            out.append((rows[update], None))
        elif (update, code) in told:
            out.append((rows[update], codes[code]))
    return out


def key_of(update: Update, obstacle: Obstacle | None) -> str:
    return f"{update.public_id}:{obstacle.code if obstacle else IN_WORDS}"
