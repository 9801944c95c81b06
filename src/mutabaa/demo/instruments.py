"""Laws, policies and other instruments of the fictitious State, linked with what they carry out."""

import datetime as dt
from typing import Any

from mutabaa.core.models import names
from mutabaa.institutions.models import Institution
from mutabaa.norms.services import create_instrument
from mutabaa.recommendations.models import Recommendation

KEPT = ("kind", "state", "citation", "language", "summary", "visibility")


def record_instruments(
    secretariat: Any, rows: dict[tuple[str, str], Recommendation], entries: list[dict[str, Any]]
) -> None:
    """Each bears the themes of the recommendations that it carries out."""
    places = {i.code: i for i in Institution.objects.all()}
    for entry in entries:
        carried = [rows[document, paragraph] for document, paragraph in entry["recommendations"]]
        themes = {theme.pk: theme for row in carried for theme in row.themes.all()}
        create_instrument(
            secretariat,
            recommendations=carried,
            themes=themes.values(),
            adopted_by=places[entry["adopted_by"]],
            **{f"{when}_on": day(entry[f"{when}_on"]) for when in ("adopted", "in_force")},
            **{name: entry[name] for name in KEPT},
            **names(entry["title"], "title"),
        )


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
