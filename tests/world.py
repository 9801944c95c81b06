"""Factories whose defaults make a valid world: a fictitious State, its institutions, people of every role, records."""

import datetime as dt
import itertools
from types import SimpleNamespace
from typing import Any

from mutabaa.accounts.models import Role, User
from mutabaa.core.text import fingerprint, fold
from mutabaa.institutions.models import FocalPoint, Installation, Institution
from mutabaa.mechanisms.models import Document, Family, Mechanism
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import AffectedGroup, Sdg, State, Theme

PASSWORD = "correct horse battery"
counter = itertools.count(1)


def state(code: str = "XMU", **fields: Any) -> State:
    return State.objects.get_or_create(code=code, defaults={"name_en": f"State {code}", "iso2": code[:2]} | fields)[0]


def installation(**fields: Any) -> Installation:
    found = Installation.objects.first()
    return found or Installation.objects.create(
        **{"state": state(), "title_en": "Follow-up", "languages": ["en", "ar", "fr"], "reminder_days": [-7, 0, 7, 14]}
        | fields
    )


def institution(code: str = "", **fields: Any) -> Institution:
    code = code or f"institution-{next(counter)}"
    return Institution.objects.get_or_create(code=code, defaults={"name_en": code.replace("-", " ").title()} | fields)[
        0
    ]


def person(
    role: str = Role.SECRETARIAT, at: Institution | None = None, post: str = FocalPoint.Kind.MAIN, **fields: Any
) -> User:
    n = next(counter)
    user = User(email=f"{role}{n}@example.org", name=f"{role} {n}", role=role)
    for key, value in fields.items():
        setattr(user, key, value)
    user.password = "!"
    user.save()
    if at is not None:
        FocalPoint.objects.create(user=user, institution=at, kind=post)
    return user


def mechanism(code: str = "CRC", family: str = Family.TREATY_BODY, **fields: Any) -> Mechanism:
    return Mechanism.objects.get_or_create(
        code=code, defaults={"family": family, "name_en": f"Committee {code}", "short_en": code} | fields
    )[0]


def document(symbol: str = "CRC/C/XMU/CO/4", of: Mechanism | None = None, **fields: Any) -> Document:
    return Document.objects.get_or_create(
        symbol=symbol,
        mechanism=of or mechanism(),
        state=fields.pop("state", None) or state(),
        defaults={"published_on": dt.date(2022, 3, 1), "kind": "concluding_observations", "language": "en"} | fields,
    )[0]


def theme(code: str = "right-to-health", **fields: Any) -> Theme:
    return Theme.objects.get_or_create(code=code, defaults={"name_en": code.replace("-", " ").capitalize()} | fields)[0]


def group(code: str = "children", **fields: Any) -> AffectedGroup:
    return AffectedGroup.objects.get_or_create(code=code, defaults={"name_en": code.capitalize()} | fields)[0]


def sdg(code: str = "3") -> Sdg:
    goal = sdg(code.split(".")[0]) if "." in code else None
    return Sdg.objects.get_or_create(code=code, defaults={"name_en": f"Goal {code}", "goal": goal})[0]


def recommendation(text: str = "", in_document: Document | None = None, **fields: Any) -> Recommendation:
    """A public recommendation of the State's own table, assigned to nobody."""
    n = next(counter)
    installation()
    text = text or f"Take all necessary measures number {n} to reduce child mortality."
    source = in_document or document()
    tags = {key: fields.pop(key) for key in ("themes", "groups", "sdgs", "recommending_states") if key in fields}
    record = Recommendation.objects.create(
        **{
            "state": source.state,
            "document": source,
            "mechanism": source.mechanism,
            "paragraph": str(n),
            "text": text,
            "folded": fold(text),
            "text_key": fingerprint(text),
            "published_on": source.published_on,
            "year": source.published_on.year if source.published_on else None,
            "cycle": source.cycle,
        }
        | fields
    )
    for key, values in tags.items():
        getattr(record, key).set(values)
    return record


def people_of_every_role() -> SimpleNamespace:
    """health and justice with main, alternate and validating persons, and one person of every other role."""
    health, justice = institution("health"), institution("justice")
    installation()
    return SimpleNamespace(
        health=health,
        justice=justice,
        secretariat=person(Role.SECRETARIAT),
        administrator=person(Role.ADMINISTRATOR),
        statistician=person(Role.STATISTICIAN),
        nhri=person(Role.NHRI),
        cso=person(Role.CSO),
        parliament=person(Role.PARLIAMENT),
        focal=person(Role.CONTRIBUTOR, health),
        alternate=person(Role.CONTRIBUTOR, health, FocalPoint.Kind.ALTERNATE),
        validating=person(Role.CONTRIBUTOR, health, FocalPoint.Kind.VALIDATING),
        stranger=person(Role.CONTRIBUTOR, justice),
    )
