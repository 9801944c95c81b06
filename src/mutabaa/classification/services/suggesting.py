"""Making suggestions: from what was learned, else from the keyword table, and from the mapping of themes."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from mutabaa.classification.learning import keywords
from mutabaa.classification.learning.keeping import Unreadable
from mutabaa.classification.models import Looked, Suggestion, ThemeMapping, TrainedModel
from mutabaa.classification.services.learning import SUGGEST, folder
from mutabaa.classification.states import FIELDS, Decision, Source, TagKind
from mutabaa.jobs.services import enqueue
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import AffectedGroup, Sdg, Theme

if TYPE_CHECKING:
    from mutabaa.classification.learning.model import TagModel

logger = logging.getLogger("mutabaa.classification")
BATCH = 100
MOST_AT_ONCE = 3_000  # records of one run of the job


@dataclass(frozen=True)
class Suggested:
    """A tag for a text. `score` from 0 to 1; `words` as they stand in the text."""

    kind: str
    code: str
    score: float
    words: list[str] = field(default_factory=list)
    source: str = Source.LEARNED
    model_id: int | None = None


@lru_cache(maxsize=4)
def loaded(name: str, digest: str) -> "TagModel":
    from mutabaa.classification.learning.model import TagModel

    return TagModel.load(folder() / name, digest)


def model_for(models: dict[str, TrainedModel], language: str) -> "tuple[TrainedModel, TagModel] | None":
    """The language's own model, else the one of all languages. A file that is gone or was changed counts as no model."""
    for row in (models.get(language), models.get("")):
        if row is not None:
            try:
                return row, loaded(row.file, row.digest)
            except Unreadable as fault:
                logger.error("the model %s cannot be read: %s", row.file, fault)
    return None


def suggest_texts(texts: Sequence[tuple[str, str]]) -> list[list[Suggested]]:
    """Suggestions for texts with their languages, the surest first; they need not be in the database.

    What was learned speaks for the tags that it knows; the keyword table for all others. Four queries, whatever the number.
    """
    models = {row.language: row for row in TrainedModel.objects.filter(in_use=True)}
    known = codes_known()
    out: list[list[Suggested]] = [[] for _text in texts]
    by_model: dict[int, list[int]] = defaultdict(list)
    chosen: dict[int, tuple[TrainedModel, TagModel]] = {}
    covered: list[set[str]] = [set() for _text in texts]
    for at, (_text, language) in enumerate(texts):
        found = model_for(models, language)
        if found:
            chosen[found[0].pk] = found
            by_model[found[0].pk].append(at)
    for pk, places in by_model.items():
        model = chosen[pk][1]
        labels = set(model.labels)
        for at, said in zip(places, model.suggest_all([texts[at] for at in places]), strict=True):
            covered[at] = labels
            for one in said:
                kind, _sign, code = one.label.partition(":")
                out[at].append(Suggested(kind, code, round(one.score, 4), one.words, Source.LEARNED, pk))
    for at, (text, language) in enumerate(texts):
        for (kind, code), (score, words) in keywords.suggestions(text, language).items():
            if f"{kind}:{code}" not in covered[at]:
                out[at].append(Suggested(kind, code, round(score, 4), words, Source.KEYWORDS))
    return [sorted((s for s in found if s.code in known[s.kind]), key=lambda s: -s.score) for found in out]


def codes_known() -> dict[str, set[str]]:
    """Tags that the installation has, by kind. Three queries."""
    return {
        TagKind.THEME: set(Theme.objects.values_list("code", flat=True)),
        TagKind.GROUP: set(AffectedGroup.objects.values_list("code", flat=True)),
        TagKind.SDG: set(Sdg.objects.values_list("code", flat=True)),
    }


def current_training() -> int:
    """The training whose models are in use; 0 for the keyword table."""
    return TrainedModel.objects.filter(in_use=True).values_list("training_id", flat=True).first() or 0


def suggest_for(recommendations: Sequence[Recommendation]) -> int:
    """Propose tags for records; returns how many proposals stand. What a person decided stays as it is.

    Proposals that no longer hold go; tags that a record carries already are not proposed. One transaction per `BATCH` records.
    """
    total = 0
    training = current_training()
    mapped = mapping_both_ways()
    for start in range(0, len(recommendations), BATCH):
        part = recommendations[start : start + BATCH]
        said = suggest_texts([(row.text, row.language) for row in part])
        total += keep(part, said, training, mapped)
    return total


@transaction.atomic
def keep(
    records: Sequence[Recommendation],
    said: list[list[Suggested]],
    training: int,
    mapped: dict[str, list[tuple[str, str]]],
) -> int:
    held = tags_of_records(records)
    before: dict[int, dict[tuple[str, str], Suggestion]] = defaultdict(dict)
    for row in Suggestion.objects.select_for_update(no_key=True).filter(recommendation__in=records):
        before[row.recommendation_id][(row.kind, row.code)] = row
    new, changed, gone = [], [], []
    for record, suggested in zip(records, said, strict=True):
        wanted = {(s.kind, s.code): s for s in suggested}
        for code in [code for kind, code in held[record.pk] if kind == TagKind.THEME]:
            for other, name in mapped.get(code, ()):
                wanted[(TagKind.THEME.value, other)] = Suggested(TagKind.THEME, other, 1.0, [name], Source.MAPPING)
        for key in held[record.pk]:
            wanted.pop(key, None)
        for key, row in before[record.pk].items():
            found = wanted.pop(key, None)
            if row.state != Decision.PROPOSED:
                continue
            if found is None:
                gone.append(row.pk)
                continue
            row.score, row.words, row.source, row.model_id = found.score, found.words, found.source, found.model_id
            changed.append(row)
        new += [
            Suggestion(
                recommendation=record,
                kind=s.kind,
                code=s.code,
                score=s.score,
                words=s.words,
                source=s.source,
                model_id=s.model_id,
            )
            for s in wanted.values()
        ]
    Suggestion.objects.filter(pk__in=gone).delete()
    Suggestion.objects.bulk_update(changed, ["score", "words", "source", "model"])
    Suggestion.objects.bulk_create(new, ignore_conflicts=True)
    Looked.objects.bulk_create(
        [Looked(recommendation=record, text_key=record.text_key, training=training) for record in records],
        update_conflicts=True,
        unique_fields=["recommendation"],
        update_fields=["text_key", "training", "at"],
    )
    return len(new) + len(changed)


def tags_of_records(records: Sequence[Recommendation]) -> dict[int, set[tuple[str, str]]]:
    """Three queries."""
    held: dict[int, set[tuple[str, str]]] = defaultdict(set)
    pks = [record.pk for record in records]
    for kind, name in FIELDS.items():
        rows = Recommendation.objects.filter(pk__in=pks, **{f"{name}__isnull": False}).order_by()
        for pk, code in rows.values_list("pk", f"{name}__code"):
            held[pk].add((kind, code))
    return held


def mapping_both_ways() -> dict[str, list[tuple[str, str]]]:
    """Code of a theme → the codes that it is mapped to, from either list, with the name of the theme it follows from."""
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in ThemeMapping.objects.select_related("national", "uhri"):
        out[row.national.code].append((row.uhri.code, str(row.national)))
        out[row.uhri.code].append((row.national.code, str(row.uhri)))
    return out


def suggest_new() -> int:
    """The State's records that were not looked at by the models in use, or whose text has changed. Returns how many were."""
    training = current_training()
    looked = Looked.objects.filter(
        recommendation=OuterRef("pk"), text_key=F("recommendation__text_key"), training=training
    )
    rows = Recommendation.objects.own().filter(~Q(withdrawn=True), ~Exists(looked)).order_by("-pk")
    found: list[Any] = list(rows.only("pk", "text", "language", "text_key")[: MOST_AT_ONCE + 1])
    suggest_for(found[:MOST_AT_ONCE])
    if len(found) > MOST_AT_ONCE:
        enqueue(SUGGEST)
    return len(found[:MOST_AT_ONCE])
