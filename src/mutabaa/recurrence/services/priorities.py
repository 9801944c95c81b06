"""Priorities that follow from recurrence, follow-up selection, gravity and groups. The weights are the secretariat's (T-148, T-342)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid
from mutabaa.core.models import Visibility
from mutabaa.core.wording import number_text
from mutabaa.jobs.services import enqueue_once
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.services import locked, set_priority
from mutabaa.recommendations.states import Priority, PriorityReason
from mutabaa.recurrence.models import Likeness, PriorityRule, PrioritySuggestion
from mutabaa.recurrence.services.rows import readable, require_decider, rule
from mutabaa.recurrence.states import BINDING
from mutabaa.taxonomy.models import AffectedGroup, Theme

WEIGH = "mutabaa.recurrence.jobs.weigh"
MOST = 100
# From so many mechanisms, or so many documents, on an issue is as recurrent as can be: the scale of a cluster's own page.
MECHANISMS, DOCUMENTS = 3, 5


@transaction.atomic
def suggest() -> int:
    """Make the suggestions anew. Returns how many records have one. Five queries and the writing.

    Recurrence is counted over confirmed links only, and over records that the whole secretariat reads: a number must not tell of
    records for named persons.
    """
    weights = rule()
    rows = Recommendation.objects.own().filter(withdrawn=False).exclude(visibility=Visibility.RESTRICTED).order_by("pk")
    found = {pk: rest for pk, *rest in rows.values_list("pk", "mechanism_id", "document_id", "follow_up")}
    company = _company(found.keys())
    grave = _tagged(Recommendation.themes.through, "theme_id", weights.grave_themes)
    first = _tagged(Recommendation.groups.through, "affectedgroup_id", weights.first_groups)
    made = []
    for pk, (_mechanism, _document, follow_up) in found.items():
        together = company.get(pk, {pk})
        facts = {
            "mechanisms": len({found[i][0] for i in together}),
            "documents": len({found[i][1] for i in together}),
            "follow_up": follow_up,
            "themes": sorted(grave.get(pk, ())),
            "groups": sorted(first.get(pk, ())),
        }
        points = points_of(weights, facts)
        total = min(MOST, round(sum(points.values())))
        if total:
            reason = max(points, key=lambda r: points[r])
            priority = level(weights, total)
            made.append(
                PrioritySuggestion(recommendation_id=pk, priority=priority, reason=reason, points=total, facts=facts)
            )
    PrioritySuggestion.objects.all().delete()
    PrioritySuggestion.objects.bulk_create(made, batch_size=500)
    return len(made)


def points_of(weights: PriorityRule, facts: dict[str, Any]) -> dict[str, float]:
    """What each reason adds, in the order in which they win where equal."""
    again = max((facts["mechanisms"] - 1) / (MECHANISMS - 1), (facts["documents"] - 1) / (DOCUMENTS - 1))
    return {
        PriorityReason.FOLLOW_UP.value: float(weights.follow_up if facts["follow_up"] else 0),
        PriorityReason.RECURRENCE.value: weights.recurrence * min(1.0, again),
        PriorityReason.GRAVITY.value: float(weights.gravity if facts["themes"] else 0),
        PriorityReason.GROUPS.value: float(weights.groups if facts["groups"] else 0),
    }


def level(weights: PriorityRule, total: int) -> str:
    if total >= weights.high:
        return Priority.HIGH
    return Priority.MEDIUM if total >= weights.medium else Priority.LOW


def _company(known: Iterable[int]) -> dict[int, set[int]]:
    """Record → the records bound to it by confirmed links, itself among them, over any number of steps."""
    allowed = set(known)
    together: dict[int, set[int]] = {}
    links = Likeness.objects.filter(state__in=BINDING).order_by("first_id", "second_id")
    for a, b in links.values_list("first_id", "second_id"):
        if a not in allowed or b not in allowed:
            continue
        both = together.get(a, {a}) | together.get(b, {b})
        for i in both:
            together[i] = both
    return together


def _tagged(through: Any, column: str, tags: Any) -> dict[int, set[int]]:
    out: dict[int, set[int]] = defaultdict(set)
    links = through.objects.filter(**{f"{column}__in": list(tags.values_list("pk", flat=True))})
    for record, tag in links.values_list("recommendation_id", column):
        out[record].add(tag)
    return out


def in_words(suggestions: Iterable[PrioritySuggestion]) -> dict[int, str]:
    """Suggestion → its reason as a sentence in the reader's language. Two queries."""
    rows = list(suggestions)
    themes = Theme.objects.in_bulk({t for s in rows for t in s.facts.get("themes", ())})
    groups = AffectedGroup.objects.in_bulk({g for s in rows for g in s.facts.get("groups", ())})
    return {s.pk: _sentence(s, themes, groups) for s in rows}


def _sentence(suggestion: PrioritySuggestion, themes: dict[int, Theme], groups: dict[int, AffectedGroup]) -> str:
    facts, parts = suggestion.facts, []
    mechanisms, documents = facts.get("mechanisms", 1), facts.get("documents", 1)
    if documents > 1 or mechanisms > 1:
        first = ngettext("raised by %(n)d mechanism", "raised by %(n)d mechanisms", mechanisms) % {"n": mechanisms}
        second = ngettext("in %(n)d document", "in %(n)d documents", documents) % {"n": documents}
        parts.append(_("%(mechanisms)s, %(documents)s") % {"mechanisms": first, "documents": second})
    if facts.get("follow_up"):
        parts.append(_("selected for a follow-up procedure"))
    grave = [str(themes[t]) for t in facts.get("themes", ()) if t in themes]
    if grave:
        parts.append(_("special gravity: %(themes)s") % {"themes": ", ".join(grave)})
    named = [str(groups[g]) for g in facts.get("groups", ()) if g in groups]
    if named:
        parts.append(_("groups affected: %(groups)s") % {"groups": ", ".join(named)})
    points = _("%(points)s of 100 points") % {"points": number_text(suggestion.points)}
    return _("%(reasons)s (%(points)s)") % {"reasons": "; ".join(parts), "points": points}


@transaction.atomic
def apply_priority(by: Any, suggestions: Iterable[PrioritySuggestion]) -> int:
    """Give the ticked records their proposed priority, with its reason recorded. Returns how many changed."""
    require_decider(by)
    keys = [s.pk for s in suggestions]
    rows = list(PrioritySuggestion.objects.filter(pk__in=keys, recommendation__in=readable(by).values("pk")))
    words = in_words(rows)
    alike: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in rows:
        alike[(row.priority, row.reason, words[row.pk])].append(row.recommendation_id)
    changed = 0
    for (priority, reason, note), records in alike.items():
        changed += set_priority(by, readable(by).filter(pk__in=records), priority, reason, note)
    return changed


@transaction.atomic
def set_rule(by: Any, version: int | None, **fields: Any) -> PriorityRule:
    """Change the weights. The suggestions follow when the worker has weighed anew."""
    require_decider(by)
    row: PriorityRule = locked(PriorityRule, rule().pk, version, fields)
    tags = {name: fields.pop(name) for name in ("grave_themes", "first_groups") if name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    if row.medium > row.high:
        raise Invalid(_("“High” cannot begin below “medium”."), field="high")
    if row.smallest > row.largest:
        raise Invalid(_("The largest cluster cannot be smaller than the smallest."), field="largest")
    row.version += 1
    row.save()
    for name, values in tags.items():
        getattr(row, name).set(values)
    audit(by, "priority_rule.changed", row, fields=sorted([*fields, *tags]))
    enqueue_once(WEIGH)
    return row
