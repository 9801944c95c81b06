"""The instruments on a recommendation's page, read with its other names: they cost the page no query of their own."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from mutabaa.core.models import Visibility
from mutabaa.norms.models import Instrument
from mutabaa.norms.states import INSTRUMENT_TONE, InstrumentKind, InstrumentState
from mutabaa.recommendations.tagging import Tag, tag_rows

KIND = "instrument"


@dataclass(frozen=True)
class LinkedInstrument:
    """What a recommendation's page tells of an instrument. `adopted_by` is the primary key of the institution, 0 where none is."""

    title: str
    public_id: str
    state: InstrumentState
    kind: InstrumentKind
    visibility: Visibility
    adopted_by: int

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return INSTRUMENT_TONE.get(self.state, "")

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    @property
    def workspace_url(self) -> str:
        return reverse("norms:instrument", args=[self.public_id])

    @property
    def public_url(self) -> str:
        return reverse("portal:instrument", args=[self.public_id])


def names_on_record(record: Any, person: Any) -> list[Any]:
    """The part of the union that `tags_of` makes: four words stand in the place of the code."""
    space = Value(" ")
    facts = Concat(
        "public_id", space, "state", space, "kind", space, "visibility", output_field=CharField(max_length=80)
    )
    rows = Instrument.objects.visible_to(person).filter(recommendations=record).annotate(facts=facts)
    return [tag_rows(KIND, rows, "facts", "", "pk", fields=("title",), of="adopted_by")]


def linked_instruments(named: dict[str, list[Tag]]) -> list[LinkedInstrument]:
    out = []
    for tag in named.get(KIND, []):
        public_id, state, kind, visibility = tag.code.split(" ")
        out.append(
            LinkedInstrument(
                tag.name, public_id, InstrumentState(state), InstrumentKind(kind), Visibility(visibility), tag.of or 0
            )
        )
    return out
