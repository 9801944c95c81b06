"""Who may do what with laws, policies and other instruments."""

from typing import Any

from mutabaa.accounts.policies import is_contributor, is_secretariat, is_statistician
from mutabaa.institutions.policies import institution_ids, writes_for
from mutabaa.norms.models import Instrument


def may_record(person: Any) -> bool:
    """The secretariat, and the people of an institution for what it adopted."""
    return is_secretariat(person) or bool(institution_ids(person))


def may_record_for(person: Any, institution_id: int | None) -> bool:
    return is_secretariat(person) or (institution_id is not None and writes_for(person, institution_id))


def may_edit(person: Any, instrument: Instrument) -> bool:
    """Its words and its links."""
    return may_record_for(person, instrument.adopted_by_id)


def may_see_history(person: Any) -> bool:
    """Who changed what is for those who work in the State."""
    return is_secretariat(person) or is_contributor(person) or is_statistician(person)


def may_set_visibility(person: Any) -> bool:
    """What an institution records is open to institutions; only the secretariat makes it public or withdraws it."""
    return is_secretariat(person)
