"""Clusters: gathering without losing, recurrence, and the priority that can follow from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutabaa.accounts.policies import is_secretariat
from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.recommendations.services import locked, require_editor, set_priority
from mutabaa.recommendations.states import Priority, PriorityReason


@dataclass(frozen=True)
class Recurrence:
    """How often an issue came back: distinct mechanisms, and distinct (mechanism, cycle or document) rounds."""

    mechanisms: list[tuple[str, str]]
    rounds: int
    items: int
    follow_up: int

    @property
    def suggested(self) -> str:
        """High from three mechanisms or five rounds on, medium from two: a suggestion that a person confirms."""
        if len(self.mechanisms) >= 3 or self.rounds >= 5 or self.follow_up:
            return Priority.HIGH
        return Priority.MEDIUM if len(self.mechanisms) >= 2 or self.rounds >= 3 else Priority.LOW

    @property
    def reason(self) -> str:
        return PriorityReason.FOLLOW_UP if self.follow_up and len(self.mechanisms) < 3 else PriorityReason.RECURRENCE

    def sentence(self) -> str:
        first = ngettext("raised by %(n)d mechanism", "raised by %(n)d mechanisms", len(self.mechanisms)) % {
            "n": len(self.mechanisms)
        }
        second = ngettext("in %(n)d document", "in %(n)d documents", self.rounds) % {"n": self.rounds}
        return _("%(mechanisms)s, %(documents)s") % {"mechanisms": first, "documents": second}


def visible_clusters(person: Any) -> Any:
    """Clusters follow the same levels as records: public for all, institutions for those who sign in, else the secretariat."""
    seen = Q(visibility=Visibility.PUBLIC)
    if is_secretariat(person):
        seen |= ~Q(visibility=Visibility.RESTRICTED)
    elif getattr(person, "is_authenticated", False):
        seen |= Q(visibility=Visibility.INSTITUTIONS)
    return Cluster.objects.filter(seen)


def recurrence(rows: Any) -> Recurrence:
    """Of the given recommendations: one query."""
    found = list(rows.order_by().values_list("mechanism__code", "mechanism__family", "document_id", "follow_up"))
    mechanisms = sorted({(code, family) for code, family, _document, _follow in found})
    return Recurrence(
        mechanisms, len({d for _c, _f, d, _x in found}), len(found), sum(1 for *_rest, follow in found if follow)
    )


@transaction.atomic
def create_cluster(by: Any, *, code: str = "", members: Iterable[Recommendation] = (), **fields: Any) -> Cluster:
    """Without a code, one is made from the first title that has Latin letters, else a number."""
    require_editor(by)
    code = code or free_code([fields.get(f"title_{language}", "") for language in CONTENT_LANGUAGES])
    if Cluster.objects.filter(code=code).exists():
        raise Invalid(_("There is already a cluster with this code."), field="code")
    cluster = Cluster.objects.create(code=code, **fields)
    cluster.members.set(members)
    audit(by, "cluster.created", cluster, code=code, members=cluster.members.count())
    return cluster


def free_code(titles: list[str]) -> str:
    """A code that no cluster has: `detention-conditions`, `detention-conditions-2`, or `cluster-7`."""
    stem = next((made for title in titles if (made := slugify(title)[:50].strip("-"))), "")
    taken = set(Cluster.objects.filter(code__startswith=stem or "cluster-").values_list("code", flat=True))
    if stem and stem not in taken:
        return stem
    return next(code for n in count(2 if stem else 1) if (code := f"{stem or 'cluster'}-{n}") not in taken)


@transaction.atomic
def edit_cluster(by: Any, cluster: Cluster, version: int | None, **fields: Any) -> Cluster:
    require_editor(by)
    if not fields.get("code"):
        fields.pop("code", None)
    elif Cluster.objects.filter(code=fields["code"]).exclude(pk=cluster.pk).exists():
        raise Invalid(_("There is already a cluster with this code."), field="code")
    row = locked(Cluster, cluster.pk, version, fields)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    audit(by, "cluster.changed", row, fields=sorted(fields))
    return row


@transaction.atomic
def add_members(by: Any, cluster: Cluster, rows: Iterable[Recommendation]) -> int:
    """Returns how many were new. The recommendations themselves stay as they are."""
    require_editor(by)
    row = locked(Cluster, cluster.pk, None, {})
    before = row.members.count()
    row.members.add(*rows)
    added = row.members.count() - before
    if added:
        row.version += 1
        row.save()
        audit(by, "cluster.members_added", row, added=added)
    return added


@transaction.atomic
def remove_members(by: Any, cluster: Cluster, rows: Iterable[Recommendation]) -> int:
    """Take members out of the group; they stay in the table and in their other clusters."""
    require_editor(by)
    row = locked(Cluster, cluster.pk, None, {})
    chosen = list(rows)
    before = row.members.count()
    row.members.remove(*chosen)
    removed = before - row.members.count()
    if removed:
        row.version += 1
        row.save()
        audit(by, "cluster.members_removed", row, members=[r.pk for r in chosen])
    return removed


@transaction.atomic
def rename_cluster(by: Any, cluster: Cluster, version: int | None, titles: dict[str, str]) -> Cluster:
    """`titles`: language → title; languages not named keep theirs. At least one title must remain."""
    fields = {f"title_{language}": title.strip() for language, title in titles.items() if language in CONTENT_LANGUAGES}
    kept = {f"title_{language}": getattr(cluster, f"title_{language}") for language in CONTENT_LANGUAGES} | fields
    if not any(kept.values()):
        raise Invalid(_("Give the cluster a title."), field="title")
    return edit_cluster(by, cluster, version, **fields)


@transaction.atomic
def split_cluster(by: Any, cluster: Cluster, rows: Iterable[Recommendation], **fields: Any) -> Cluster:
    """Move these members into a new cluster of the same theme and visibility. Some must go, and some must stay."""
    require_editor(by)
    row = locked(Cluster, cluster.pk, None, {})
    members = set(row.members.values_list("pk", flat=True))
    moving = [r for r in rows if r.pk in members]
    if not moving or len(moving) == len(members):
        raise Invalid(_("Tick some of the recommendations: those that go, not all of them."), field="selected")
    made = create_cluster(by, members=moving, **{"theme_id": row.theme_id, "visibility": row.visibility} | fields)
    remove_members(by, row, moving)
    audit(by, "cluster.split", row, into=made.code, members=[r.pk for r in moving])
    return made


@transaction.atomic
def merge_clusters(by: Any, into: Cluster, others: Iterable[Cluster]) -> Cluster:
    """All members into one cluster. The emptied ones stay, for requests and history refer to them, seen by the secretariat alone."""
    require_editor(by)
    row = locked(Cluster, into.pk, None, {})
    for other in others:
        if other.pk == row.pk:
            continue
        emptied = locked(Cluster, other.pk, None, {})
        moving = list(emptied.members.all())
        add_members(by, row, moving)
        emptied.refresh_from_db()
        emptied.members.clear()
        emptied.visibility = Visibility.SECRETARIAT
        emptied.version += 1
        emptied.save()
        audit(by, "cluster.merged", emptied, into=row.code, members=[r.pk for r in moving])
    row.refresh_from_db()
    return row


@transaction.atomic
def set_cluster_priority(by: Any, cluster: Cluster, priority: str, reason: str, note: str, *, members_too: bool) -> int:
    """The cluster's priority, and that of its members where wished. Returns how many recommendations changed."""
    edit_cluster(by, cluster, None, priority=priority, priority_reason=reason if priority else "", priority_note=note)
    return set_priority(by, cluster.members.all(), priority, reason, note) if members_too else 0
