"""A small published world: one record with everything on it, and the pages where it stands."""

import datetime as dt

from django.utils import timezone

from mutabaa.followup.models import (
    Comment,
    Evidence,
    ExternalAssessment,
    Obstacle,
    StatusCriterion,
    StatusEntry,
    Update,
)
from mutabaa.mechanisms.models import Grade, GradingScale
from mutabaa.recommendations.models import Cluster, Responsibility
from mutabaa.taxonomy.models import Right
from tests import world

DAY = dt.date(2024, 5, 6)


def full_record(text: str = "Adopt the law on child protection.", mark: str = "", **fields):
    """A record with translation, position, components, institutions, status, update, evidence, assessment, comment.

    `mark` is written into every text that hangs on the record, so that a test can look for it.
    """
    health, justice = world.institution("health"), world.institution("justice")
    theme = world.theme()
    theme.right = Right.objects.get_or_create(code="health", defaults={"name_en": "Right to health"})[0]
    theme.save()
    record = world.recommendation(
        f"{text} {mark}", themes=[theme], groups=[world.group()], sdgs=[world.sdg("3.2")],
        recommending_states=[world.state("XQA")], status="in_progress", status_on=DAY, lead=health, position="supported",
        last_update_on=timezone.localdate(), **fields,
    )  # fmt: skip
    author = world.person("secretariat")
    record.translations.create(language="fr", text=f"Adopter la loi. {mark}", folded="adopter la loi", official=True)
    record.positions.create(
        position="supported", text=f"The State supports it. {mark}", stated_on=DAY, document=record.document
    )
    record.components.create(label="a", text=f"Adopt. {mark}", status="implemented", institution=justice)
    Responsibility.objects.create(recommendation=record, institution=health, role="lead")
    Responsibility.objects.create(recommendation=record, institution=justice, role="partner")
    Cluster.objects.get_or_create(code="childhood", defaults={"title_en": "Childhood", "visibility": "public"})[
        0
    ].members.add(record)
    StatusCriterion.objects.get_or_create(
        status="in_progress", defaults={"criterion_en": "Measures have begun.", "criterion_ar": "بدأت التدابير."}
    )
    update = published_update(record, author, health, mark)
    StatusEntry.objects.create(
        recommendation=record, status="in_progress", on=DAY, criterion="Measures have begun.", note=f"Seen. {mark}", update=update,
        author=author,
    )  # fmt: skip
    scale = GradingScale.objects.get_or_create(
        code="crc", defaults={"assessor": "CRC", "name_en": "Scale of the Committee"}
    )[0]
    grade = Grade.objects.get_or_create(scale=scale, code="B", defaults={"name_en": "Partly satisfactory"})[0]
    ExternalAssessment.objects.create(
        recommendation=record, assessor="mechanism", assessor_name="The Committee", grade=grade, on=DAY, text=f"More is needed. {mark}",
        author=author,
    )  # fmt: skip
    Comment.objects.create(recommendation=record, author=world.person("nhri"), text=f"The budget is missing. {mark}")
    return record


def published_update(record, author, institution, mark="", **fields):
    update = Update.objects.create(
        **{
            "recommendation": record, "institution": institution, "state": "published", "author": author,
            "what_was_done": f"The bill was tabled. {mark}", "for_whom": f"Children {mark}", "obstacle_text": f"Few staff {mark}",
            "next_step": f"Second reading {mark}", "published_at": timezone.now(),
        } | fields
    )  # fmt: skip
    update.obstacles.add(Obstacle.objects.get_or_create(code="budget", defaults={"name_en": "Lack of funds"})[0])
    Evidence.objects.create(update=update, title=f"Bill No. 7 {mark}", url="https://example.org/bill", added_by=author)
    return update


def pages(record) -> list[str]:
    """Every public address that tells of the record in some way."""
    return [
        "/", "/about/", "/recommendations/", "/recommendations/?q=law", "/recommendations/?group_by=theme",
        "/recommendations/?group_by=institution&sort=updated", "/recommendations/?theme=right-to-health&status=in_progress",
        "/figures/", "/figures/?group_by=theme", "/figures/?group_by=status", "/figures/?group_by=year",
        "/figures/csv/", "/figures/json/?group_by=theme",
        "/themes/", "/themes/right-to-health/", "/groups/", "/groups/children/", "/institutions/", "/institutions/health/",
        "/mechanisms/", f"/mechanisms/{record.mechanism.code}/", "/documents/", f"/documents/{record.document_id}/", "/sdgs/", "/sdgs/3/",
        "/sdgs/3.2/", "/rights/", "/rights/health/", "/clusters/", "/clusters/childhood/",
    ]  # fmt: skip
