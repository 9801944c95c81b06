"""The search for repeats: asked for by a person or the clock, done by the worker, in steps that a killed worker can begin again."""

import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid
from mutabaa.jobs.services import enqueue_once
from mutabaa.recommendations.models import Recommendation, Translation
from mutabaa.recurrence.likeness.finding import VERSION, find
from mutabaa.recurrence.likeness.items import Item, Pair
from mutabaa.recurrence.models import Compared, Likeness, RepeatSearch
from mutabaa.recurrence.services import priorities, proposing
from mutabaa.recurrence.services.rows import require_decider
from mutabaa.recurrence.states import WORKING, LinkState, SearchState

TASK = "mutabaa.recurrence.jobs.look"
Progress = Callable[[float], None]


class Cancelled(Exception):
    """A person ended the search. Nothing of it is kept."""


@transaction.atomic
def ask(by: Any, *, everything: bool = False) -> RepeatSearch:
    """Put a search in the worker's queue. While one waits or runs, that one is returned. `by` None is the clock."""
    if by is not None:
        require_decider(by)
    working = RepeatSearch.objects.filter(state__in=WORKING).first()
    if working:
        return working
    search = RepeatSearch.objects.create(asked_by=by, everything=everything)
    enqueue_once(TASK)
    if by is not None:
        audit(by, "recurrence.asked", search, everything=everything)
    return search


@transaction.atomic
def cancel(by: Any, search: RepeatSearch) -> None:
    """End a search. A running one notices at its next step; what it found is not kept."""
    require_decider(by)
    row = RepeatSearch.objects.select_for_update(no_key=True).get(pk=search.pk)
    if not row.is_working:
        raise Invalid(_("This search has ended already."))
    row.state, row.finished_at = SearchState.CANCELLED, timezone.now()
    row.save(update_fields=["state", "finished_at"])
    audit(by, "recurrence.cancelled", row)


def run(search: RepeatSearch) -> None:
    """The worker's part. Running it again, after a killed worker, begins anew and ends the same."""
    with transaction.atomic():
        taken = RepeatSearch.objects.filter(pk=search.pk, state__in=WORKING).update(
            state=SearchState.RUNNING, progress=0
        )
    if not taken:
        return
    try:
        counts = find_repeats(everything=search.everything, progress=progress_of(search))
    except Cancelled:
        return
    except Exception:
        RepeatSearch.objects.filter(pk=search.pk, state=SearchState.RUNNING).update(
            state=SearchState.FAILED, finished_at=timezone.now(), message="failed"
        )
        raise
    RepeatSearch.objects.filter(pk=search.pk, state=SearchState.RUNNING).update(
        state=SearchState.DONE, progress=100, finished_at=timezone.now(), counts=counts
    )


def progress_of(search: RepeatSearch) -> Progress:
    """Writes the progress down at each per cent, and raises `Cancelled` when the row says so."""
    last = [-1]

    def tell(share: float) -> None:
        percent = min(99, int(100 * share))
        if percent <= last[0]:
            return
        last[0] = percent
        if not RepeatSearch.objects.filter(pk=search.pk, state=SearchState.RUNNING).update(progress=percent):
            raise Cancelled

    return tell


def to_compare() -> Any:
    """Own records whose present text was not compared by the present method."""
    compared = Compared.objects.filter(recommendation=OuterRef("pk"))
    return (
        Recommendation.objects.own()
        .filter(withdrawn=False)
        .annotate(was=Subquery(compared.values("text_key")[:1]), by=Subquery(compared.values("method")[:1]))
        .filter(Q(was=None) | ~Q(was=F("text_key")) | ~Q(by=VERSION))
    )


def find_repeats(*, everything: bool = False, progress: Progress = lambda share: None) -> dict[str, Any]:
    """Compare new and changed records with all of the State's own; propose pairs, clusters and priorities. Returns the counts.

    The comparison holds no lock; what it found is written in one transaction. Decided pairs are never touched; undecided ones of a
    record whose text changed, or that the method no longer finds, go.
    """
    started = time.monotonic()
    asked = Recommendation.objects.own().filter(withdrawn=False) if everything else to_compare()
    new = dict(
        asked.order_by().values_list("pk", "text_key")
    )  # the texts as they are read now, not as they are when written
    items = items_of_the_state()
    pairs: list[Pair] = []
    if new:
        pairs = find(items, only=None if len(new) == len(items) else new, progress=lambda share: progress(0.8 * share))
    with transaction.atomic():
        written = _write(pairs, set(new))
        _remember(new)
    progress(0.85)
    proposals = proposing.propose(items)
    progress(0.95)
    priorities.suggest()
    return {
        "records": len(items),
        "compared": len(new),
        "pairs": written,
        "proposals": proposals,
        "seconds": round(time.monotonic() - started, 1),
    }


def items_of_the_state() -> list[Item]:
    """Every own record that was not withdrawn, with its official translations and tags. Four queries."""
    rows = Recommendation.objects.own().filter(withdrawn=False).order_by("pk")
    found = list(rows.values_list("pk", "language", "text", "mechanism__code", "cycle", "document_id"))
    texts: dict[int, list[tuple[str, str]]] = {pk: [(language, text)] for pk, language, text, *_rest in found}
    translated = Translation.objects.filter(recommendation__in=rows.values("pk"), official=True).order_by("pk")
    for pk, language, text in translated.values_list("recommendation_id", "language", "text"):
        texts[pk].append((language, text))
    tags: dict[int, set[str]] = {pk: set() for pk in texts}
    for kind, through in (("theme", Recommendation.themes.through), ("group", Recommendation.groups.through)):
        name = "theme" if kind == "theme" else "affectedgroup"
        links = through.objects.filter(recommendation__in=rows.values("pk"))  # type: ignore[attr-defined]
        for pk, code in links.values_list("recommendation_id", f"{name}__code"):
            tags[pk].add(f"{kind}:{code}")
    return [
        Item(
            pk,
            texts[pk],
            tags=frozenset(tags[pk]),
            mechanism=mechanism,
            cycle=str(cycle or ""),
            round=str(document),
        )
        for pk, _language, _text, mechanism, cycle, document in found
    ]


def _write(pairs: list[Pair], new: set[int]) -> int:
    """Undecided pairs of the records compared are made anew. Returns how many pairs are new."""
    touched = Q(first__in=new) | Q(second__in=new)
    there = set(
        Recommendation.objects.own().order_by().values_list("pk", flat=True)
    )  # an import may have been undone meanwhile
    found = {(p.first, p.second): p for p in pairs if {p.first, p.second} <= there}
    for row in Likeness.objects.filter(touched) if len(new) < 5000 else Likeness.objects.all():
        pair = found.pop((row.first_id, row.second_id), None)
        if row.state != LinkState.PROPOSED:
            continue
        if pair is None:
            row.delete()
            continue
        if (row.score, row.suggested, row.method) != (pair.score, pair.relation, VERSION):
            row.score, row.suggested, row.across, row.method = pair.score, pair.relation, pair.across, VERSION
            row.save(update_fields=["score", "suggested", "across", "method"])
    Likeness.objects.bulk_create(
        [
            Likeness(
                first_id=p.first,
                second_id=p.second,
                score=p.score,
                suggested=p.relation,
                across=p.across,
                method=VERSION,
            )
            for p in found.values()
        ],
        batch_size=500,
    )
    return len(found)


def _remember(new: dict[int, str]) -> None:
    there = set(Recommendation.objects.filter(own=True).order_by().values_list("pk", flat=True))
    Compared.objects.bulk_create(
        [Compared(recommendation_id=pk, text_key=key, method=VERSION) for pk, key in new.items() if pk in there],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["recommendation"],
        update_fields=["text_key", "method"],
    )
