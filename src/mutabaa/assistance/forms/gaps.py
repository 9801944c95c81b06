"""Gaps and needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutabaa.assistance.forms.fields import VISIBLE, RecommendationBoxes, Words, offer
from mutabaa.assistance.models import Gap, Need
from mutabaa.assistance.policies import institutions_open_to, may_choose_readers
from mutabaa.institutions.models import Institution
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.taxonomy.models import Theme


class GapForm(forms.ModelForm):
    """`tickable`: the recommendations offered as boxes; those of a cluster are added by `cluster`."""

    description = Words(
        rows=5,
        label=gettext_lazy("What is lacking"),
        help_text=gettext_lazy("Which capacity, where, since when, and what it keeps from being done."),
    )
    evidence = Words(
        rows=3,
        label=gettext_lazy("Evidence"),
        required=False,
        help_text=gettext_lazy("Figures, reports, evaluations that show the gap, with their source."),
    )
    recommendations = RecommendationBoxes(
        queryset=Recommendation.objects.none(), label=gettext_lazy("Recommendations concerned"), required=False
    )
    cluster = forms.ModelChoiceField(
        queryset=Cluster.objects.none(),
        label=gettext_lazy("Add all recommendations of a cluster"),
        required=False,
        to_field_name="code",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Gap
        fields = (
            "title",
            "scope",
            "institution",
            "theme",
            "obstacles",
            "description",
            "evidence",
            "language",
            "visibility",
        )
        widgets = {"title": forms.TextInput(attrs={"dir": "auto"}), "obstacles": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, person: Any, tickable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        places = Institution.objects.filter(active=True)
        if (own := institutions_open_to(person)) is not None:
            places = places.filter(pk__in=own)
        fields: Any = self.fields
        fields["institution"].queryset = places
        fields["institution"].empty_label = _("none") if own is None else fields["institution"].empty_label
        fields["theme"].queryset = Theme.objects.order_by("order", "code")
        self.tickable = offer(fields["recommendations"], tickable)
        fields["cluster"].queryset = visible_clusters(person)
        if may_choose_readers(person):
            fields["visibility"].choices = VISIBLE
        else:
            del fields["visibility"]
        fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        """What the services take; the members of the chosen cluster that the person sees stand with the ticked ones."""
        data = {n: v for n, v in self.cleaned_data.items() if n not in ("version", "cluster")}
        ticked = list(data["recommendations"])
        if cluster := self.cleaned_data["cluster"]:
            ticked += Recommendation.objects.own().visible_to(self.person).filter(clusters=cluster)
        data["recommendations"] = list({r.pk: r for r in ticked}.values())
        data["obstacles"] = list(data["obstacles"])
        return data


class NeedForm(forms.ModelForm):
    description = Words(rows=4, label=gettext_lazy("What is needed"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Need
        fields = ("kind", "direction", "mode", "description")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        return {n: v for n, v in self.cleaned_data.items() if n != "version"}


class GapStateForm(forms.Form):
    state = forms.CharField(max_length=12)
    reason = Words(rows=3, required=False)
    version = forms.IntegerField(required=False)
