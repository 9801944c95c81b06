import pytest

from tests.intake import files


@pytest.fixture
def known(db):
    """States, tags and mechanisms that the files name."""
    files.reference()


@pytest.fixture
def take(known, tmp_path):
    """`take(rows, state="")` imports UHRI records and gives the counts."""
    from mutabaa.intake.services import import_file

    def importing(rows, **options):
        return import_file(files.json_file(tmp_path, rows), format="uhri", **({"state": ""} | options))

    return importing
