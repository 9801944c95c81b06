"""The plan as a file: the publication as Word or PDF, its measures as a table."""

import tempfile
from typing import Any

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _

from mutabaa.core.downloads import download
from mutabaa.core.errors import Invalid
from mutabaa.core.exports import TYPES
from mutabaa.core.typesetting import NotPrinted
from mutabaa.plans.models import Plan
from mutabaa.plans.publication.document import publish
from mutabaa.plans.publication.facts import facts_of
from mutabaa.plans.publication.table import plan_sheet

FORMS = ("docx", "pdf", "xlsx", "csv", "json")


def plan_file(plan: Plan, person: Any, form: str, *, inside: bool) -> HttpResponseBase:
    """`plan`: a row of `for_publication`. 404 for an unknown form; `Invalid` where the PDF could not be printed."""
    name = slugify(str(plan), allow_unicode=True)[:80] or "plan"
    if form not in FORMS:
        raise Http404
    if form not in {"docx", "pdf"}:
        return download(plan_sheet(facts_of(plan, person, inside=inside)), name, form)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it was sent
    try:
        publish(plan, person, form, inside=inside).save(file)
    except NotPrinted as fault:
        raise Invalid(_("The PDF could not be made just now. Try again later, or take Word.")) from fault
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{form}", content_type=TYPES[form])
