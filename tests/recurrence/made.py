"""Records and pairs of the fictitious State that the tests of this room share."""

import datetime as dt
from typing import Any

from mutabaa.mechanisms.models import Family
from mutabaa.recommendations.models import Recommendation
from mutabaa.recurrence.models import Likeness
from tests import world

UPR_3 = ("A/HRC/40/1", "UPR", Family.UPR, dt.date(2019, 3, 1))
UPR_4 = ("A/HRC/55/1", "UPR", Family.UPR, dt.date(2024, 3, 1))
CRC_5 = ("CRC/C/XMU/CO/5", "CRC", Family.TREATY_BODY, dt.date(2021, 6, 1))
CAT_2 = ("CAT/C/XMU/CO/2", "CAT", Family.TREATY_BODY, dt.date(2023, 6, 1))


def record(text: str, source: tuple[str, str, str, dt.date] = CRC_5, **fields: Any) -> Recommendation:
    symbol, code, family, day = source
    mechanism = world.mechanism(code, family)
    return world.recommendation(text, world.document(symbol, mechanism, published_on=day), **fields)


def pair(a: Recommendation, b: Recommendation, state: str = "proposed", score: float = 0.9, **fields: Any) -> Likeness:
    first, second = sorted([a, b], key=lambda r: r.pk)
    return Likeness.objects.create(first=first, second=second, state=state, score=score, suggested="repeats", **fields)
