"""Having the machine learn: asked for by an administrator, done by the worker, kept as a new version."""

import datetime as dt
import logging
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mutabaa.audit.services import record as audit
from mutabaa.classification.models import TrainedModel, Training
from mutabaa.classification.policies import may_train
from mutabaa.classification.services.examples import Examples, examples
from mutabaa.classification.states import TagKind, TrainingState
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.jobs.services import enqueue, enqueue_once
from mutabaa.recommendations.models import Recommendation

logger = logging.getLogger("mutabaa.classification")
FEWEST = 100  # tagged texts without which nothing is learned
ENOUGH_OF_A_LANGUAGE = 1_500
LOST_AFTER = dt.timedelta(hours=1)  # without a sign of life: its workers were killed
KEPT_FILES = 3  # trainings whose files stay
JOB, SUGGEST = "mutabaa.classification.jobs.train", "mutabaa.classification.jobs.suggest_new"


def folder() -> Path:
    """Where models lie, outside the web root."""
    path = Path(settings.HOME) / "models"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


@transaction.atomic
def start_training(by: Any) -> Training:
    """Put a training in the worker's queue; one at a time."""
    if not may_train(by):
        raise NotAllowed(_("Only an administrator has the model learn."))
    working = Training.objects.select_for_update(no_key=True).filter(
        state__in=[TrainingState.WAITING, TrainingState.RUNNING]
    )
    for lost in working.filter(updated_at__lt=timezone.now() - LOST_AFTER):
        finish(lost, TrainingState.REFUSED, _("Learning ended with an error. The models in use stay as they are."))
    if working.exists():
        raise Invalid(_("A training is under way already."))
    training = Training.objects.create(started_by=by)
    audit(by, "classification.training_asked", training)
    enqueue(JOB, training.pk)
    return training


def run_training(pk: int) -> None:
    """The worker's part. Running it again, after a killed worker, begins anew."""
    training = Training.objects.filter(pk=pk, state__in=[TrainingState.WAITING, TrainingState.RUNNING]).first()
    if training is None:
        return
    last = [-1]

    def tell(share: float) -> None:
        percent = min(99, int(share * 100))
        if percent > last[0]:
            last[0] = percent
            Training.objects.filter(pk=pk).update(progress=percent, updated_at=timezone.now())

    Training.objects.filter(pk=pk).update(state=TrainingState.RUNNING, progress=0, message="")
    language = getattr(training.started_by, "language", "") or settings.LANGUAGE_CODE
    with override(language):
        try:
            train(training.started_by, tell, training)
        except Invalid as refusal:
            finish(training, TrainingState.REFUSED, str(refusal.message))
        except BaseException:
            finish(
                training, TrainingState.REFUSED, _("Learning ended with an error. The models in use stay as they are.")
            )
            raise


def finish(training: Training, state: str, message: str = "") -> None:
    training.state, training.message, training.ended_at = state, message, timezone.now()
    training.progress = 100 if state == TrainingState.DONE else training.progress
    training.save(update_fields=["state", "message", "ended_at", "progress", "updated_at"])


def train(
    by: Any, progress: Callable[[float], None] | None = None, training: Training | None = None
) -> list[TrainedModel]:
    """Learn from all labels that the installation holds; the new versions replace those in use in one transaction.

    `by` None is the worker or the command line. `progress` is told the share done. Raises `Invalid`: too few labels.
    """
    if by is not None and not may_train(by):
        raise NotAllowed(_("Only an administrator has the model learn."))
    training = training or Training.objects.create(started_by=by, state=TrainingState.RUNNING)
    scopes = ["", *languages_with_enough()]
    made: list[TrainedModel] = []
    for n, language in enumerate(scopes):

        def tell(share: float, n: int = n) -> None:
            if progress:
                progress((n + share) / len(scopes))

        found = examples(language)
        if len(found.texts) < FEWEST or not found.labels:
            if language:
                continue
            raise Invalid(
                ngettext(
                    "There is %(n)s tagged text, too few to learn from: %(least)s are needed. Until then suggestions come from the keyword table.",
                    "There are %(n)s tagged texts, too few to learn from: %(least)s are needed. Until then suggestions come from the keyword table.",
                    len(found.texts),
                )
                % {"n": len(found.texts), "least": FEWEST}
            )
        made.append(learned(training, language, found, tell))
    with transaction.atomic():
        TrainedModel.objects.select_for_update(no_key=True).filter(in_use=True).update(in_use=False)
        for model in made:
            model.in_use = True
            model.save()
        finish(training, TrainingState.DONE)
        audit(
            by,
            "classification.trained",
            training,
            models=[str(m) for m in made],
            texts=made[0].texts,
            labels=made[0].labels,
        )
        enqueue_once(SUGGEST)
    remove_old_files()
    return made


def languages_with_enough() -> list[str]:
    """Languages with enough tagged texts for a model of their own, where there is more than one language to tell apart."""
    counts: Counter[str] = Counter()
    rows = Recommendation.objects.filter(withdrawn=False, themes__isnull=False).order_by().distinct()
    counts.update(rows.values_list("language", flat=True).iterator())
    del rows
    total = sum(counts.values())
    return sorted(code for code, n in counts.items() if n >= ENOUGH_OF_A_LANGUAGE and n < 0.95 * total)


def learned(training: Training, language: str, found: Examples, tell: Callable[[float], None]) -> TrainedModel:
    from mutabaa.classification.learning import model as learning

    started = time.monotonic()
    result = learning.train(
        found.texts, found.wanted, found.labels, weights=found.weights, judged_on=learning.JUDGED, progress=tell
    )
    name = f"{training.pk}-{language or 'all'}.zip"
    digest = result.save(folder() / name, language=language, training=training.pk)
    rows = [
        {"kind": kind, "code": code, "texts": r.texts, "suggested": r.suggested, "right": r.right,
         "precision": round(r.precision, 4), "recall": round(r.recall, 4), "f1": round(r.f1, 4)}
        for r in (result.held.labels if result.held else [])
        for kind, _sign, code in [r.label.partition(":")]
    ]  # fmt: skip
    return TrainedModel(
        training=training,
        language=language,
        texts=len(found.texts),
        labels=found.tags,
        rejections=found.rejections,
        held_out=result.held_out,
        figures=figures_by_kind(result.held),
        per_label=rows,
        seconds=round(time.monotonic() - started, 1),
        file=name,
        digest=digest,
        in_use=False,
    )


def figures_by_kind(held: Any) -> dict[str, dict[str, float]]:
    """kind → micro and macro F1."""
    from mutabaa.classification.learning.measures import Figures

    out = {}
    for kind in TagKind.values:
        of_kind = Figures([row for row in (held.labels if held else []) if row.label.startswith(f"{kind}:")])
        if any(row.texts or row.suggested for row in of_kind.labels):
            out[kind] = {"micro_f1": round(of_kind.micro_f1, 4), "macro_f1": round(of_kind.macro_f1, 4)}
    return out


def remove_old_files() -> None:
    """Files of trainings before the last `KEPT_FILES`; their figures stay in the list."""
    kept = list(Training.objects.filter(state=TrainingState.DONE).values_list("pk", flat=True)[:KEPT_FILES])
    names = set(TrainedModel.objects.filter(training__in=kept).values_list("file", flat=True))
    names |= set(TrainedModel.objects.filter(in_use=True).values_list("file", flat=True))
    for path in folder().glob("*.zip"):
        if path.name not in names:
            path.unlink(missing_ok=True)
