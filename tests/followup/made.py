"""Factories of follow-up: an assigned item, a draft, what statuses mean, small files."""

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mutabaa.followup import services
from mutabaa.followup.models import StatusCriterion, Update
from mutabaa.institutions.models import FocalPoint, Institution
from mutabaa.mechanisms.models import Grade, GradingScale
from mutabaa.recommendations.models import Recommendation
from tests import world


def assigned(by: Any, institution: Institution, role: str = "lead", **fields: Any) -> Recommendation:
    item = world.recommendation(**fields)
    services.assign(by, recommendations=[item], institution=institution, role=role)
    item.refresh_from_db()
    return item


def draft(by: Any, item: Recommendation, institution: Institution, **fields: Any) -> Update:
    update = services.start_update(by, item, institution)
    return services.save_update(by, update, update.version, **{"what_was_done": "A clinic was opened."} | fields)


def without_validating_authority(institution: Institution) -> None:
    FocalPoint.objects.filter(institution=institution, kind=FocalPoint.Kind.VALIDATING).delete()


def approved(people: Any, item: Recommendation, **fields: Any) -> Update:
    update = services.submit_update(people.focal, draft(people.focal, item, people.health, **fields))
    return services.approve_update(people.validating, update)


def published(people: Any, item: Recommendation, status: str = "", **fields: Any) -> Update:
    return services.publish_update(people.secretariat, approved(people, item, **fields), status=status)


def criterion(status: str, text: str = "", **fields: Any) -> StatusCriterion:
    defaults = {"criterion_en": text or f"What {status} means.", "order": 1} | fields
    return StatusCriterion.objects.update_or_create(status=status, defaults=defaults)[0]


def grade(code: str = "B", scale: str = "crc", owner: str = "CRC", **dates: Any) -> Grade:
    defaults = {"assessor": owner, "name_en": "A–E"} | dates
    found = GradingScale.objects.get_or_create(code=scale, defaults=defaults)[0]
    return Grade.objects.get_or_create(scale=found, code=code, defaults={"name_en": "Partially satisfactory"})[0]


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


def upload(name: str = "decree.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def office(*parts: str, content_types: str = "<Types/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), content_types)
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part), "<x/>")
    return out.getvalue()
