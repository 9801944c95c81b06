"""Suggested tags, the models they come from, and which national theme stands for which of UHRI's."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_secretariat
from mutabaa.classification.states import TRAINING_TONE, Decision, Source, TagKind, TrainingState
from mutabaa.core.models import CONTENT_LANGUAGES, Timestamped
from mutabaa.recommendations.models import LANGUAGES, Recommendation
from mutabaa.taxonomy.models import AffectedGroup, Sdg, Theme


class Training(Timestamped):
    """One run over the labels that the installation holds; it makes a model for all languages and one per language with enough."""

    state = models.CharField(_("state"), max_length=10, choices=TrainingState, default=TrainingState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="per cent")
    message = models.TextField(blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("training")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_working(self) -> bool:
        return self.state in {TrainingState.WAITING, TrainingState.RUNNING}

    @property
    def tone(self) -> str:
        return TRAINING_TONE[self.state]


class TrainedModel(models.Model):
    """A version of what was learned. Nothing but `in_use` changes afterwards; old versions stay in the list.

    `figures`: kind → micro and macro F1 on the held-out part; `per_label`: the table behind them. `digest` is the SHA-256 of the
    file: another file under its name is not read.
    """

    training = models.ForeignKey(Training, models.CASCADE, related_name="models")
    language = models.CharField(
        _("language"), max_length=8, choices=LANGUAGES, blank=True, help_text="empty: every language"
    )
    texts = models.PositiveIntegerField(_("texts"), help_text="tagged texts it learned from")
    labels = models.PositiveIntegerField(_("labels"), help_text="tags on these texts")
    rejections = models.PositiveIntegerField(_("rejections"), default=0)
    held_out = models.PositiveIntegerField(_("held-out texts"), default=0)
    figures = models.JSONField(default=dict)
    per_label = models.JSONField(default=list)
    seconds = models.FloatField(default=0)
    file = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("model")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["language"], condition=Q(in_use=True), name="one_model_in_use_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.language or '*'}"

    def get_absolute_url(self) -> str:
        return reverse("classification:version", args=[self.pk])


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, person: Any) -> "SuggestionQuerySet":
        """The secretariat's working material, on records that the person may see."""
        if not is_secretariat(person):
            return self.none()
        return self.filter(recommendation__in=Recommendation.objects.visible_to(person).own())

    def with_names(self) -> "SuggestionQuerySet":
        """Each with `tag_name`, in the reader's language or English, read in the same query."""
        language = (get_language() or settings.LANGUAGE_CODE)[:2]
        column = f"name_{language}" if language in CONTENT_LANGUAGES else "name_en"

        def name_from(tags: Any) -> Any:
            rows = tags.objects.filter(code=OuterRef("code"))
            return Coalesce(NullIf(Subquery(rows.values(column)[:1]), Value("")), Subquery(rows.values("name_en")[:1]))

        kinds = {TagKind.THEME: Theme, TagKind.GROUP: AffectedGroup, TagKind.SDG: Sdg}
        whens = [When(kind=kind, then=name_from(tags)) for kind, tags in kinds.items()]
        return self.annotate(tag_name=Case(*whens, output_field=models.CharField()))

    def proposed(self) -> "SuggestionQuerySet":
        return self.filter(state=Decision.PROPOSED)


class Suggestion(Timestamped):
    """A tag proposed for a record, once per record, kind and code, and what a person decided."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="tag_suggestions")
    kind = models.CharField(max_length=10, choices=TagKind)
    code = models.CharField(max_length=60)
    score = models.FloatField(_("score"), help_text="0 to 1")
    words = models.JSONField(default=list, help_text="the words of the text that it rests on")
    source = models.CharField(max_length=10, choices=Source)
    model = models.ForeignKey(TrainedModel, models.PROTECT, null=True, related_name="suggestions")
    state = models.CharField(_("state"), max_length=10, choices=Decision, default=Decision.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = SuggestionQuerySet.as_manager()
    PERSONS_WORK = ~Q(state=Decision.PROPOSED)  # the others go with the record when an import is undone

    class Meta:
        verbose_name = _("suggested tag")
        verbose_name_plural = _("suggested tags")
        ordering = ["-score", "id"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "kind", "code"], name="suggestion_once")]
        indexes = [models.Index(fields=["state", "kind", "recommendation"], name="suggestion_triage")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.code} {self.score:.2f}"


class Looked(models.Model):
    """That suggestions were made for a record, of which text and by which training, so that none is looked at twice."""

    recommendation = models.OneToOneField(
        Recommendation, models.CASCADE, primary_key=True, related_name="looked_for_tags"
    )
    text_key = models.CharField(max_length=32)
    training = models.BigIntegerField(default=0, help_text="0: the keyword table")
    at = models.DateTimeField(auto_now=True)
    PERSONS_WORK = Q(pk__in=[])  # none

    def __str__(self) -> str:
        return f"{self.recommendation_id}"


class ThemeMapping(Timestamped):
    """A national theme says the same as one of UHRI's (T-208): a record with one is offered the other."""

    national = models.ForeignKey(Theme, models.CASCADE, related_name="mapped_to", verbose_name=_("national theme"))
    uhri = models.ForeignKey(Theme, models.CASCADE, related_name="mapped_from", verbose_name=_("theme of UHRI"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("mapping of themes")
        ordering = ["national__order", "national__code", "uhri__order"]
        constraints = [
            models.UniqueConstraint(fields=["national", "uhri"], name="theme_mapping_once"),
            models.CheckConstraint(condition=~Q(national=F("uhri")), name="theme_mapping_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.national} → {self.uhri}"
