"""One record per recommendation in the wide sense, used by everyone; its components, positions and clusters."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.core.models import Timestamped, Translated, Versioned, Visibility, public_id
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.mechanisms.models import Document, Mechanism
from mutabaa.recommendations.states import STATUS_TONE, Kind, Position, Priority, PriorityReason, Status
from mutabaa.taxonomy.models import AffectedGroup, Sdg, State, Theme

LANGUAGES = [
    ("en", "English"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("zh", "中文"),
]


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, person: Any) -> "RecommendationQuerySet":
        """The only way from a person to rows (security rule 1).

        Everyone reads what is public. The institutions responsible, the statistician and the secretariat read
        "institutions"; the secretariat reads "secretariat"; "restricted" is read by the persons named on the record.
        """
        seen = Q(visibility=Visibility.PUBLIC)
        if is_secretariat(person):
            seen |= Q(visibility__in=[Visibility.INSTITUTIONS, Visibility.SECRETARIAT])
        elif reads_all_institutions(person):
            seen |= Q(visibility=Visibility.INSTITUTIONS)
        elif is_contributor(person):
            mine = self.assigned_to_ids(institution_ids(person))
            seen |= Q(visibility=Visibility.INSTITUTIONS, pk__in=mine)
        if getattr(person, "is_authenticated", False):
            named = Recommendation.readers.through.objects.filter(user_id=person.pk).values("recommendation_id")
            seen |= Q(visibility=Visibility.RESTRICTED, pk__in=named)
        return self.filter(seen, withdrawn=False)

    @staticmethod
    def assigned_to_ids(institutions: set[int]) -> models.QuerySet[Any]:
        return Responsibility.objects.filter(institution_id__in=institutions).values("recommendation_id")

    def own(self) -> "RecommendationQuerySet":
        """The State's own table: other States' records, loaded for comparison, never mix with it."""
        return self.filter(own=True)

    def in_scope(self, person: Any) -> "RecommendationQuerySet":
        """What a person works on: all of the State's records, for a contributor those of the own institution."""
        rows = self.own().visible_to(person)
        if is_contributor(person):
            rows = rows.filter(pk__in=self.assigned_to_ids(institution_ids(person)))
        return rows

    def for_page(self) -> "RecommendationQuerySet":
        """With what every page of one record shows, and `has_positions`: two queries."""
        return (
            self.select_related("document", "mechanism", "state")
            .prefetch_related(models.Prefetch("components", Component.objects.select_related("institution")))
            .annotate(
                has_positions=models.Exists(PositionEntry.objects.filter(recommendation_id=models.OuterRef("pk")))
            )
        )

    def for_list(self) -> "RecommendationQuerySet":
        """With all that a table row shows: 3 queries whatever the number of rows."""
        return self.select_related("document", "mechanism", "lead").prefetch_related("themes", "recommending_states")


class Recommendation(Timestamped, Versioned):
    """One item, as its mechanism made it. `text` in `language` is the original and is never replaced by a translation."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    own = models.BooleanField(default=True, help_text="concerns the State of this installation")
    state = models.ForeignKey(State, models.PROTECT, related_name="recommendations", verbose_name=_("State"))
    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="recommendations", verbose_name=_("mechanism")
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="recommendations", verbose_name=_("document"))
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    kind = models.CharField(_("type"), max_length=30, choices=Kind, default=Kind.RECOMMENDATION)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, default="en")
    folded = models.TextField(
        editable=False, default="", help_text="text without case, accents and Arabic variants, for search"
    )
    text_key = models.CharField(max_length=32, editable=False, default="", db_index=True)
    published_on = models.DateField(_("date"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    cycle = models.PositiveSmallIntegerField(_("cycle"), null=True, blank=True)
    session = models.CharField(_("session"), max_length=60, blank=True)
    addressee = models.CharField(_("addressee"), max_length=200, blank=True)
    follow_up = models.BooleanField(_("selected for a follow-up procedure"), default=False)
    due_on = models.DateField(_("due date"), null=True, blank=True)

    position = models.CharField(_("position"), max_length=12, choices=Position, default=Position.NONE, blank=True)
    position_partial = models.BooleanField(_("partially"), default=False)
    recommending_states = models.ManyToManyField(
        State, related_name="recommendations_made", blank=True, verbose_name=_("recommending States")
    )
    themes = models.ManyToManyField(Theme, related_name="recommendations", blank=True, verbose_name=_("themes"))
    groups = models.ManyToManyField(
        AffectedGroup, related_name="recommendations", blank=True, verbose_name=_("affected groups")
    )
    sdgs = models.ManyToManyField(Sdg, related_name="recommendations", blank=True, verbose_name=_("SDGs"))

    # What follow-up writes through its services: one source for every list and figure.
    status = models.CharField(_("status"), max_length=30, choices=Status, default=Status.NOT_ASSESSED)
    status_on = models.DateField(_("status since"), null=True, blank=True)
    lead = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="led", verbose_name=_("lead institution")
    )
    last_update_on = models.DateField(_("last update"), null=True, blank=True)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, default=Priority.NONE, blank=True)
    priority_reason = models.CharField(
        _("reason of the priority"), max_length=30, choices=PriorityReason, default=PriorityReason.NONE, blank=True
    )
    priority_note = models.TextField(_("note on the priority"), blank=True)

    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="named_recommendations", blank=True, verbose_name=_("named readers")
    )
    withdrawn = models.BooleanField(_("withdrawn"), default=False, editable=False)

    source = models.CharField(_("source"), max_length=20, default="manual", editable=False)
    external_id = models.CharField(max_length=80, null=True, blank=True, unique=True, editable=False)
    source_digest = models.CharField(
        max_length=32, default="", editable=False, help_text="of the imported record, to see a change"
    )
    batch_id = models.BigIntegerField(
        null=True, editable=False, db_index=True, help_text="the import that created the record"
    )

    objects = RecommendationQuerySet.as_manager()
    # Status, lead and last update have histories of their own: judgements, assignments, updates.
    history = HistoricalRecords(
        m2m_fields=[themes, groups, sdgs, recommending_states],
        excluded_fields=["folded", "text_key", "status", "status_on", "lead", "last_update_on"],
    )

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-published_on", "document_id", "id"]
        indexes = [
            # The table and its figures are read from this alone, in the order of the first page: a tenth of the rows' bytes,
            # and nothing of the other States' records.
            models.Index(
                fields=[
                    "-published_on",
                    "document",
                    "id",
                    "visibility",
                    "withdrawn",
                    "status",
                    "last_update_on",
                    "due_on",
                    "year",
                    "mechanism",
                    "own",
                ],
                name="rec_own_table",
                condition=Q(own=True),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("portal:recommendation", args=[self.public_id])

    def workspace_url(self) -> str:
        return reverse("recommendations:detail", args=[self.public_id])

    @property
    def reference(self) -> str:
        """Symbol and paragraph: `CRC/C/XMU/CO/4-5 ¶ 24 (a)`. Reads `document`: one query unless selected."""
        symbol = self.document.symbol or self.document.title
        return f"{symbol} ¶ {self.paragraph}" if self.paragraph else symbol

    @property
    def tone(self) -> str:
        return STATUS_TONE.get(self.status, "")

    def positions_stated(self) -> "list[PositionEntry]":
        """Every statement of position with its document, the latest first. Of a row of `for_page`; most have none, and cost
        no query."""
        return list(self.positions.select_related("document")) if self.has_positions else []  # type: ignore[attr-defined]


class Translation(Timestamped, Versioned):
    """The text in another language, official or not."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES)
    text = models.TextField(_("text"))
    folded = models.TextField(editable=False, default="")
    official = models.BooleanField(_("official translation"), default=False)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recommendation", "language"], name="translation_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Component(Timestamped, Versioned):
    """An aspect of a recommendation, with its own institution and status (T-086)."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="components")
    label = models.CharField(_("label"), max_length=12)
    text = models.TextField(_("text"))
    order = models.PositiveSmallIntegerField(default=0)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="components", verbose_name=_("institution")
    )
    status = models.CharField(_("status"), max_length=30, choices=Status, default=Status.NOT_ASSESSED)
    status_on = models.DateField(_("status since"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("component")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["recommendation", "label"], name="component_label_once")]

    def __str__(self) -> str:
        return f"({self.label}) {self.text[:60]}"

    @property
    def tone(self) -> str:
        return STATUS_TONE.get(self.status, "")


class PositionEntry(models.Model):
    """One statement of the State's position; the latest by date is the present one. Append-only."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="positions")
    position = models.CharField(_("position"), max_length=12, choices=Position)
    partial = models.BooleanField(_("partially"), default=False)
    text = models.TextField(_("verbatim text"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("document")
    )
    stated_on = models.DateField(_("date"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-stated_on", "-recorded_at"]

    def __str__(self) -> str:
        return f"{self.position} {self.stated_on}"


class Cluster(Timestamped, Versioned):
    """Recommendations gathered by theme without losing one (T-146)."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = Translated(models.CharField(_("title"), max_length=200, blank=True))
    description = Translated(models.TextField(_("description"), blank=True))
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="clusters", verbose_name=_("theme")
    )
    members = models.ManyToManyField(
        Recommendation, related_name="clusters", blank=True, verbose_name=_("recommendations")
    )
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, default=Priority.NONE, blank=True)
    priority_reason = models.CharField(
        _("reason of the priority"), max_length=30, choices=PriorityReason, default=PriorityReason.NONE, blank=True
    )
    priority_note = models.TextField(_("note on the priority"), blank=True)
    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility, default=Visibility.INSTITUTIONS)
    history = HistoricalRecords(m2m_fields=[members])

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title or self.code


class Responsibility(models.Model):
    """Which institutions see and answer an item. Written by follow-up's assignment services only.

    It lives here, below follow-up, because visibility depends on it.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead institution")
        PARTNER = "partner", _("Partner institution")

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="responsibilities")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="responsibilities", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "institution"], name="responsibility_once"),
            models.UniqueConstraint(fields=["recommendation"], condition=Q(role="lead"), name="one_lead"),
        ]

    def __str__(self) -> str:
        return f"{self.institution} ({self.role})"


class SavedView(Timestamped):
    """A view of the table kept under a name: the query string is the whole view."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=80)
    query = models.TextField()
    shared = models.BooleanField(_("shown to all who work here"), default=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="view_name_once")]

    def __str__(self) -> str:
        return self.name
