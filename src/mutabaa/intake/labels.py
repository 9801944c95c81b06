"""From the labels of a file to the tags, States, mechanisms and documents of the database."""

import zlib
from typing import Any

from django.utils.text import slugify

from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.intake.state_names import REMEMBERED, StateNames, key_of
from mutabaa.mechanisms.models import Document, Family, Mechanism
from mutabaa.taxonomy.models import AffectedGroup, Alias, Sdg, State, Theme

# Not States of the ISO list, but seen in exports: created when a row needs them.
BEYOND_ISO = {
    "EUE": {"en": "European Union", "fr": "Union européenne", "es": "Unión Europea", "ru": "Европейский союз", "zh": "欧洲联盟", "ar": "الاتحاد الأوروبي"},
    "XKX": {"en": "Kosovo", "fr": "Kosovo", "es": "Kosovo", "ru": "Косово", "zh": "科索沃", "ar": "كوسوفو"},
}  # fmt: skip
TREATY_BODIES = {"CCPR", "CESCR", "CERD", "CEDAW", "CAT", "CRC", "CMW", "CRPD", "CED", "SPT"}
NAME_FIELDS = [f"name_{language}" for language in CONTENT_LANGUAGES]
SHORT_FIELDS = [f"short_{language}" for language in CONTENT_LANGUAGES]
FORMAL_FIELDS = [f"formal_{language}" for language in CONTENT_LANGUAGES]


def process_key(*values: Any) -> int:
    """64 bits of a tuple of plain values, for indexes that live as long as this process: they differ in the next one."""
    return hash(values)


class Labels:
    """Everything a file's labels can mean, read once: seven queries.

    With `create` unknown themes, groups, mechanisms and documents are made as they come and noted in `created`;
    without it (a preview) they get negative numbers that stand for "would be created".
    """

    def __init__(self, *, create: bool) -> None:
        self.create = create
        self.created: list[tuple[str, str]] = []
        self._created_set: set[tuple[str, str]] = set()
        self._told = 0
        self._imagined = 0
        self.states: dict[str, str] = {}
        self.state_of = StateNames(self.states)
        self._tag_cache: dict[tuple[str, str], int] = {}
        self._body_keys: dict[str, str] = {}
        self._missing_states: set[str] = set()
        self.tags: dict[str, dict[str, int]] = {"theme": {}, "group": {}}
        self.names: dict[tuple[str, int | str], str] = {}
        self.mechanisms: dict[str, int] = {}
        self.mechanism_rows: dict[int, Mechanism] = {}
        self.documents: dict[int, int] = {}
        self.document_dates: dict[int, Any] = {}
        self._load()

    def _load(self) -> None:
        codes = {
            "theme": dict(Theme.objects.values_list("code", "pk")),
            "group": dict(AffectedGroup.objects.values_list("code", "pk")),
        }
        short_names: dict[str, set[str]] = {}
        for row in State.objects.values("code", "iso2", *NAME_FIELDS, *FORMAL_FIELDS):
            code = row["code"]
            self.names["state", code] = row["name_en"] or code
            for label in (code, row["iso2"], *(row[f] for f in NAME_FIELDS), *(row[f] for f in FORMAL_FIELDS)):
                if label:
                    self.states.setdefault(key_of(label), code)
                    if "(" in label:
                        short_names.setdefault(key_of(label.split("(")[0]), set()).add(code)
        for kind, folded, code in Alias.objects.values_list("kind", "folded", "code"):
            if kind == Alias.Kind.STATE:
                self.states.setdefault(key_of(folded), code)
            elif code in codes[kind]:
                self.tags[kind].setdefault(key_of(folded), codes[kind][code])
        for (
            label,
            found,
        ) in short_names.items():  # "Bolivia" for "Bolivia (Plurinational State of)", where it is one State's
            if len(found) == 1:
                self.states.setdefault(label, next(iter(found)))
        for code, by_language in BEYOND_ISO.items():
            for label in (code, *by_language.values()):
                if key_of(label) not in self.states:
                    self.states[key_of(label)] = code
                    self._missing_states.add(code)
            self.names.setdefault(("state", code), by_language["en"])
        self._missing_states -= set(State.objects.filter(code__in=BEYOND_ISO).values_list("code", flat=True))
        for kind, model in (("theme", Theme), ("group", AffectedGroup)):
            for row in model.objects.values("pk", "code", *NAME_FIELDS):
                self.names[kind, row["pk"]] = row["name_en"] or row["code"]
                for label in (*(row[f] for f in NAME_FIELDS), row["code"]):
                    if label:
                        self.tags[kind].setdefault(key_of(label), row["pk"])
        self.sdgs = {code.lower(): pk for code, pk in Sdg.objects.values_list("code", "pk")}
        self.names.update({("sdg", pk): code for code, pk in self.sdgs.items()})
        for mechanism in Mechanism.objects.all():
            self._know(mechanism)

    def _know(self, mechanism: Mechanism) -> None:
        self.mechanism_rows[mechanism.pk] = mechanism
        texts = [getattr(mechanism, f) for f in (*SHORT_FIELDS, *NAME_FIELDS)]
        for label in (mechanism.code, *mechanism.aliases, *texts):
            if label:
                self.mechanisms.setdefault(key_of(label), mechanism.pk)

    def is_new(self, kind: str, pk: int) -> bool:
        """Whether this import added it (or, in a preview, would)."""
        return pk < 0 or (kind, str(pk)) in self._created_set

    @property
    def any_new(self) -> bool:
        return bool(self._imagined or self.created)

    def _note_created(self, kind: str, pk: int) -> None:
        self.created.append((kind, str(pk)))
        self._created_set.add((kind, str(pk)))

    def created_since(self) -> list[tuple[str, str]]:
        """What was created since the last call: kind and key."""
        fresh = self.created[self._told :]
        self._told = len(self.created)
        return fresh

    def _imagine(self) -> int:
        self._imagined -= 1
        return self._imagined

    def need_state(self, code: str) -> None:
        """Make sure that the row of a State beyond the ISO list exists before something refers to it."""
        if code in self._missing_states and self.create:
            State.objects.get_or_create(code=code, defaults={f"name_{k}": v for k, v in BEYOND_ISO[code].items()})
            self._missing_states.discard(code)

    def tag_of(self, kind: str, label: str) -> int:
        """The theme or group; one that is unknown is added under its own name (list "uhri")."""
        found = self._tag_cache.get((kind, label))
        if found is not None:
            return found
        key = key_of(label)
        found = self.tags[kind].get(key)
        if found is None:
            found = self.tags[kind][key] = self._new_tag(kind, label)
        if len(self._tag_cache) > REMEMBERED:
            self._tag_cache.clear()
        self._tag_cache[kind, label] = found
        return found

    def _new_tag(self, kind: str, label: str) -> int:
        if self.create:
            model: Any = Theme if kind == "theme" else AffectedGroup
            fields: dict[str, Any] = {"code": self._free_code(model, label), "name_en": label[:200], "order": 9000}
            if kind == "theme":
                fields["scheme"] = "uhri"
            pk = model.objects.create(**fields).pk
            self._note_created(kind, pk)
        else:
            pk = self._imagine()
        self.names[kind, pk] = label
        return pk

    @staticmethod
    def _free_code(model: Any, label: str) -> str:
        code = slugify(label)[:50] or "label"
        return (
            code
            if not model.objects.filter(code=code).exists()
            else f"{code}-{zlib.crc32(label.encode()) & 0xFFFF:04x}"
        )

    def mechanism_of(self, body: str) -> int:
        """The mechanism; one that is unknown is added, its family told by its prefix."""
        key = self._body_keys.get(body)
        if key is None:
            key = self._body_keys[body] = key_of(body)
        found = self.mechanisms.get(key)
        if found is not None:
            return found
        if self.create:
            row = Mechanism.objects.create(
                code=self._free_code(Mechanism, body),
                family=family_of(body),
                name_en=body[:250],
                short_en=body[:80],
                aliases=[body],
                order=9000,
            )
            self._note_created("mechanism", row.pk)
            self._know(row)
            return row.pk
        pk = self._imagine()
        self.mechanisms[key] = pk
        return pk

    def is_confidential(self, mechanism: int) -> bool:
        row = self.mechanism_rows.get(mechanism)
        return bool(row and row.confidential)

    def load_documents(self, state: str | None) -> None:
        """Know the documents that exist (of one State, or all): one query, 16 bytes and a dictionary entry each."""
        rows = Document.objects.filter(state_id=state) if state else Document.objects.all()
        fields = ("pk", "mechanism_id", "state_id", "symbol", "title_en", "published_on")
        for pk, mechanism, of, symbol, title, published in rows.order_by("-pk").values_list(*fields).iterator(5000):
            key = document_key(mechanism, of, symbol, title)
            self.documents[key] = pk
            self.document_dates[key] = published


def document_key(mechanism: int, state: str, symbol: str, title: str) -> int:
    """A symbol names a document; one without a symbol is known by its title."""
    return process_key("document", mechanism, state, symbol or "title:" + title)


def family_of(body: str) -> str:
    head = body.split(" ")[0].upper()
    if head in {"SR", "IE", "WG", "SRSG", "RSG"}:
        return Family.SPECIAL_PROCEDURE
    if head in TREATY_BODIES:
        return Family.TREATY_BODY
    return Family.UPR if head == "UPR" else Family.OTHER_UN


def document_kind(mechanism: Mechanism | None, symbol: str) -> str:
    """What kind of document a mechanism's symbol most likely stands for."""
    family = mechanism.family if mechanism else ""
    if family == Family.TREATY_BODY:
        return Document.Kind.CONCLUDING_OBSERVATIONS
    if family == Family.UPR:
        return Document.Kind.UPR_REPORT
    if family == Family.SPECIAL_PROCEDURE:
        return Document.Kind.VISIT_REPORT if "/Add." in symbol else Document.Kind.THEMATIC_REPORT
    return Document.Kind.JUDGMENT if family == Family.REGIONAL_COURT else Document.Kind.OTHER
