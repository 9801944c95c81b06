"""The register of what this State gives."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutabaa.assistance.models import Given
from mutabaa.assistance.policies import may_choose_readers, may_edit_given, may_record_given
from mutabaa.assistance.services.rows import changes_of, check_money, put, refuse_stale, write
from mutabaa.assistance.states import GivenKind
from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.services.rows import locked

FIRST_YEAR = 1948
OWN_ONLY = gettext_lazy("You record what your own institution gives.")


@transaction.atomic
def record_given(by: Any, **fields: Any) -> Given:
    if not may_choose_readers(by):
        fields.pop("visibility", None)
    row = Given(recorded_by=by, **fields)
    if not may_record_given(by, row.institution_id):
        raise NotAllowed(OWN_ONLY)
    check(row)
    row.save()
    record(by, "given.recorded", row, kind=row.kind, year=row.year, amount=row.amount, currency=row.currency)
    return row


@transaction.atomic
def change_given(by: Any, given: Given, version: int | None, **fields: Any) -> Given:
    """Raises `Conflict` where somebody else saved since `version`."""
    row = locked(given)
    if not may_edit_given(by, row):
        raise NotAllowed(OWN_ONLY)
    if not may_choose_readers(by):
        fields.pop("visibility", None)
    changes = changes_of(row, fields)
    if not changes:
        return row
    refuse_stale(row, version, fields)
    put(row, changes)
    if not may_edit_given(by, row):
        raise NotAllowed(OWN_ONLY)
    check(row)
    write(row, changes)
    record(by, "given.changed", row, fields=sorted(changes))
    return row


def check(row: Given) -> None:
    check_money(row.amount, row.currency)
    if not FIRST_YEAR <= row.year <= timezone.localdate().year + 1:
        raise Invalid(_("Write the year of the contribution, for example 2026."), field="year")
    if row.kind == GivenKind.CONTRIBUTION and row.fund_id is None and not row.recipient.strip():
        raise Invalid(_("Name the fund or programme."), field="fund")
    if row.kind != GivenKind.CONTRIBUTION and row.state_id is None and not row.recipient.strip():
        raise Invalid(_("Name the State, or write who received it."), field="recipient")
