"""What can be wrong with a file, in words that say where and what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutabaa.intake.files.faults import BadFile

FAULTS = {
    "empty": gettext_lazy("The file is empty."),
    "no_rows": gettext_lazy("The file holds no rows."),
    "wrong_kind": gettext_lazy("The content is “%(kind)s”, not what this import reads (%(wanted)s). The name of a file does not count."),
    "macros": gettext_lazy("The file holds macros. Save it as a plain .xlsx or .docx without macros and try again."),
    "truncated_zip": gettext_lazy("The file is damaged or was cut off: it begins like a workbook or document and does not end like one. Download or save it again."),
    "wide_encoding": gettext_lazy("The file is in UTF-16 or UTF-32. Save it as UTF-8 and try again."),
    "not_utf8": gettext_lazy("Row %(row)s (line %(line)s): the file is not in UTF-8. Save it as UTF-8 and try again."),
    "not_an_array": gettext_lazy("The file is not a list of records: a UHRI export begins with “[”."),
    "row_not_object": gettext_lazy("Row %(row)s is not a record with named fields."),
    "truncated_json": gettext_lazy("The file ends in the middle of row %(row)s: it was cut off. Download it again."),
    "malformed_json": gettext_lazy("Row %(row)s is not well-formed JSON: %(said)s"),
    "not_uhri": gettext_lazy("Row %(row)s has no field “%(field)s”: this is not an export of the Universal Human Rights Index."),
    "header_missing": gettext_lazy("No row names the columns (%(field)s). Export the file again, with its header."),
    "expands_too_much": gettext_lazy("The file would grow beyond %(limit_mb)s MB when unpacked, and was refused."),
    "doctype": gettext_lazy("The file holds a document type declaration, which no workbook or document needs, and was refused."),
    "damaged_xlsx": gettext_lazy("The workbook is damaged or was cut off (%(part)s). Open it in Excel or LibreOffice, save it again and retry."),
    "damaged_docx": gettext_lazy("The Word document is damaged or was cut off (%(part)s). Open it in a word processor, save it again and retry."),
    "no_list": gettext_lazy("The document holds no table with the columns “Recommendation” and “Position”."),
    "too_large": gettext_lazy("The file is larger than %(limit_mb)s MB."),
    "no_header": gettext_lazy("The table has no header: its first row must name the columns."),
    "no_mapping": gettext_lazy("The columns of this table are not known yet: say on the imports page what each of them holds, or give --mapping."),
    "unknown_mapping": gettext_lazy("There is no kept mapping with the name “%(name)s”."),
    "malformed_table": gettext_lazy("Line %(line)s of the table cannot be read: %(said)s"),
    "mapping_without_text": gettext_lazy("The mapping does not say which column holds the text of the recommendation."),
    "mapping_column_missing": gettext_lazy("The file has no column “%(field)s”, which the mapping expects."),
    "no_plan_table": gettext_lazy("No table was found whose header names at least three columns of a plan, such as outcome, measure, lead institution, due date. Give the table a header and try again."),
    "too_many_rows": gettext_lazy("The table has more than %(limit)s rows. Divide it and try again."),
    "strict_docx": gettext_lazy("The document is in the strict form of Word. Save it as an ordinary .docx and try again."),
    "wrong_document": gettext_lazy("The content is “%(kind)s”, not a document that can be read (%(wanted)s). The name of a file does not count."),
    "old_word": gettext_lazy("The file is a Word document of the old format, or one protected by a password. Open it in a word processor, save it as .docx without a password and try again."),
    "encrypted": gettext_lazy("The file is protected by a password. Save it without one and try again."),
    "damaged_pdf": gettext_lazy("The PDF is damaged or was cut off. Download or save it again."),
    "damaged_html": gettext_lazy("The HTML page is damaged and cannot be read. Save it again from the browser."),
    "scanned": gettext_lazy("The PDF holds pictures of pages and no text (%(pages)s pages). Look for the Word version, or run text recognition (OCR) over it first."),
    "too_many_pages": gettext_lazy("The document has %(pages)s pages; up to %(limit)s can be read. Split it and try again."),
    "too_much_text": gettext_lazy("The document holds more text than can be read at once. Split it and try again."),
    "no_text": gettext_lazy("The document holds no text."),
    "too_slow": gettext_lazy("Reading the document took longer than %(seconds)s seconds and was ended. Split it, or save it again, and try once more."),
    "too_heavy": gettext_lazy("Reading the document needed more than %(limit_mb)s MB of memory and was ended. Split it, or save it again, and try once more."),
    "unreadable_document": gettext_lazy("The document cannot be read: it is damaged, or built in a way that no reader understands. Save it again and try once more."),
    "not_found": gettext_lazy("There is no such file."),
    "unreadable": gettext_lazy("The file cannot be opened: %(said)s"),
}  # fmt: skip


def explain(fault: BadFile, file_name: str) -> str:
    """One sentence with the name of the file in front."""
    sentence = str(FAULTS.get(fault.code, fault.code)) % fault.details
    return _("%(file)s: %(sentence)s") % {"file": file_name, "sentence": sentence}
