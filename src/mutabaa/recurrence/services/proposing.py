"""Proposed clusters: made by the worker; accepted, split, merged, renamed or dismissed by people."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility, names_of
from mutabaa.recommendations.clustering import create_cluster, visible_clusters
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.recommendations.services import locked
from mutabaa.recurrence.likeness import clusters as gathering
from mutabaa.recurrence.likeness.finding import VERSION
from mutabaa.recurrence.likeness.items import Item, Pair
from mutabaa.recurrence.likeness.titles import titles
from mutabaa.recurrence.models import ClusterProposal, Likeness
from mutabaa.recurrence.services.rows import readable, require_decider, rule
from mutabaa.recurrence.states import BINDING, LinkState, ProposalState
from mutabaa.taxonomy.models import Theme

SAME_AGAIN = 0.8  # share of common members from which a proposal repeats a dismissed one


def gathered() -> Any:
    """Keys of the records that stand in a cluster, whoever may see it."""
    return Cluster.members.through.objects.values("recommendation_id")


def unclustered(person: Any) -> Any:
    """The person's records that stand in no cluster that the person sees: with the clusters, every record is somewhere."""
    seen = Cluster.members.through.objects.filter(cluster__in=visible_clusters(person)).values("recommendation_id")
    return Recommendation.objects.in_scope(person).exclude(pk__in=seen)


@transaction.atomic
def propose(items: list[Item]) -> int:
    """Propose clusters of what stands in none. Returns how many proposals wait.

    Records for named persons stay out: the title of a proposal would tell of them. Proposals that a person worked on stay as they
    are; the others are made anew, but for what was dismissed.
    """
    kept = list(ClusterProposal.objects.filter(state=ProposalState.PROPOSED, version__gt=1))
    taken = set(
        ClusterProposal.members.through.objects.filter(clusterproposal__in=kept).values_list(
            "recommendation_id", flat=True
        )
    )
    taken |= set(gathered().values_list("recommendation_id", flat=True))
    hidden = Recommendation.objects.own().filter(Q(visibility=Visibility.RESTRICTED) | Q(withdrawn=True))
    taken |= set(hidden.values_list("pk", flat=True))
    free = [item for item in items if item.id not in taken]
    links = Likeness.objects.order_by().values_list("first_id", "second_id", "score", "suggested", "state")
    pairs, confirmed, apart = [], [], []
    for first, second, score, suggested, state in links:
        if state in BINDING:
            confirmed.append((first, second))
        elif state == LinkState.DIFFERENT:
            apart.append((first, second))
        elif state == LinkState.PROPOSED and suggested in BINDING:
            pairs.append(Pair(first, second, score, "narrows" if suggested == LinkState.NARROWS else "repeats"))
    weights = rule()
    found = gathering.propose(
        free,
        pairs,
        confirmed=confirmed,
        apart=apart,
        least=weights.smallest,
        most=max(weights.largest, weights.smallest),
    )
    dismissed = _members_of(ClusterProposal.objects.filter(state=ProposalState.DISMISSED))
    wanted = [c for c in found.clusters if not any(_share(set(c.members), d) >= SAME_AGAIN for d in dismissed)]
    untouched = ClusterProposal.objects.filter(state=ProposalState.PROPOSED, version=1)
    untouched.exclude(pk__in=_unchanged(untouched, wanted)).delete()
    standing = {frozenset(m) for m in _members_of(untouched)}
    texts = {item.id: item.texts[0] for item in free}
    themes = {theme.code: theme for theme in Theme.objects.filter(code__in={c.theme for c in wanted})}
    labels = {code: names_of(theme) for code, theme in themes.items()}
    for cluster in wanted:
        if frozenset(cluster.members) in standing:
            continue
        named = titles(cluster, labels, [texts[i] for i in cluster.members])
        row = ClusterProposal.objects.create(
            theme=themes.get(cluster.theme), method=VERSION, **{f"title_{c}": t[:200] for c, t in named.items()}
        )
        through = ClusterProposal.members.through
        through.objects.bulk_create([through(clusterproposal_id=row.pk, recommendation_id=i) for i in cluster.members])
    return ClusterProposal.objects.filter(state=ProposalState.PROPOSED).count()


def _members_of(proposals: Any) -> list[set[int]]:
    out: dict[int, set[int]] = {}
    links = ClusterProposal.members.through.objects.filter(clusterproposal__in=proposals.values("pk"))
    for proposal, record in links.values_list("clusterproposal_id", "recommendation_id"):
        out.setdefault(proposal, set()).add(record)
    return list(out.values())


def _unchanged(proposals: Any, wanted: list[gathering.Proposed]) -> list[int]:
    sets = {frozenset(c.members) for c in wanted}
    found: dict[int, set[int]] = {}
    links = ClusterProposal.members.through.objects.filter(clusterproposal__in=proposals.values("pk"))
    for proposal, record in links.values_list("clusterproposal_id", "recommendation_id"):
        found.setdefault(proposal, set()).add(record)
    return [pk for pk, members in found.items() if frozenset(members) in sets]


def _share(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def _open(
    by: Any, proposal: ClusterProposal, version: int | None = None, mine: dict[str, Any] | None = None
) -> ClusterProposal:
    """The proposal, locked. `Conflict` where somebody else changed it, or decided on it, since the page was opened."""
    require_decider(by)
    row: ClusterProposal = locked(ClusterProposal, proposal.pk, version, mine or {})
    if row.state != ProposalState.PROPOSED:
        raise Conflict(_("This proposal was decided on already."), current=row, mine=mine or {})
    return row


def _saved(row: ClusterProposal) -> None:
    row.version += 1
    row.save()


@transaction.atomic
def accept_proposal(
    by: Any, proposal: ClusterProposal, *, version: int | None = None, visibility: str = Visibility.INSTITUTIONS
) -> Cluster:
    """Make the cluster of the members that the person may read and that were not withdrawn. The others stay unclustered."""
    row = _open(by, proposal, version)
    members = list(row.members.filter(pk__in=readable(by).values("pk")))
    if not members:
        raise Invalid(_("No recommendation of this proposal is left."))
    named = {f"title_{language}": getattr(row, f"title_{language}") for language in CONTENT_LANGUAGES}
    cluster = create_cluster(by, members=members, theme=row.theme, visibility=visibility, **named)
    row.state, row.cluster = ProposalState.ACCEPTED, cluster
    _saved(row)
    audit(by, "proposal.accepted", row, cluster=cluster.code, members=len(members))
    return cluster


@transaction.atomic
def rename(
    by: Any, proposal: ClusterProposal, titles: dict[str, str], *, version: int | None = None
) -> ClusterProposal:
    """`titles`: language → title; languages not named keep theirs."""
    row = _open(by, proposal, version, titles)
    for language, title in titles.items():
        setattr(row, f"title_{language}", title.strip())
    if not any(getattr(row, f"title_{language}") for language in CONTENT_LANGUAGES):
        raise Invalid(_("Give the cluster a title."), field="title")
    _saved(row)
    audit(by, "proposal.renamed", row, **titles)
    return row


@transaction.atomic
def split(
    by: Any, proposal: ClusterProposal, rows: Iterable[Recommendation], *, version: int | None = None
) -> ClusterProposal:
    """The ticked members become a proposal of their own, under the same title and theme until it is renamed."""
    row = _open(by, proposal, version)
    members = set(row.members.values_list("pk", flat=True))
    moving = [r for r in rows if r.pk in members]
    if not moving or len(moving) == len(members):
        raise Invalid(_("Tick some of the recommendations: those that go, not all of them."), field="selected")
    named = {f"title_{language}": getattr(row, f"title_{language}") for language in CONTENT_LANGUAGES}
    made = ClusterProposal.objects.create(theme=row.theme, method=row.method, version=2, **named)
    made.members.set(moving)
    row.members.remove(*moving)
    _saved(row)
    audit(by, "proposal.split", row, into=made.pk, members=[r.pk for r in moving])
    return made


@transaction.atomic
def leave_out(by: Any, proposal: ClusterProposal, rows: Iterable[Recommendation], *, version: int | None = None) -> int:
    """Take members out of the proposal: they are unclustered again. Returns how many."""
    row = _open(by, proposal, version)
    members = set(row.members.values_list("pk", flat=True))
    leaving = [r for r in rows if r.pk in members]
    if not leaving:
        raise Invalid(_("Tick some of the recommendations: those that go, not all of them."), field="selected")
    row.members.remove(*leaving)
    _saved(row)
    audit(by, "proposal.members_left_out", row, members=[r.pk for r in leaving])
    return len(leaving)


@transaction.atomic
def merge(
    by: Any, into: ClusterProposal, others: Iterable[ClusterProposal], *, version: int | None = None
) -> ClusterProposal:
    """All members into one proposal."""
    row = _open(by, into, version)
    chosen = [other for other in others if other.pk != row.pk]
    if not chosen:
        raise Invalid(_("Choose the proposal to merge with."), field="others")
    for other in chosen:
        gone = _open(by, other)
        row.members.add(*gone.members.all())
        gone.state = ProposalState.MERGED
        _saved(gone)
        audit(by, "proposal.merged", gone, into=row.pk)
    _saved(row)
    return row


@transaction.atomic
def dismiss(by: Any, proposal: ClusterProposal, *, version: int | None = None) -> ClusterProposal:
    """It is not proposed again; its members stay unclustered, and may be proposed in other company."""
    row = _open(by, proposal, version)
    row.state = ProposalState.DISMISSED
    _saved(row)
    audit(by, "proposal.dismissed", row)
    return row
