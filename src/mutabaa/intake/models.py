"""Imports: the file, what it would change, what it changed, and the mappings that people made for plain tables."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import Timestamped, Versioned, public_id
from mutabaa.intake.states import BATCH_TONE, ITEM_TONE, BatchState, Format, ItemState, Outcome, Purpose
from mutabaa.mechanisms.models import Document, Mechanism
from mutabaa.recommendations.models import LANGUAGES, Recommendation
from mutabaa.recommendations.states import Kind, Position
from mutabaa.taxonomy.models import State


class ImportBatch(Timestamped):
    """One file on its way in: read → previewed → applied, or refused, discarded, undone."""

    State = BatchState

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    format = models.CharField(_("format"), max_length=30, choices=Format)
    state = models.CharField(_("state"), max_length=12, choices=BatchState, default=BatchState.WAITING)
    file_name = models.CharField(_("file"), max_length=250)
    path = models.CharField(
        max_length=300, blank=True, help_text="relative to MUTABAA_HOME/imports, or where the command line found it"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    options = models.JSONField(
        default=dict, help_text="state: ISO code or * for all; mapping: id; and what a format needs"
    )
    counts = models.JSONField(
        default=dict, help_text="rows, new, changed, unchanged, doubtful, refused, seconds, and quirks by name"
    )
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def tone(self) -> str:
        return BATCH_TONE.get(self.state, "")

    @property
    def is_working(self) -> bool:
        """True while the worker has it in hand: the page then asks again by itself."""
        return self.state in {BatchState.WAITING, BatchState.READING, BatchState.APPLYING}

    def counted(self) -> list[tuple[str, Any, int]]:
        """Outcome, its name and its number, in the order of the page."""
        return [(outcome.value, outcome.label, self.counts.get(outcome.value, 0)) for outcome in Outcome]


class ImportRow(models.Model):
    """A row worth a person's eye: changed, doubtful or refused, with the reasons. Unchanged rows are only counted, of new ones a sample is kept.

    `restore` holds what an undo puts back: former values of fields and tags, and the version that the import made.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    reasons = models.JSONField(default=list, help_text="[code, detail] pairs; the sentences are in states.py")
    label = models.CharField(max_length=200, blank=True)
    excerpt = models.TextField(blank=True)
    changes = models.JSONField(default=dict, help_text="field → [before, after], as shown to people")
    restore = models.JSONField(null=True)
    recommendation_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["line", "id"]
        indexes = [
            models.Index(fields=["batch", "outcome", "line"], name="import_row_outcome"),
            models.Index(fields=["recommendation_id"], name="import_row_record"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.outcome}"


class SourceRecord(models.Model):
    """An outside source's row and the recommendation that it became.

    Kept for every row of the State's own table, and for each further row that was merged into a record (one UPR paragraph
    given once per recommending State; the same recommendation found in a second source). `payload` is what the source said:
    the base of the three-way comparison by which a later import changes only what the source changed, and nothing that a
    person changed. `batch_id` is the import that last wrote it.
    """

    external_id = models.CharField(max_length=120, unique=True)
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="source_records")
    digest = models.CharField(max_length=32)
    payload = models.JSONField(default=dict)
    batch_id = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.external_id


class CreatedObject(models.Model):
    """What an import had to create beside recommendations (documents, mechanisms, themes…): an undo removes it where unused."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="created_objects")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ListRow(models.Model):
    """A row of OHCHR's UPR thematic list (.docx) and its recommendation: where reporting writes the last column."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="list_rows")
    table_index = models.PositiveSmallIntegerField()
    row_index = models.PositiveIntegerField()
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="list_rows")

    class Meta:
        ordering = ["table_index", "row_index"]
        constraints = [models.UniqueConstraint(fields=["batch", "table_index", "row_index"], name="list_row_once")]

    def __str__(self) -> str:
        return f"{self.table_index}.{self.row_index}"


class ColumnMapping(Timestamped):
    """How the columns of a plain table are to be read; made once by a person, found again by its header."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    header = models.JSONField(default=list)
    header_key = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField(default=dict, help_text="field → column name")
    values = models.JSONField(default=dict, help_text="field → {value in the file: value of ours}")
    constants = models.JSONField(default=dict)
    separators = models.JSONField(default=dict, help_text="field → what separates several values in one cell")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class DocumentReading(Timestamped, Versioned):
    """What was read of an official document, as a person corrects it. `blocks`: the document itself in order, `[kind, text, number, level,
    page]` each, which the items point to; never changed."""

    batch = models.OneToOneField(ImportBatch, models.CASCADE, related_name="reading")
    purpose = models.CharField(_("what it is for"), max_length=12, choices=Purpose, default=Purpose.RECORDS)
    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mechanism")
    )
    state = models.ForeignKey(State, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("State"))
    symbol = models.CharField(_("symbol"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=40, choices=Document.Kind, default=Document.Kind.OTHER)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGES, blank=True)
    published_on = models.DateField(_("date"), null=True, blank=True)
    session = models.CharField(_("session"), max_length=60, blank=True)
    cycle = models.PositiveSmallIntegerField(_("cycle"), null=True, blank=True)
    follow_up_due = models.DateField(_("follow-up information due"), null=True, blank=True)
    next_report_due = models.DateField(_("next report due"), null=True, blank=True)
    blocks = models.JSONField(default=list)
    notices = models.JSONField(default=list, help_text="[code, detail] pairs; the sentences are in states.py")

    def __str__(self) -> str:
        return self.symbol or self.title


class ReadItem(Versioned):
    """One item of a document under review. `first` and `last`: its blocks. What was read first stays in `as_read`."""

    reading = models.ForeignKey(DocumentReading, models.CASCADE, related_name="items")
    order = models.FloatField()
    paragraph = models.CharField(_("paragraph"), max_length=40, blank=True)
    kind = models.CharField(_("type"), max_length=30, choices=Kind, default=Kind.RECOMMENDATION)
    text = models.TextField(_("text"))
    heading = models.JSONField(default=list)
    recommending = models.JSONField(_("recommending States"), default=list, help_text="ISO codes")
    position = models.CharField(_("position"), max_length=12, choices=Position, default=Position.NONE, blank=True)
    position_partial = models.BooleanField(_("partially"), default=False)
    position_text = models.TextField(_("verbatim text"), blank=True)
    addressee = models.CharField(_("addressee"), max_length=200, blank=True)
    follow_up = models.BooleanField(_("selected for a follow-up procedure"), default=False)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    notes = models.JSONField(default=list)
    confidence = models.FloatField(default=1.0)
    reasons = models.JSONField(default=list)
    first = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=ItemState, default=ItemState.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    as_read = models.JSONField(
        default=dict, help_text="paragraph, kind and text as the reader found them; empty where a person added it"
    )

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.paragraph} {self.text[:60]}"

    @property
    def tone(self) -> str:
        return ITEM_TONE.get(self.state, "")

    @property
    def is_sure(self) -> bool:
        """Whether the reader trusts itself; else a person should look twice."""
        return self.confidence >= 0.75 and not self.reasons
