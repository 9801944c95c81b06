import pytest


@pytest.fixture
def index(settings, tmp_path, db):
    """A search folder of its own."""
    settings.SEARCH_ROOT = tmp_path / "search"
    return settings.SEARCH_ROOT
