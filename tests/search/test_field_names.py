"""The fields of a query have one name each in every language, and the English ones everywhere."""

import pytest
from django.conf import settings
from django.utils import translation

from mutabaa.recommendations import search as recommending
from mutabaa.search.syntax import Fields, parse
from mutabaa.search.tree import Field

ENGLISH = ["state", "region", "family", "body", "theme", "group", "goal", "target", "sdg", "year", "type", "position", "by", "status",
           "institution", "language", "symbol", "paragraph"]  # fmt: skip


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_field_has_its_own_single_word(language):
    with translation.override(language):
        names = recommending.field_names()
    assert all(names[name] == name for name in ENGLISH)
    assert not any(" " in name for name in names)
    if language != "en":
        others = {field for name, field in names.items() if name not in ENGLISH}
        assert len(others) >= 12, "most fields have a name of this language"
        same = {field for name, field in names.items() if name in ENGLISH}
        assert others | same == set(ENGLISH)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_name_in_the_readers_language_is_read_as_the_field(language):
    with translation.override(language):
        names = recommending.field_names()
    fields = Fields(names, lambda facet, typed: [f"{facet}-code"])
    for name, field in names.items():
        if field in {"year", "symbol", "paragraph"}:
            continue
        node = parse(f"{name}:x", language[:2], fields).node
        assert isinstance(node, Field), (name, node)
