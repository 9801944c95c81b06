"""Recommendations as the search index knows them: what is indexed, who may find it, which values are counted."""

import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.mechanisms.models import Document, Family, Mechanism
from mutabaa.recommendations.models import LANGUAGES, Recommendation, Responsibility, Translation
from mutabaa.recommendations.states import Kind as RecommendationKind
from mutabaa.recommendations.states import Position, Status
from mutabaa.search.analysis import normal
from mutabaa.search.changes import touch
from mutabaa.search.references import beginnings, paragraph_beginnings, paragraph_form, symbol_form
from mutabaa.search.registry import Entry, Facet, Kind, Text, register
from mutabaa.taxonomy.models import AffectedGroup, Alias, Sdg, State, Theme

NAME = "recommendation"

FACETS = [
    Facet("state", _("State"), single=True),
    Facet("region", _("Regional group"), of="state"),
    Facet("family", _("Mechanism family"), of="body"),
    Facet("body", _("Mechanism"), single=True),
    Facet("theme", _("Theme")),
    Facet("group", _("Affected group")),
    Facet("goal", _("SDG goal")),
    Facet("target", _("SDG target")),
    Facet("year", _("Year"), single=True),
    Facet("type", _("Type"), single=True),
    Facet("position", _("Position"), single=True),
    Facet("by", _("Recommending State")),
    Facet("status", _("Status"), single=True),
    Facet("institution", _("Institution")),
]
BY_KEY = {facet.key: facet for facet in FACETS}
CHOICES: dict[str, Any] = {"family": Family, "type": RecommendationKind, "position": Position, "status": Status}
CHOICE_NAMES: dict[str, dict[str, Any]] = {facet: dict(kind.choices) for facet, kind in CHOICES.items()}
MODELS: dict[str, Any] = {
    "state": State, "by": State, "body": Mechanism, "theme": Theme, "group": AffectedGroup, "goal": Sdg, "target": Sdg, "institution": Institution,
}  # fmt: skip


# -- What is indexed -----------------------------------------------------------------------------------------------------------


def entries(ids: Collection[int]) -> Iterator[Entry]:
    """Eight queries for up to 1,000 records. A withdrawn record is not there; one that names no reader is read by nobody."""
    near = nearness(ids)
    rows = Recommendation.objects.filter(near("pk"), withdrawn=False).order_by().values_list(
        "pk", "language", "text", "visibility", "own", "state_id", "mechanism__code", "document__symbol", "paragraph", "published_on",
        "year", "kind", "position", "status",
    )  # fmt: skip
    texts = gathered(Translation, near, "language", "text")
    themes = gathered(Recommendation.themes.through, near, "theme__code")
    groups = gathered(Recommendation.groups.through, near, "affectedgroup__code")
    sdgs = gathered(Recommendation.sdgs.through, near, "sdg__code", "sdg__goal__code")
    by = gathered(Recommendation.recommending_states.through, near, "state_id")
    responsible = gathered(Responsibility, near, "institution_id", "institution__code")
    readers = gathered(Recommendation.readers.through, near, "user_id")
    wanted = ids if isinstance(ids, set) else set(ids)
    for pk, language, text, visibility, own, state, body, symbol, paragraph, date, year, kind, position, status in rows:
        if pk not in wanted:
            continue
        facets: dict[str, list[str]] = {"state": [state], "body": [body], "type": [kind]}
        if year:
            facets["year"] = [str(year)]
        if position:
            facets["position"] = [position]
        facets["theme"] = sorted({code for (code,) in themes.get(pk, ())})
        facets["group"] = sorted({code for (code,) in groups.get(pk, ())})
        facets["goal"] = sorted({goal or code for code, goal in sdgs.get(pk, ())})
        facets["target"] = sorted({code for code, goal in sdgs.get(pk, ()) if goal})
        facets["by"] = sorted({code for (code,) in by.get(pk, ())})
        if own:
            facets["status"] = [status]
            facets["institution"] = sorted({code for _pk, code in responsible.get(pk, ())})
        seen = readers_keys(
            visibility, [i for i, _code in responsible.get(pk, ())], [u for (u,) in readers.get(pk, ())]
        )
        references = beginnings(symbol_form(symbol)) if symbol else []
        if paragraph:
            references += paragraph_beginnings(paragraph_form(paragraph))
        yield Entry(
            pk,
            [(language, text), *texts.get(pk, ())],
            seen,
            references,
            {key: values for key, values in facets.items() if values},
            date,
            own,
            [f"sdg:{code}" for code in {*facets["goal"], *facets["target"]}],
        )


def readers_keys(visibility: str, responsible: list[int], readers: list[int]) -> list[str]:
    """The keys of those who may find a record of this visibility."""
    match visibility:
        case Visibility.PUBLIC:
            return ["public"]
        case Visibility.INSTITUTIONS:
            return ["institutions", *(f"i:{institution}" for institution in responsible)]
        case Visibility.SECRETARIAT:
            return ["secretariat"]
        case _:
            return [f"u:{user}" for user in readers]


def nearness(ids: Collection[int]) -> Callable[[str], Q]:
    """The condition that a column holds one of these ids. Ids that lie close together, as when all are walked, are asked for
    by their ends: the database and the query builder then need not handle each."""
    if not ids:
        return lambda column: Q(pk__in=[])
    first, last = min(ids), max(ids)
    if last - first < 2 * len(ids) + 50:
        return lambda column: Q(**{f"{column}__gte": first, f"{column}__lte": last})
    return lambda column: Q(**{f"{column}__in": ids})


def gathered(model: Any, near: Callable[[str], Q], *fields: str) -> dict[int, list[Any]]:
    """The fields of the rows that hang on these records, by record, in the order they were made. One query."""
    out: dict[int, list[Any]] = {}
    rows = model.objects.filter(near("recommendation_id")).order_by("pk").values_list("recommendation_id", *fields)
    for row in rows.iterator(chunk_size=5000):
        found = out.get(row[0])
        if found is None:
            out[row[0]] = [row[1:]]
        else:
            found.append(row[1:])
    return out


def ids(after: int, limit: int) -> list[int]:
    rows = Recommendation.objects.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def total() -> int:
    return Recommendation.objects.count()


def keys(person: Any) -> list[str]:
    """What a person may find: the keys of `RecommendationQuerySet.visible_to`, which stays the last word when texts are read."""
    out = ["public"]
    if is_secretariat(person):
        out += ["institutions", "secretariat"]
    elif reads_all_institutions(person):
        out.append("institutions")
    elif is_contributor(person):
        out += [f"i:{pk}" for pk in sorted(institution_ids(person))]
    if getattr(person, "is_authenticated", False):
        out.append(f"u:{person.pk}")
    return out


def texts(ids: Collection[int], person: Any) -> dict[int, Text]:
    """The texts of the records, of those that the person may see, with their translations: one query."""
    if not ids:
        return {}
    rows = Recommendation.objects.visible_to(person).filter(pk__in=ids).order_by("translations__pk")
    found: dict[int, tuple[str, str, list[tuple[str, str]]]] = {}
    for pk, language, text, other, translation in rows.values_list(
        "pk", "language", "text", "translations__language", "translations__text"
    ):
        others = found.setdefault(pk, (language, text, []))[2]
        if other:
            others.append((other, translation))
    return {pk: Text(pk, language, text, tuple(others)) for pk, (language, text, others) in found.items()}


def groups(facet: str) -> Mapping[str, str]:
    """State → regional group, mechanism → family: one query."""
    if facet == "region":
        return {code: group for code, group in State.objects.values_list("code", "group") if group}
    return dict(Mechanism.objects.values_list("code", "family"))


# -- Names ---------------------------------------------------------------------------------------------------------------------


@cache
def regions() -> dict[str, dict[str, str]]:
    """The names of the regional groups of the United Nations, by code and language."""
    path = settings.PACKAGE / "taxonomy" / "reference" / "states.json"
    return json.loads(path.read_text(encoding="utf-8"))["regional_groups"]["names"]


def labels(facet: str, codes: Iterable[str], language: str) -> dict[str, str]:
    """Names of a facet's values in the reader's language: at most one query."""
    codes = list(codes)
    if facet == "region":
        return {code: regions()[code].get(language) or regions()[code]["en"] for code in codes if code in regions()}
    if facet in CHOICES:
        names = CHOICE_NAMES[facet]
        return {code: str(names[code]) for code in codes if code and code in names}
    if facet == "language":
        return dict(LANGUAGES)
    if facet not in MODELS:
        return {code: code for code in codes}
    return {row.code: str(row) for row in MODELS[facet].objects.filter(code__in=codes)} if codes else {}


NAMES_FOR = 30.0  # seconds that another process may show a former name of a theme, a State, …
_names: dict[tuple[str, str], tuple[float, dict[str, str]]] = {}
_rows: dict[Any, tuple[float, dict[Any, Any]]] = {}


def label_rows(wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, str]]:
    """Names of the values of several facets at once, in the reader's language. One query where names are not at hand: every page
    of results needs a hundred of them, and they change a few times a year."""
    language = (get_language() or "en")[:2]
    out = {facet: labels(facet, codes, language) for facet, codes in wanted.items() if facet not in MODELS}
    now, missing = time.monotonic(), []
    for facet, codes in wanted.items():
        if facet not in MODELS:
            continue
        read_until, names = _names.get((facet, language), (0.0, {}))
        if codes and (read_until < now or any(code not in names for code in codes)):
            missing.append(facet)
        out[facet] = {code: names[code] for code in codes if code in names}
    if missing:
        parts = [named(facet, MODELS[facet].objects.all()) for facet in missing]
        found: dict[str, dict[str, str]] = {facet: {} for facet in missing}
        for facet, code, name in parts[0].union(*parts[1:], all=True):
            found[facet][code] = f"{code} {name}".strip() if facet in {"goal", "target"} else name or code
        for facet, names in found.items():
            _names[facet, language] = (now + NAMES_FOR, names)
            out[facet] = {code: names[code] for code in wanted[facet] if code in names}
    return out


def kept_rows(model: Any, wanted: Collection[Any]) -> dict[Any, Any]:
    """All States or mechanisms by primary key, with their names in six languages; as `label_rows`, for reading only. One query where
    they are not at hand."""
    read_until, rows = _rows.get(model, (0.0, {}))
    if read_until < time.monotonic() or any(pk not in rows for pk in wanted):
        rows = model.objects.in_bulk()
        _rows[model] = (time.monotonic() + NAMES_FOR, rows)
    return rows


def forget_names(**kwargs: Any) -> None:
    """Somebody changed one: this process reads them anew."""
    _names.clear()
    _rows.clear()


def named(facet: str, rows: QuerySet[Any]) -> Any:
    wanted = (get_language() or settings.LANGUAGE_CODE)[:2]
    languages = dict.fromkeys([wanted, settings.LANGUAGE_CODE[:2], *CONTENT_LANGUAGES])
    fields = ("short", "name") if facet == "body" else ("name",)
    columns = [NullIf(f"{field}_{language}", Value("")) for field in fields for language in languages]
    return rows.order_by().values_list(
        Value(facet, CharField()), Cast("code", CharField()), Coalesce(*columns, Value(""))
    )


def field_names() -> dict[str, str]:
    """The names of fields in a query, in normal form: English ones always, those of the reader's language beside them."""
    return field_names_in(get_language() or "en")


@cache
def field_names_in(language: str) -> dict[str, str]:
    with override(language):
        own = spoken_field_names()
    return {normal(key): key for key in own} | {normal(name): key for key, name in own.items()}


def spoken_field_names() -> dict[str, str]:
    return {
        "state": pgettext("field of a query, one word", "state"),
        "region": pgettext("field of a query, one word", "region"),
        "family": pgettext("field of a query, one word", "family"),
        "body": pgettext("field of a query, one word", "body"),
        "theme": pgettext("field of a query, one word", "theme"),
        "group": pgettext("field of a query, one word", "group"),
        "goal": pgettext("field of a query, one word", "goal"),
        "target": pgettext("field of a query, one word", "target"),
        "sdg": "sdg",
        "year": pgettext("field of a query, one word", "year"),
        "type": pgettext("field of a query, one word", "type"),
        "position": pgettext("field of a query, one word", "position"),
        "by": pgettext("field of a query, one word", "by"),
        "status": pgettext("field of a query, one word", "status"),
        "institution": pgettext("field of a query, one word", "institution"),
        "language": pgettext("field of a query, one word", "language"),
        "symbol": pgettext("field of a query, one word", "symbol"),
        "paragraph": pgettext("field of a query, one word", "paragraph"),
    }


def resolve(facet: str, typed: str) -> list[str]:
    """The codes that a typed value means: a code, else a name in any of the six languages, else names that begin so, else
    names that hold it. At most two queries."""
    wanted = normal(typed).strip()
    if not wanted:
        return []
    if facet == "sdg":
        return resolve("target" if "." in wanted else "goal", typed)
    known = list(known_names(facet))
    for fits in (
        lambda code, name: normal(code) == wanted or name == wanted,
        lambda code, name: name.startswith(wanted),
        lambda code, name: len(wanted) > 2 and f" {wanted}" in f" {name}",
    ):
        found = sorted({code for code, name in known if fits(code, name)})
        if found:
            return found
    return []


def known_names(facet: str) -> Iterator[tuple[str, str]]:
    """(code, name in normal form) in every language."""
    if facet == "region":
        yield from ((code, normal(name)) for code, names in regions().items() for name in names.values())
    elif facet == "language":
        yield from ((code, normal(name)) for code, name in LANGUAGES)
    elif facet in CHOICES:
        for language, _name in settings.LANGUAGES:
            with override(language):
                found = [(choice.value, normal(str(choice.label))) for choice in CHOICES[facet] if choice.value]
            yield from found
    elif facet in MODELS:
        model = MODELS[facet]
        rows = (
            model.objects.filter(goal=None)
            if facet == "goal"
            else model.objects.exclude(goal=None)
            if facet == "target"
            else model.objects.all()
        )
        columns = [f"name_{language}" for language in CONTENT_LANGUAGES]
        if model in (Mechanism, Institution):
            columns += [f"short_{language}" for language in CONTENT_LANGUAGES]
        for code, *names in rows.order_by().values_list("code", *columns):
            yield code, normal(code)
            yield from ((code, normal(name)) for name in names if name)
        if model is State:
            yield from State.objects.exclude(iso2="").values_list("code", "iso2")
        kind = {Theme: "theme", AffectedGroup: "group", State: "state"}.get(model)
        if kind:
            yield from (
                (code, normal(label)) for code, label in Alias.objects.filter(kind=kind).values_list("code", "label")
            )


# -- Changes -------------------------------------------------------------------------------------------------------------------


def touched(ids: Iterable[int]) -> None:
    """Announce changed recommendations, in the transaction of the change. For writes that send no signal."""
    touch(NAME, ids)


def touched_rows(rows: QuerySet[Recommendation]) -> None:
    touched(rows.order_by().values_list("pk", flat=True))


def connect() -> None:
    """Whatever is saved through Django's models announces itself; bulk writes call `touched`."""

    def of_itself(sender: Any, instance: Any, **kwargs: Any) -> None:
        touched([instance.pk])

    def of_its_record(sender: Any, instance: Any, **kwargs: Any) -> None:
        touched([instance.recommendation_id])

    def of_all_its_records(sender: Any, instance: Any, created: bool = False, **kwargs: Any) -> None:
        if not created:
            touched_rows(instance.recommendations.all())

    def of_links(
        sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[Any] | None, **kwargs: Any
    ) -> None:
        if action in {"post_add", "post_remove"}:
            touched(pk_set or () if reverse else [instance.pk])
        elif action in {"pre_clear", "post_clear"}:
            if not reverse:
                touched([instance.pk])
            elif action == "pre_clear":
                links = sender.objects.filter(**{f"{instance._meta.model_name}_id": instance.pk})
                touched(links.values_list("recommendation_id", flat=True))

    for signal in (post_save, post_delete):
        for model in set(MODELS.values()):
            signal.connect(forget_names, model, dispatch_uid=f"search.{NAME}.names.{model.__name__}")
        signal.connect(of_itself, Recommendation, weak=False, dispatch_uid=f"search.{NAME}.self")
        for model in (Translation, Responsibility):
            signal.connect(of_its_record, model, weak=False, dispatch_uid=f"search.{NAME}.{model.__name__}")
    for parent in (Document, Mechanism):
        post_save.connect(of_all_its_records, parent, weak=False, dispatch_uid=f"search.{NAME}.{parent.__name__}")
    for name in ("themes", "groups", "sdgs", "recommending_states", "readers"):
        through = getattr(Recommendation, name).through
        m2m_changed.connect(of_links, through, weak=False, dispatch_uid=f"search.{NAME}.{name}")


def register_kind() -> None:
    register(Kind(NAME, 1, FACETS, entries, ids, keys, texts, total, groups, resolve, field_names))
    connect()
