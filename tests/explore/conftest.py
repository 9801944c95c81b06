import datetime as dt
from types import SimpleNamespace

import pytest

from tests import world


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    """A search folder of its own for each test."""
    settings.SEARCH_ROOT = tmp_path / "search"


@pytest.fixture
def records(db):
    """Five records of the State and one of another: a name for each."""
    health, education = world.theme("right-to-health"), world.theme("right-to-education")
    women, children = world.group("women"), world.group("children")
    cedaw = world.document("CEDAW/C/XMU/CO/7-8", world.mechanism("CEDAW"), published_on=dt.date(2019, 3, 1))
    crc = world.document("CRC/C/XMU/CO/4", world.mechanism("CRC"), published_on=dt.date(2022, 3, 1))
    upr = world.document("A/HRC/42/8", world.mechanism("UPR", "upr"), published_on=dt.date(2023, 1, 5), cycle=4)
    other = world.document("CRC/C/XOT/CO/1", world.mechanism("CRC"), state=world.state("XOT", name_en="Otherland"))
    return SimpleNamespace(
        woman=world.recommendation("Let every woman choose.", cedaw, paragraph="24", themes=[health], groups=[women]),
        women=world.recommendation("Protect women from bias in technology.", cedaw, paragraph="25", groups=[women]),
        law=world.recommendation("Strengthen the rule of law and judicial reform.", crc, themes=[education]),
        judges=world.recommendation("Guarantee judicial independence.", crc, groups=[children], themes=[education, health]),
        arabic=world.recommendation(
            "أن تحمي المرأة والطفل وتقدم الدعم للاجئين.", upr, language="ar", recommending_states=[world.state("XQA", name_en="Qania")]
        ),
        foreign=world.recommendation("Protect women everywhere.", other, own=False, groups=[women]),
    )  # fmt: skip
