"""The forms of follow-up. They check shape; the services check sense and permission."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.followup.models import ExternalAssessment, Obstacle, StatusCriterion, Update
from mutabaa.followup.services.updates import WIDER
from mutabaa.institutions.models import Institution
from mutabaa.mechanisms.models import Grade
from mutabaa.recommendations.models import LANGUAGES, Responsibility
from mutabaa.recommendations.states import Status

VISIBLE = [(v, Visibility(v).label) for v in WIDER]


class Day(forms.DateField):
    """A date by the browser's own control; typed as 2026-05-31 where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Words(forms.CharField):
    def __init__(self, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), max_length=30_000, **kwargs)


class AssignForm(forms.Form):
    institution = forms.ModelChoiceField(queryset=Institution.objects.none(), label=gettext_lazy("Institution"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Responsibility.Role, initial=Responsibility.Role.LEAD)
    due_on = Day(label=gettext_lazy("Due date"), required=False)
    note = Words(rows=3, label=gettext_lazy("Note to the institution"), required=False)

    def __init__(self, *args: Any, components: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.filter(active=True)  # type: ignore[attr-defined]
        if components:
            self.fields["component"] = forms.ModelChoiceField(
                queryset=components, required=False, label=_("Component"), empty_label=_("The whole recommendation")
            )


class RequestForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    due_on = Day(label=gettext_lazy("Due date"))
    message = Words(rows=4, label=gettext_lazy("What the institutions should know"), required=False)
    institutions = forms.ModelMultipleChoiceField(
        queryset=Institution.objects.none(),
        label=gettext_lazy("Institutions"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, responsible: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institutions"].queryset = responsible if responsible is not None else Institution.objects.none()  # type: ignore[attr-defined]


class ExtendForm(forms.Form):
    due_on = Day(label=gettext_lazy("New due date"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = Words(rows=3, label=gettext_lazy("Reason"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class UpdateForm(forms.Form):
    """What an institution did. Nothing is required for a draft; handing it in checks the rest."""

    what_was_done = Words(
        rows=8,
        label=gettext_lazy("What was done"),
        required=False,
        help_text=gettext_lazy(
            "Laws, decisions, programmes, training, budgets, results. Plain sentences; figures with their source."
        ),
    )
    done_from = Day(label=gettext_lazy("From"), required=False)
    done_until = Day(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Leave empty while it goes on.")
    )
    for_whom = Words(
        rows=2,
        label=gettext_lazy("For whom"),
        required=False,
        help_text=gettext_lazy("The persons or groups who benefit, and how many where known."),
    )
    obstacles = forms.ModelMultipleChoiceField(
        queryset=Obstacle.objects.none(),
        label=gettext_lazy("Obstacles"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        to_field_name="code",
    )
    obstacle_text = Words(rows=3, label=gettext_lazy("Obstacles in words"), required=False)
    next_step = Words(
        rows=3, label=gettext_lazy("Next step"), required=False, help_text=gettext_lazy("What comes next, and when.")
    )
    proposed_status = forms.ChoiceField(label=gettext_lazy("Proposed status"), required=False)
    visibility = forms.ChoiceField(label=gettext_lazy("Who may read this once it is published"), choices=VISIBLE)
    language = forms.ChoiceField(label=gettext_lazy("Language of this text"), choices=LANGUAGES)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, components: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["obstacles"].queryset = Obstacle.objects.all()  # type: ignore[attr-defined]
        self.fields["proposed_status"].choices = [("", _("No proposal")), *Status.choices]  # type: ignore[attr-defined]
        if components:
            self.fields["component"] = forms.ModelChoiceField(
                queryset=components, required=False, label=_("Component"), empty_label=_("The whole recommendation")
            )

    def values(self) -> dict[str, Any]:
        """What the services take: all fields but the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    @classmethod
    def initial_of(cls, update: Update) -> dict[str, Any]:
        names = [*cls.base_fields, "component"]
        return {n: getattr(update, n) for n in names if n != "obstacles"} | {"obstacles": list(update.obstacles.all())}


class EvidenceForm(forms.Form):
    evidence_title = forms.CharField(label=gettext_lazy("What it is"), max_length=200, required=False)
    evidence_file = forms.FileField(label=gettext_lazy("File"), required=False)
    evidence_url = forms.CharField(
        label=gettext_lazy("or link"), max_length=500, required=False, widget=forms.URLInput(attrs={"dir": "ltr"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence_file"].help_text = _(
            "PDF, Word (docx), Excel (xlsx), OpenDocument, PNG, JPEG, text or CSV, up to %(size)s MB."
        ) % {"size": settings.MAX_UPLOAD_BYTES // (1024 * 1024)}

    def given(self) -> bool:
        return bool(self.cleaned_data.get("evidence_file") or self.cleaned_data.get("evidence_url"))


class PublishForm(forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("Status of the recommendation"),
        required=False,
        help_text=gettext_lazy("What you confirm here is published with its date and the criterion in force."),
    )
    on = Day(label=gettext_lazy("Date of the status"), required=False)
    note = Words(rows=3, label=gettext_lazy("Note to the status"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [("", _("Leave the status as it is")), *Status.choices]  # type: ignore[attr-defined]
        self.fields["on"].initial = timezone.localdate()


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status)
    on = Day(label=gettext_lazy("Date"))
    note = Words(rows=3, label=gettext_lazy("Note"), required=False)
    internal = forms.BooleanField(
        label=gettext_lazy("Internal evaluation: not published, the published status stays as it is"), required=False
    )

    def __init__(self, *args: Any, components: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
        if components:
            self.fields["component"] = forms.ModelChoiceField(
                queryset=components, required=False, label=_("Component"), empty_label=_("The whole recommendation")
            )


class GradeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.scale} – {obj}"


class AssessmentForm(forms.Form):
    assessor = forms.ChoiceField(label=gettext_lazy("Assessor"))
    assessor_name = forms.CharField(
        label=gettext_lazy("Name of the assessor"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Left empty: the mechanism, or your own name."),
    )
    grade = GradeChoice(queryset=Grade.objects.none(), label=gettext_lazy("Grade, in the assessor's own scale"))
    on = Day(label=gettext_lazy("Date of the assessment"))
    round = forms.IntegerField(label=gettext_lazy("Round"), min_value=1, max_value=20, required=False)
    text = Words(rows=4, label=gettext_lazy("Text"), required=False)
    visibility = forms.ChoiceField(label=gettext_lazy("Who may read it"), choices=VISIBLE)

    def __init__(
        self,
        *args: Any,
        assessors: frozenset[str] = frozenset(),
        owners: Iterable[str] = (),
        components: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [c for c in ExternalAssessment.Assessor.choices if c[0] in assessors]
        self.fields["assessor"].choices = choices  # type: ignore[attr-defined]
        grades = Grade.objects.filter(scale__assessor__in=owners).select_related("scale")
        self.fields["grade"].queryset = grades.order_by("scale__assessor", "-scale__valid_from", "scale", "order")  # type: ignore[attr-defined]
        if components:
            self.fields["component"] = forms.ModelChoiceField(
                queryset=components, required=False, label=_("Component"), empty_label=_("The whole recommendation")
            )


class CommentForm(forms.Form):
    text = Words(rows=4, label=gettext_lazy("Your comment"))


class CriterionForm(forms.Form):
    """The criterion in each language of content, under the language's own name."""

    evidence_required = forms.BooleanField(label=gettext_lazy("This status needs evidence"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, criterion: StatusCriterion, **kwargs: Any) -> None:
        names = dict(LANGUAGES)
        super().__init__(*args, **kwargs)
        for language in CONTENT_LANGUAGES:
            self.fields[language] = Words(
                rows=3, label=names[language], required=False, initial=getattr(criterion, f"criterion_{language}")
            )
            tag = "zh-Hans" if language == "zh" else language
            self.fields[language].widget.attrs |= {"lang": tag, "dir": "rtl" if language == "ar" else "ltr"}
        self.fields["version"].initial = criterion.version
        self.fields["evidence_required"].initial = criterion.evidence_required

    def texts(self) -> dict[str, str]:
        return {language: self.cleaned_data[language] for language in CONTENT_LANGUAGES}
