"""Making plans, and which recommendations they answer. A recommendation leaves a plan only with a reason."""

from collections.abc import Iterable
from typing import Any

from babel.numbers import list_currencies
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility, without_history
from mutabaa.followup.services.rows import locked, required
from mutabaa.plans.models import Plan, PlanAuthor, PlanItem
from mutabaa.plans.policies import may_edit_plan, may_make_plan, may_publish
from mutabaa.plans.states import PLAN_STEPS, PlanState
from mutabaa.recommendations.models import Recommendation

FIELDS = frozenset(
    {
        "kind", "language", "description", "mandate", "starts_on", "ends_on", "currency", "visibility", "open_to_partners",
        "grew_from", *(f"title_{language}" for language in CONTENT_LANGUAGES),
    }
)  # fmt: skip
CURRENCIES = frozenset(list_currencies())


def checked_currency(code: str, field: str = "currency") -> str:
    """An ISO 4217 code in capitals; `Invalid` where there is no such currency."""
    code = code.strip().upper()
    if code not in CURRENCIES:
        raise Invalid(
            _("“%(code)s” is no currency code. Use the three letters of ISO 4217, for example USD, EUR or XOF.")
            % {"code": code},
            field=field,
        )
    return code


def check_plan(plan: Plan) -> None:
    if not any(getattr(plan, f"title_{language}") for language in CONTENT_LANGUAGES):
        raise Invalid(_("Give the plan a title."), field=f"title_{plan.language}")
    if plan.ends_on < plan.starts_on:
        raise Invalid(_("The end lies before the beginning. Correct one of the two dates."), field="ends_on")
    if plan.currency:
        plan.currency = checked_currency(plan.currency)
    if plan.visibility == Visibility.RESTRICTED:
        raise Invalid(_("Choose who may read this plan."), field="visibility")
    if plan.grew_from_id is not None and plan.grew_from_id == plan.pk:
        raise Invalid(_("A plan cannot grow from itself."), field="grew_from")


@transaction.atomic
def create_plan(by: Any, *, themes: Iterable[Any] = (), authors: Iterable[Any] = (), **fields: Any) -> Plan:
    """A draft. `authors`: institutions, or names of organizations."""
    if not may_make_plan(by):
        raise NotAllowed(_("Only the secretariat makes plans."))
    if unknown := set(fields) - FIELDS:
        raise ValueError(f"a plan has no field {unknown}")
    plan = Plan(made_by=by, **fields)
    check_plan(plan)
    plan.save()
    with without_history(plan):
        plan.themes.set(themes)
    write_authors(plan, authors)
    record(by, "plan.created", plan, title=str(plan))
    return plan


def write_authors(plan: Plan, authors: Iterable[Any]) -> None:
    plan.authors.all().delete()
    PlanAuthor.objects.bulk_create(
        PlanAuthor(
            plan=plan,
            order=place,
            institution=None if isinstance(author, str) else author,
            name=author.strip() if isinstance(author, str) else "",
        )
        for place, author in enumerate(authors)
        if not isinstance(author, str) or author.strip()
    )


@transaction.atomic
def edit_plan(
    by: Any,
    plan: Plan,
    version: int | None,
    *,
    themes: Iterable[Any] | None = None,
    authors: Iterable[Any] | None = None,
    **fields: Any,
) -> Plan:
    """Change a plan's own facts; `Conflict` where somebody else changed them since."""
    row = locked(plan, version, fields)
    if not may_edit_plan(by, row):
        raise NotAllowed(_("This plan can no longer be changed, or it is not yours to change."))
    if unknown := set(fields) - FIELDS:
        raise ValueError(f"a plan has no field {unknown}")
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    check_plan(row)
    if themes is not None:
        with without_history(row):
            row.themes.set(themes)
    if authors is not None:
        write_authors(row, authors)
    row.version += 1
    row.save()
    record(by, "plan.changed", row, fields=changed)
    return row


@transaction.atomic
def add_items(by: Any, plan: Plan, recommendations: Iterable[Recommendation]) -> int:
    """Take recommendations into the plan's scope; those that were left out come back. Returns how many are new in it."""
    row = locked(plan)
    if not may_edit_plan(by, row):
        raise NotAllowed(_("This plan can no longer be changed, or it is not yours to change."))
    return take_in(by, row, recommendations)


def take_in(by: Any, plan: Plan, recommendations: Iterable[Recommendation]) -> int:
    """The rows of `add_items`, for services that checked already. Only the State's own records that `by` may read."""
    wanted = {r.pk for r in recommendations}
    known = set(
        PlanItem.objects.filter(plan=plan, recommendation__in=wanted).values_list("recommendation_id", flat=True)
    )
    back = PlanItem.objects.filter(plan=plan, recommendation__in=wanted).exclude(left_out_because="")
    returned = list(back.values_list("recommendation_id", flat=True))
    back.update(left_out_because="", left_out_by=None, left_out_at=None)
    fresh = list(Recommendation.objects.own().visible_to(by).filter(pk__in=wanted - known).values_list("pk", flat=True))
    PlanItem.objects.bulk_create((PlanItem(plan=plan, recommendation_id=pk) for pk in fresh), ignore_conflicts=True)
    if fresh or returned:
        record(by, "plan.recommendations_added", plan, recommendations=sorted([*fresh, *returned]))
    return len(fresh) + len(returned)


@transaction.atomic
def leave_out(by: Any, plan: Plan, recommendations: Iterable[Recommendation], reason: str) -> int:
    """The plan does not answer these, because; they stay on its coverage page. Refused for one that a measure serves."""
    row = locked(plan)
    if not may_edit_plan(by, row):
        raise NotAllowed(_("This plan can no longer be changed, or it is not yours to change."))
    reason = required(reason, _("Say why the plan does not answer this recommendation."), "reason")
    wanted = [r.pk for r in recommendations]
    served = row.measures.standing().filter(recommendations__in=wanted).order_by("outcome__number", "number").first()  # type: ignore[attr-defined]
    if served is not None:
        raise Invalid(
            _("Measure %(code)s serves this recommendation. Take it off the measure first.") % {"code": served.code}
        )
    items = PlanItem.objects.filter(plan=row, recommendation__in=wanted, left_out_because="")
    left = sorted(items.values_list("recommendation_id", flat=True))
    items.update(left_out_because=reason, left_out_by=by, left_out_at=timezone.now())
    if left:
        record(by, "plan.recommendations_left_out", row, recommendations=left, reason=reason)
    return len(left)


@transaction.atomic
def set_published(by: Any, plan: Plan, public: bool, *, version: int | None = None) -> Plan:
    """Show the plan on the public pages, or take it off them. Only a plan that was approved is shown."""
    row = locked(plan, version)
    if not may_publish(by, row):
        raise NotAllowed(_("Only the secretariat publishes plans."))
    if public and not row.editions.exists():
        raise Invalid(_("Record the approval first: only an approved plan is published."))
    row.published_at = (row.published_at or timezone.now()) if public else None
    row.visibility = Visibility.PUBLIC if public else Visibility.INSTITUTIONS
    row.version += 1
    row.save()
    record(by, "plan.published" if public else "plan.unpublished", row)
    return row


@transaction.atomic
def move_plan(by: Any, plan: Plan, to: str, reason: str = "") -> Plan:
    """End, withdraw, or take a withdrawn plan up again as a draft. Approval has a service of its own."""
    row = locked(plan)
    if not may_make_plan(by):
        raise NotAllowed(_("Only the secretariat makes plans."))
    if to == PlanState.APPROVED or to not in PLAN_STEPS[row.state]:
        raise Invalid(
            _("A plan that is “%(state)s” cannot become “%(next)s”.")
            % {"state": row.get_state_display(), "next": PlanState(to).label}
        )
    if to == PlanState.WITHDRAWN:
        reason = required(reason, _("Say why the plan is withdrawn."), "reason")
    row.state = to
    row.version += 1
    row.save()
    record(by, f"plan.{to}", row, reason=reason)
    return row
