"""A notice is put into words for its reader: names, dates and direction are the reader's."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from mutabaa.core.models import names_of
from mutabaa.notifications import kinds
from tests import world


@pytest.fixture
def kind(monkeypatch):
    title = gettext_lazy("Answer by %(due)s")
    body = gettext_lazy("%(institution)s: %(what)s, %(count)s")
    monkeypatch.setitem(kinds.kinds, "asked", kinds.NoticeKind("asked", title, body))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Answer by 31 May 2026", "Health: CRC/C/XMU/CO/4 ¶ 2, 3")),
        ("fr", ("Answer by 31 mai 2026", "Santé: CRC/C/XMU/CO/4 ¶ 2, 3")),
        ("zh-hans", ("Answer by 2026年5月31日", "Health: CRC/C/XMU/CO/4 ¶ 2, 3")),
        ("ar", ("Answer by \u206831 مايو 2026\u2069", "\u2068الصحة\u2069: \u2068CRC/C/XMU/CO/4 ¶ 2\u2069, 3")),
    ],
)
def test_names_and_dates_are_the_readers(kind, language, said):
    health = world.institution("health", name_en="Health", name_fr="Santé", name_ar="الصحة")
    params = {
        "institution": names_of(health),
        "due": "2026-05-31",
        "what": "CRC/C/XMU/CO/4 ¶ 2",
        "count": 3,
    }
    with translation.override(language):
        assert kinds.texts("asked", params) == said


def test_what_nobody_knows_to_say_is_a_plain_notice(kind):
    assert kinds.texts("unknown", {})[1] == ""
    assert kinds.texts("asked", {"what": "no due date"})[0] == "Something waits for you"
