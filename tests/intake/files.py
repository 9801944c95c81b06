"""Files of outside sources, built in the test."""

import json
from pathlib import Path
from typing import Any

import xlsxwriter

from mutabaa.taxonomy.models import AffectedGroup, Sdg, State, Theme
from tests import world

STATES = {
    "PER": ("PE", "Peru"), "GAB": ("GA", "Gabon"), "CHL": ("CL", "Chile"), "KHM": ("KH", "Cambodia"), "CIV": ("CI", "Côte d'Ivoire"),
    "PSE": ("PS", "State of Palestine"), "BOL": ("BO", "Bolivia (Plurinational State of)"), "XMU": ("XM", "Mutabaland"),
}  # fmt: skip
NUMBERS = iter(range(1, 1_000_000))


def reference() -> None:
    """States, tags and mechanisms that the files below name; the installation is of XMU."""
    for code, (iso2, name) in STATES.items():
        State.objects.get_or_create(code=code, defaults={"iso2": iso2, "name_en": name})
    world.installation()
    for code, name in (("right-to-health", "Right to health"), ("right-to-education", "Right to education")):
        Theme.objects.get_or_create(code=code, defaults={"name_en": name})
    AffectedGroup.objects.get_or_create(code="children", defaults={"name_en": "Children"})
    for code in ("3", "3.7", "16", "16.b"):
        Sdg.objects.get_or_create(code=code)
    world.mechanism("CRC")
    world.mechanism("UPR", "upr")
    world.mechanism("SPT", confidential=True)
    world.mechanism("IE Albinism", "special_procedure")


def uuid(n: int) -> str:
    return f"00000000-0000-4000-8000-{n:012d}"


def record(**changes: Any) -> dict[str, Any]:
    """A treaty body's recommendation to the installation's State without any defect."""
    n = next(NUMBERS)
    return {
        "AnnotationId": uuid(n),
        "AnnotationType": "- Recommendations",
        "Body": "- CRC",
        "Countries": ["Mutabaland"],
        "AffectedPersons": ["Children"],
        "Themes": ["Right to health"],
        "Sdgs": ["3 - GOOD HEALTH AND WELL-BEING", "3.7 - Universal access to sexual and reproductive care"],
        "DocumentId": uuid(900_000),
        "Symbol": "CRC/C/XMU/CO/4",
        "PublicationDate": "2022-03-01T00:00:00",
        "PublicationDateOnUhri": "2022-03-21T10:53:45.827",
        "Text": f"The Committee recommends that the State party take measure number {n} to reduce the mortality of children.",
        "Regions": ["Africa"],
        "UprCycle": None,
        "UprSession": [],
        "UprPositions": [],
        "UprRecommendingCountry": [],
        "UprRecommendingRegions": [],
    } | changes


def upr(**changes: Any) -> dict[str, Any]:
    n = next(NUMBERS)
    return record(
        **{
            "Body": "- UPR",
            "Symbol": "A/HRC/46/15",
            "Text": f"26.{n} Continue the efforts of programme number {n} to end poverty in the country (Chile);",
            "UprCycle": "Cycle 3",
            "UprSession": ["36th Session"],
            "UprPositions": ["Supported"],
            "UprRecommendingCountry": ["Chile"],
        }
        | changes
    )


def json_file(folder: Path, rows: list[Any], name: str = "export.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


COLUMNS = {
    "Text": "Text", "Countries": "Countries Concerned", "Body": "Reccomending Body", "Symbol": "Document Symbol", "Themes": "Themes",
    "AffectedPersons": "Affected Persons", "Sdgs": "Sdgs", "PublicationDate": "Document Publication Date",
    "UprRecommendingCountry": "UPR Reccomending States", "UprPositions": "UPR Position", "AnnotationType": "Type",
    "AnnotationId": "OHCHR Annotation Id", "UprSession": "UPR Session", "Regions": "Regions Concerned",
    "UprRecommendingRegions": "Recommending Regions", "PublicationDateOnUhri": "Date of publication on UHRI",
}  # fmt: skip


def xlsx_file(folder: Path, rows: list[dict[str, Any]], columns: dict[str, str] | None = None) -> Path:
    """As UHRI writes it: one value per line inside a cell with "- " before each, dates as Excel serial numbers (44621 is 1 March 2022)."""
    columns = columns or COLUMNS
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Recommendations")
        sheet.write_row(0, 0, list(columns.values()))
        for i, row in enumerate(rows, 1):
            for j, key in enumerate(columns):
                value = row.get(key)
                if isinstance(value, list):
                    value = "\n".join(f"- {v}" for v in value)
                if key.startswith("PublicationDate"):
                    value = 44621 if key == "PublicationDate" else 44641.49
                if value:
                    sheet.write(i, j, value)
    return path
