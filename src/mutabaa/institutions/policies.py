"""Who speaks for which institution."""

from typing import Any

from mutabaa.accounts.policies import (
    is_administrator,
    is_contributor,
    is_secretariat,
    is_statistician,
    may_manage_people,
)
from mutabaa.institutions.models import FocalPoint


def posts_of(person: Any) -> list[FocalPoint]:
    """The open posts of a person. One query, remembered on the person object for the request."""
    if not getattr(person, "is_authenticated", False):
        return []
    if not hasattr(person, "_open_posts"):
        person._open_posts = list(person.posts.filter(until=None).select_related("institution"))
    return person._open_posts


def institution_ids(person: Any) -> set[int]:
    """The institutions whose items a contributor sees and writes (T-111)."""
    return {post.institution_id for post in posts_of(person)} if is_contributor(person) else set()


def writes_for(person: Any, institution_id: int) -> bool:
    """Main and alternate focal points enter updates; the validating authority may too."""
    return institution_id in institution_ids(person)


def validates_for(person: Any, institution_id: int) -> bool:
    return is_contributor(person) and any(
        post.institution_id == institution_id and post.kind == FocalPoint.Kind.VALIDATING for post in posts_of(person)
    )


def has_validating_authority(institution_id: int) -> bool:
    """One query."""
    return FocalPoint.objects.filter(
        institution_id=institution_id, until=None, kind=FocalPoint.Kind.VALIDATING, user__is_active=True
    ).exists()


def may_manage_institutions(person: Any) -> bool:
    return is_administrator(person) or is_secretariat(person)


def reads_all_institutions(person: Any) -> bool:
    """Records open to "institutions" are read whole by the secretariat and the statistician."""
    return is_secretariat(person) or is_statistician(person)


def may_hand_over(person: Any, post: FocalPoint) -> bool:
    return may_manage_people(person) and post.until is None


def may_change_settings(person: Any) -> bool:
    return is_administrator(person)


def is_validating_authority(person: Any) -> bool:
    """For any institution; asks for a second factor (security rule 7)."""
    return is_contributor(person) and any(post.kind == FocalPoint.Kind.VALIDATING for post in posts_of(person))
