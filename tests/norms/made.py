"""An instrument, written straight to the tables: for tests of what reads it."""

import itertools
from typing import Any

from mutabaa.norms.models import Instrument
from tests import world

counter = itertools.count(1)


def instrument(*, carries_out: Any = (), themes: Any = (), **fields: Any) -> Instrument:
    """A public law in force that the institution `health` issued; it carries out nothing where nothing is given."""
    n = next(counter)
    row = Instrument.objects.create(
        **{
            "title_en": f"Act number {n} on health care",
            "kind": "law",
            "state": "in_force",
            "adopted_by": fields.pop("adopted_by", None) or world.institution("health"),
        }
        | fields
    )
    row.recommendations.set(carries_out)
    row.themes.set(themes)
    return row
