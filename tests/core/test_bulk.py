"""Fast inserts keep the database's promises."""

import pytest
from django.db import IntegrityError, connection, transaction

from mutabaa.core import bulk
from mutabaa.recommendations.models import Recommendation
from tests import world


@pytest.mark.django_db(transaction=True)
def test_a_long_write_refuses_a_row_that_refers_to_nothing():
    through = Recommendation.themes.through
    record = world.recommendation("Ratify the Convention.")

    def write():
        with bulk.long_write(), transaction.atomic():
            bulk.insert(through, ["recommendation", "theme"], [(record.pk, 999_999)])
            bulk.verify()

    with pytest.raises(IntegrityError):
        write()
    assert not through.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks at each row by itself, always")
def test_after_a_long_write_every_row_is_looked_at_again():
    record = world.recommendation("Ratify the Convention.")

    with bulk.long_write(), transaction.atomic():
        bulk.verify()

    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.themes.through.objects.create(recommendation=record, theme_id=999_999)
