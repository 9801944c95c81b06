"""OHCHR's thematic list as it came in, with its last column filled in: the same document, and nothing else changed.

Only the main part of the package is written anew, and in it only cells of the last column that were empty; every other
part goes over byte for byte. What a person wrote into a cell before the import stays.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import quoteattr

import docx
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from mutabaa.core.errors import Invalid
from mutabaa.core.publication import Para, Span, is_rtl, legal
from mutabaa.core.word import text_markup
from mutabaa.core.word_styles import language_mark
from mutabaa.intake import upr_list
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.messages import explain
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.reading import path_of
from mutabaa.intake.services import sha256_of
from mutabaa.intake.states import Format
from mutabaa.recommendations.states import Status
from mutabaa.reporting.as_of import AsOf
from mutabaa.reporting.facts import CHUNK, Facts, Item
from mutabaa.reporting.item_rows import done, status
from mutabaa.reporting.models import GeneratedReport

Progress = Callable[[int], None]
Place = tuple[int, int]
OURS = re.compile(r"assessment|comment|implementation", re.IGNORECASE)
COUNTED = ("filled", "nothing_said", "not_found", "occupied")
# What follows `w:bidi` among the properties of a paragraph, in the order of the schema.
AFTER_BIDI = tuple(
    f"w:{name}"
    for name in [
        "adjustRightInd",
        "snapToGrid",
        "spacing",
        "ind",
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    ]
)
ENOUGH = {"p", "tcPr"}


def write(report: GeneratedReport, file: IO[bytes], progress: Progress) -> dict[str, int]:
    """Fill the list of the report's import in, in the active language. Returns the rows of each outcome of `COUNTED`.

    Raises `Invalid` where the imported file is gone, was changed, or has no column for the State.
    """
    batch, path = source(report)
    document = docx.Document(str(path))
    rows = list(places(document))
    if not rows:
        raise Invalid(_("The list has no column for the State’s assessment."))
    progress(5)
    records = {(row.table_index, row.row_index): row.recommendation_id for row in batch.list_rows.all()}
    items = items_of(report, set(records.values()), progress)
    language = (get_language() or "en")[:2]
    counts = dict.fromkeys(COUNTED, 0)
    for place, cell, letters in rows:
        item = items.get(records.get(place, 0))
        counts[put(cell, item, letters, language)] += 1
    progress(90)
    part = document.part.partname.lstrip("/")
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for info in given.infolist():
            changed = info.filename == part
            out.writestr(info, serialize_part_xml(document.element) if changed else given.read(info))
    return counts


def source(report: GeneratedReport) -> tuple[ImportBatch, Path]:
    """The import and its file, which must be what was imported: rows are found again by their number."""
    batch = ImportBatch.objects.filter(pk=report.source_import or 0, format=Format.UPR_LIST).first()
    if batch is None:
        raise Invalid(_("The import of this list is not there any more."))
    path = path_of(batch)
    if not path.is_file() or (batch.sha256 and sha256_of(path) != batch.sha256):
        raise Invalid(
            _("%(file)s is not where it was imported from, or was changed since. Import the list again.")
            % {"file": batch.file_name}
        )
    try:
        upr_list.check(path)
    except BadFile as fault:
        raise Invalid(explain(fault, batch.file_name)) from fault
    return batch, path


def places(document: Any) -> Iterator[tuple[Place, Any, Any]]:
    """Of each recommendation of the list: its place, its cell in the State's column, and the letters to write it in."""
    tables = [table._tbl.tr_lst for table in document.tables]
    columns = [column_of(rows) for rows in tables]
    for table, row, texts in upr_list.table_rows(document):
        column = columns[table]
        if column is None or upr_list.heading_of(texts) is not None or not (texts and texts[0].strip()):
            continue
        cells = cells_by_column(tables[table][row])
        yield (table, row), cells.get(column), letters_of(tables[table][row], cells.get(column))


def column_of(rows: list[Any]) -> int | None:
    """Where the heading row has the State's column: the one that names assessment, comments or implementation."""
    for row in rows[:3]:
        texts = upr_list.row_texts(row)
        joined = " ".join(texts).lower()
        if "recommendation" in joined and "position" in joined:
            starts = list(cells_by_column(row))
            named = [place for place, text in zip(starts, texts, strict=True) if OURS.search(text)]
            return named[-1] if named else (starts[-1] if len(starts) > 3 else None)
    return None


def cells_by_column(row: Any) -> dict[int, Any]:
    """Cells by the grid column in which they begin: merged cells cover several."""
    out, at = {}, 0
    for cell in row.tc_lst:
        out[at] = cell
        at += cell.grid_span
    return out


def items_of(report: GeneratedReport, pks: set[int], progress: Progress) -> dict[int, Item]:
    """Those of the records that the report may tell of, at its date."""
    facts = Facts(AsOf.on(report.as_of), report.created_by, report.public_only)
    allowed = sorted(facts.rows().filter(pk__in=pks).values_list("pk", flat=True))
    out: dict[int, Item] = {}
    for start in range(0, len(allowed), CHUNK):
        out |= {item.record.pk: item for item in facts.items(allowed[start : start + CHUNK])}
        progress(5 + round(80 * len(out) / len(allowed)))
    return out


def put(cell: Any, item: Item | None, letters: str, language: str) -> str:
    """Fill one cell in. Returns the outcome; a cell that holds anything already is left as it is."""
    if cell is None or any(child.tag.rpartition("}")[2] not in ENOUGH for child in cell) or has_content(cell):
        return "occupied"
    if item is None:
        return "not_found"
    if item.status == Status.NOT_ASSESSED and not item.updates:
        return "nothing_said"
    paragraph = cell.p_lst[0]
    for empty in cell.p_lst[1:]:
        cell.remove(empty)
    for blank in paragraph.r_lst:
        paragraph.remove(blank)
    model = deepcopy(paragraph.pPr) if paragraph.pPr is not None else None
    for number, para in enumerate([*status(item), *done(item)]):
        if number:
            following = OxmlElement("w:p")
            if model is not None:
                following.append(deepcopy(model))
            paragraph.addnext(following)
            paragraph = following
        write_paragraph(paragraph, para, letters, language)
    return "filled"


def has_content(cell: Any) -> bool:
    merged_above = cell.vMerge == "continue"
    return merged_above or bool(
        "".join(cell.itertext()).strip() or next(cell.iter(qn("w:drawing"), qn("w:pict"), qn("w:object")), None)
    )


def write_paragraph(paragraph: Any, para: Para, letters: str, around: str) -> None:
    language = para.language or around
    form = paragraph.get_or_add_pPr()
    for stated in form.findall(qn("w:bidi")):
        form.remove(stated)
    if is_rtl(language):
        form.insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
    spans = [para.spans] if isinstance(para.spans, str | Span) else para.spans
    for span in spans:
        paragraph.append(run(span if isinstance(span, Span) else Span(span), letters, language))


def run(span: Span, letters: str, around: str) -> Any:
    """A run in the letters of the list; order of its properties as the schema has it."""
    language = span.language or around
    text = legal(span.text)
    if span.symbol and is_rtl(around):
        text = f"\u2066{text}\u2069"
    fonts, _between, size = letters.partition("|")
    properties = "".join(
        (
            fonts,
            "<w:b/><w:bCs/>" if span.bold else "",
            "<w:i/><w:iCs/>" if span.italic else "",
            f'<w:color w:val="{span.colour}"/>' if span.colour else "",
            size,
            "<w:rtl/>" if is_rtl(language) and not span.symbol else "",
            language_mark(language),
        )
    )
    return parse_xml(f"<w:r {nsdecls('w')}><w:rPr>{properties}</w:rPr>{text_markup(text)}</w:r>")


def letters_of(row: Any, cell: Any) -> str:
    """Font and size as a person typing there would get them: of the empty paragraph, else of the row's first words.

    Markup of the font, a bar, markup of the size: other properties stand between the two.
    """
    paragraph = cell.p_lst[0] if cell is not None and cell.p_lst else None
    first = next(row.iter(qn("w:r")), None)
    for holder in (None if paragraph is None else paragraph.pPr, first):
        found = None if holder is None else holder.find(qn("w:rPr"))
        if found is not None and found.find(qn("w:rFonts")) is None and found.find(qn("w:sz")) is None:
            continue
        if found is not None:
            fonts, size, complex_size = (alone(found.find(qn(name))) for name in ("w:rFonts", "w:sz", "w:szCs"))
            return f"{fonts}|{size}{complex_size}"
    return "|"


def alone(element: Any) -> str:
    """An empty element of Word's namespace as markup, without the other namespaces of the document."""
    if element is None:
        return ""
    space, _brace, name = element.tag.rpartition("}")
    pairs = [(key.rpartition("}")[2], value) for key, value in element.attrib.items() if key.startswith(space)]
    return f"<w:{name}{''.join(f' w:{key}={quoteattr(value)}' for key, value in pairs)}/>"
