"""What changes institutions, posts and the installation itself."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mutabaa.accounts import services as accounts
from mutabaa.accounts.models import Role, User
from mutabaa.accounts.policies import may_manage_people
from mutabaa.audit.services import record
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.institutions.models import FocalPoint, Installation, Institution
from mutabaa.institutions.policies import may_change_settings, may_hand_over, may_manage_institutions

INSTITUTION_FIELDS = [
    *(f"name_{language}" for language in CONTENT_LANGUAGES),
    *(f"short_{language}" for language in CONTENT_LANGUAGES),
    "branch",
    "level",
    "parent",
    "active",
]
SETTING_FIELDS = [
    *(f"title_{language}" for language in CONTENT_LANGUAGES),
    *(f"mandate_{language}" for language in CONTENT_LANGUAGES),
    "languages",
    "host",
    "contact_email",
    "stale_after_days",
    "default_visibility",
    "reminder_days",
]


@transaction.atomic
def set_up(
    *,
    state: Any,
    languages: list[str],
    title: str = "",
    host_name: str = "",
    admin_email: str = "",
    admin_password: str | None = None,
) -> Installation:
    """The first rows of a new installation: called once, by the command line.

    Raises `Invalid` when there is one already. Without `admin_email` no account is made.
    """
    if Installation.objects.exists():
        raise Invalid(_("This installation is already set up."))
    main = languages[0]
    host = None
    if host_name:
        host = Institution.objects.create(
            code=free_code(host_name), branch=Institution.Branch.EXECUTIVE, **{f"name_{main}": host_name}
        )
    installation = Installation.objects.create(
        state=state,
        languages=languages,
        host=host,
        contact_email=admin_email,
        reminder_days=[-7, 0, 7, 14],
        default_visibility=Visibility.PUBLIC,
        **({f"title_{main}": title} if title else {}),
    )
    record(None, "installation.set_up", installation, state=state.pk)
    if admin_email:
        accounts.create_account(
            None, email=admin_email, name=admin_email.split("@")[0], role=Role.ADMINISTRATOR, password=admin_password
        )
    return installation


def free_code(name: str) -> str:
    """A short stable code from a name: `ministry-of-justice`, with a number where it is taken."""
    base = slugify(name)[:50] or "institution"
    code, n = base, 1
    while Institution.objects.filter(code=code).exists():
        n += 1
        code = f"{base}-{n}"
    return code


@transaction.atomic
def create_institution(by: Any, **fields: Any) -> Institution:
    if not may_manage_institutions(by):
        raise NotAllowed(_("Only the secretariat keeps the list of institutions."))
    row = Institution(**_known(fields, INSTITUTION_FIELDS))
    _check_institution(row)
    row.code = free_code(row.name)
    row.save()
    record(by, "institution.created", row, name=row.name)
    return row


@transaction.atomic
def change_institution(by: Any, institution: Institution, *, version: int, **fields: Any) -> Institution:
    """Raises `Conflict` when somebody saved since `version`."""
    if not may_manage_institutions(by):
        raise NotAllowed(_("Only the secretariat keeps the list of institutions."))
    row = Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    changed = _apply(row, version, _known(fields, INSTITUTION_FIELDS))
    _check_institution(row)
    if changed:
        row.save()
        record(by, "institution.changed", row, fields=changed)
    return row


def _check_institution(row: Institution) -> None:
    if not row.name:
        raise Invalid(_("Give the institution a name in at least one language."), field="name_en")
    above, seen = row.parent, {row.pk}
    while above is not None:
        if above.pk in seen:
            raise Invalid(_("An institution cannot be part of itself."), field="parent")
        seen.add(above.pk)
        above = above.parent


def _known(fields: dict[str, Any], names: list[str]) -> dict[str, Any]:
    unknown = set(fields) - set(names)
    if unknown:
        raise TypeError(f"unknown fields: {', '.join(sorted(unknown))}")
    return fields


def _apply(row: Any, version: int, fields: dict[str, Any]) -> list[str]:
    """Set the fields and raise the version; the names of those that differ."""
    if row.version != version:
        raise Conflict(_("Somebody else changed this since you opened the form."), current=row, mine=fields)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.version += 1
    return changed


@transaction.atomic
def invite(
    by: Any,
    *,
    email: str,
    name: str,
    role: str,
    language: str = "",
    institution: Institution | None = None,
    kind: str = "",
) -> User:
    """An account with, for a contributor, a post; the person gets a link to set a password."""
    if not may_manage_people(by):
        raise NotAllowed(_("Only an administrator gives accounts."))
    if role == Role.CONTRIBUTOR and institution is None:
        raise Invalid(_("A contributor works for an institution: choose one."), field="institution")
    user = accounts.create_account(by, email=email.strip().lower(), name=name.strip(), role=role, language=language)
    if role == Role.CONTRIBUTOR and institution is not None:
        give_post(by, user, institution, kind or FocalPoint.Kind.MAIN)
    accounts.send_invitation(by, user)
    return user


def give_post(by: Any, user: User, institution: Institution, kind: str) -> FocalPoint:
    """Call it in the transaction of the deed that checked the policy."""
    if kind not in FocalPoint.Kind.values:
        raise Invalid(_("There is no such post."), field="kind")
    if FocalPoint.objects.filter(user=user, institution=institution, kind=kind, until=None).exists():
        raise Invalid(_("This person holds this post already."), field="kind")
    post = FocalPoint.objects.create(user=user, institution=institution, kind=kind, since=timezone.localdate())
    record(by, "post.given", post, user=user.pk, institution=institution.code, kind=kind)
    return post


@transaction.atomic
def appoint(by: Any, user: User, institution: Institution, kind: str) -> FocalPoint:
    """A further post for somebody who has an account."""
    if not may_manage_people(by):
        raise NotAllowed(_("Only an administrator gives posts."))
    if user.role != Role.CONTRIBUTOR or not user.is_active:
        raise Invalid(_("Only a contributor with an open account can hold a post."), field="user")
    return give_post(by, user, institution, kind)


@transaction.atomic
def end_post(by: Any, post: FocalPoint) -> None:
    """The person loses access to the institution's items at once; without any other post the account is closed."""
    if not may_manage_people(by):
        raise NotAllowed(_("Only an administrator ends posts."))
    _end(by, FocalPoint.objects.select_for_update(no_key=True).select_related("user").get(pk=post.pk))


def _end(by: Any, post: FocalPoint) -> None:
    if post.until is not None:
        raise Invalid(_("This post has ended already."))
    post.until = timezone.localdate()
    post.save(update_fields=["until", "updated_at"])
    record(by, "post.ended", post, user=post.user_id, institution=post.institution.code, kind=post.kind)
    if post.user.role == Role.CONTRIBUTOR and not post.user.posts.filter(until=None).exists():
        accounts.close(by, post.user)
    else:
        accounts.end_sessions(post.user)


@transaction.atomic
def hand_over(by: Any, post: FocalPoint, *, email: str, name: str, language: str = "") -> User:
    """One act (T-110): the successor gets the post and with it the institution's work; the predecessor's post ends,
    and with the last post the account and every session. A successor without an account is invited."""
    post = FocalPoint.objects.select_for_update(no_key=True).select_related("user", "institution").get(pk=post.pk)
    if not may_hand_over(by, post):
        raise NotAllowed(_("Only an administrator hands over a post."))
    email = email.strip().lower()
    if email == post.user.email:
        raise Invalid(_("Successor and predecessor are the same person."), field="email")
    successor = User.objects.filter(email__iexact=email).first()
    if successor is None:
        successor = accounts.create_account(
            by, email=email, name=name.strip(), role=Role.CONTRIBUTOR, language=language
        )
        accounts.send_invitation(by, successor)
    elif successor.role != Role.CONTRIBUTOR:
        raise Invalid(_("The account with this e-mail address has another role."), field="email")
    elif not successor.is_active:
        raise Invalid(_("The account with this e-mail address is closed. Reopen it first."), field="email")
    _end(by, post)
    new = give_post(by, successor, post.institution, post.kind)
    record(by, "post.handed_over", new, predecessor=post.user_id, successor=successor.pk)
    return successor


@transaction.atomic
def change_settings(by: Any, *, version: int, **fields: Any) -> Installation:
    """Raises `Conflict` when somebody saved since `version`."""
    if not may_change_settings(by):
        raise NotAllowed(_("Only an administrator changes the settings."))
    row = Installation.objects.select_for_update(no_key=True).get()
    changed = _apply(row, version, _known(fields, SETTING_FIELDS))
    if not row.languages:
        raise Invalid(_("Choose at least one language."), field="languages")
    if changed:
        row.save()
        record(by, "installation.changed", row, fields=changed)
    return row
