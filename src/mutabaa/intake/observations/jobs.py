"""The worker's part of large files of figures. Running a job twice ends the same."""

import logging

from django.utils.translation import override
from django_tasks import task

from mutabaa.accounts.models import User
from mutabaa.core.errors import Refusal
from mutabaa.indicators.models import Delivery
from mutabaa.indicators.states import DeliveryState
from mutabaa.intake.observations.receiving import apply, preview

logger = logging.getLogger("mutabaa.intake")


@task()
def read_file(pk: int, by: int) -> None:
    delivery = Delivery.objects.filter(pk=pk, state=DeliveryState.WAITING).first()
    person = User.objects.filter(pk=by).first()
    if delivery and person:
        with override(person.language or None):
            preview(person, delivery)


@task()
def apply_file(pk: int, by: int) -> None:
    delivery = Delivery.objects.filter(pk=pk, state=DeliveryState.PREVIEWED).first()
    person = User.objects.filter(pk=by).first()
    if delivery and person:
        with override(person.language or None):
            try:
                apply(person, delivery)
            except Refusal as refusal:
                logger.info("file of figures %s was not imported: %s", delivery.public_id, refusal)
