"""What a person says when asking for a report."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from mutabaa.core.wording import day_text, number_text
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.states import BatchState, Format
from mutabaa.mechanisms.models import Family
from mutabaa.recommendations.models import Recommendation
from mutabaa.reporting.policies import may_see_unpublished
from mutabaa.reporting.states import ReportForm, Section

CONTENTS = [
    ("public", gettext_lazy("Published content only: may be given to anyone")),
    ("internal", gettext_lazy("Also what is not published, as far as I may read it: for internal use")),
]


class DayInput(forms.DateInput):
    """The browser's own calendar, which always speaks ISO dates."""

    input_type = "date"

    def format_value(self, value: Any) -> str:
        return value.isoformat() if isinstance(value, dt.date) else str(value or "")


class AskingForm(forms.Form):
    """What every report is asked with."""

    as_of = forms.DateField(
        label=gettext_lazy("As of"),
        widget=DayInput,
        input_formats=["%Y-%m-%d"],
        help_text=gettext_lazy("Statuses, updates and assignments as they stood at the end of this day."),
        error_messages={"invalid": gettext_lazy("Write the date as year-month-day, such as 2026-06-30.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the report"), choices=settings.LANGUAGES)
    form = forms.ChoiceField(
        label=gettext_lazy("File"), choices=ReportForm.choices, widget=forms.RadioSelect, required=False
    )
    content = forms.ChoiceField(label=gettext_lazy("Content"), choices=CONTENTS, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, person: Any) -> None:
        super().__init__(data)
        today = timezone.localdate()
        self.initial.update({"as_of": today, "language": get_language(), "form": ReportForm.WORD, "content": "public"})
        self.fields["as_of"].widget.attrs["max"] = today.isoformat()
        if not may_see_unpublished(person):
            del self.fields["content"]

    def clean_as_of(self) -> dt.date:
        day: dt.date = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future. Choose today or an earlier day."))
        return day

    def clean_form(self) -> str:
        return self.cleaned_data["form"] or ReportForm.WORD

    @property
    def public_only(self) -> bool:
        return self.cleaned_data.get("content", "public") != "internal"


class StatusReportForm(AskingForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("Parts"),
        choices=Section.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one part of the report.")},
    )
    field_order = ["title", "as_of", "language", "form", "content", "sections"]

    def __init__(self, data: Any = None, *, person: Any, title: str) -> None:
        super().__init__(data, person=person)
        self.initial.update({"title": title[:200], "sections": Section.values})


class MatrixForm(AskingForm):
    source = forms.ChoiceField(label=gettext_lazy("Which document"))
    field_order = ["source", "as_of", "language", "form", "content"]

    def __init__(self, data: Any = None, *, person: Any) -> None:
        super().__init__(data, person=person)
        self.lists = {
            f"list-{batch.public_id}": batch
            for batch in ImportBatch.objects.filter(format=Format.UPR_LIST, state=BatchState.APPLIED)[:50]
        }
        rows = Recommendation.objects.in_scope(person).filter(mechanism__family=Family.UPR, cycle__isnull=False)
        self.cycles = {
            f"cycle-{cycle}": cycle for cycle in rows.order_by("-cycle").values_list("cycle", flat=True).distinct()
        }
        choices: list[Any] = []
        if self.lists:
            lists = [(key, list_name(batch)) for key, batch in self.lists.items()]
            choices.append((_("An imported thematic list, filled in"), lists))
        if self.cycles:
            cycles = [(key, _("Cycle %(cycle)s") % {"cycle": cycle}) for key, cycle in self.cycles.items()]
            choices.append((_("A new document with all recommendations of a cycle"), cycles))
        self.fields["source"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        """`source` or `cycle`, as the service takes them."""
        key = self.cleaned_data["source"]
        return {"source": self.lists[key]} if key in self.lists else {"cycle": self.cycles[key]}


def list_name(batch: ImportBatch) -> str:
    """`list.docx, imported on 3 May 2026: 212 recommendations`."""
    n = int(batch.counts.get("rows", 0))
    told = ngettext(
        "%(file)s, imported on %(day)s: %(shown)s recommendation",
        "%(file)s, imported on %(day)s: %(shown)s recommendations",
        n,
    )
    day = day_text(timezone.localtime(batch.created_at).date(), "medium")
    return told % {"file": batch.file_name, "day": day, "shown": number_text(n)}
