"""The names and texts that hang on one record, read together: six tables in one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.recommendations.models import Cluster, Recommendation, Translation


@dataclass(frozen=True)
class Tag:
    """A name with a page of its own. `of`: the primary key of what it hangs on, where not on the record."""

    code: str
    name: str
    of: int = 0

    def __str__(self) -> str:
        return self.name


def tags_of(record: Recommendation, clusters: QuerySet[Cluster], more: Iterable[Any] = ()) -> dict[str, list[Tag]]:
    """Themes, groups, SDGs, `clusters`, recommending States and translations by kind, in the reader's language: one query.

    `more`: further parts made with `tag_rows`, by rooms above.
    """
    first, *others = [
        tag_rows("theme", record.themes.all(), "code", "", "order"),
        tag_rows("group", record.groups.all(), "code", "", "order"),
        tag_rows("sdg", record.sdgs.all(), "code", "", "order"),
        tag_rows("cluster", clusters.filter(members=record), "code", "", "id", fields=("title",)),
        tag_rows("state", record.recommending_states.all(), "code", "", None),
        translation_rows(record),
        *more,
    ]
    out: dict[str, list[Tag]] = defaultdict(list)
    for kind, code, name, of, _order in sorted(first.union(*others, all=True), key=lambda row: (row[4], row[2])):
        out[kind].append(Tag(code, name or code, of))
    return out


def translation_rows(record: Recommendation) -> Any:
    """The record's translations, the oldest first: code is the language, name the text, `of` 1 where official."""
    return record.translations.order_by().values_list(
        Value("translation", CharField()),
        Cast("language", CharField()),
        Cast("text", CharField()),
        Cast("official", IntegerField()),
        Cast("id", IntegerField()),
    )


def translations_in(tags: dict[str, list[Tag]]) -> list[Translation]:
    """The translations among what `tags_of` read, not bound to their rows."""
    return [Translation(language=t.code, text=t.name, official=bool(t.of)) for t in tags["translation"]]


def tag_rows(
    kind: str,
    rows: QuerySet[Any],
    code: str,
    prefix: str,
    order: str | None,
    *,
    fields: tuple[str, ...] = ("name",),
    of: str = "",
) -> Any:
    """(kind, code, best name, of, order) of each row, ready for a union. The first of `fields` that is not empty counts."""
    wanted = (get_language() or settings.LANGUAGE_CODE)[:2]
    languages = dict.fromkeys([wanted, settings.LANGUAGE_CODE[:2], *CONTENT_LANGUAGES])
    columns = [f"{prefix}{field}_{language}" for field in fields for language in languages]
    return rows.order_by().values_list(
        Value(kind, CharField()),
        Cast(code, CharField()),
        Coalesce(*(NullIf(column, Value("")) for column in columns), Value("")),
        Cast(of, IntegerField()) if of else Value(0, IntegerField()),
        Cast(order, IntegerField()) if order else Value(0, IntegerField()),
    )
