"""The export of the Universal Human Rights Index, JSON or XLSX. Pure: `state_of` is all it asks of the outside.

Field names are UHRI's own, in any order and both spellings ("Reccomending", "Recommending"). Every defect that real
exports have is put right and named in `SourceRow.quirks`.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from mutabaa.core.text import words
from mutabaa.intake.cleaning import (
    clean_label,
    clean_text,
    session_number,
    split_paragraph,
    split_states,
    squeeze,
    upr_cycle,
)
from mutabaa.intake.files import json_array, sniff, xlsx
from mutabaa.intake.files.dates import read_date
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.language import detect
from mutabaa.intake.rows import Draft, LanguageOf, SourceRow

StateOf = Callable[[str], str | None]

KEYS = {
    "annotationid": "id", "ohchrannotationid": "id",
    "annotationtype": "type", "type": "type",
    "body": "body", "reccomendingbody": "body", "recommendingbody": "body",
    "countries": "states", "countriesconcerned": "states", "country": "states", "countryconcerned": "states",
    "affectedpersons": "groups", "themes": "themes", "sdgs": "sdgs",
    "symbol": "symbol", "documentsymbol": "symbol", "documentid": "document_id",
    "publicationdate": "date", "documentpublicationdate": "date",
    "text": "text",
    "uprcycle": "cycle", "uprsession": "session",
    "uprpositions": "position", "uprposition": "position",
    "uprrecommendingcountry": "recommending", "uprrecommendingcountries": "recommending",
    "uprreccomendingstates": "recommending", "uprrecommendingstates": "recommending", "uprreccomendingcountry": "recommending",
}  # fmt: skip
NEEDED = {"text", "body"}
SCALARS = ("id", "type", "body", "symbol", "text", "cycle")
LISTS = {"states", "groups", "themes", "sdgs", "session", "position", "recommending"}

LONG_BODY_NAMES = {
    "committee on the rights of the child": "CRC",
    "committee on the elimination of discrimination against women": "CEDAW",
    "committee on migrant workers": "CMW",
    "committee on the protection of the rights of all migrant workers and members of their families": "CMW",
    "committee on economic social and cultural rights": "CESCR",
    "committee on the elimination of racial discrimination": "CERD",
    "human rights committee": "CCPR",
    "committee against torture": "CAT",
    "committee on the rights of persons with disabilities": "CRPD",
    "committee on enforced disappearances": "CED",
    "universal periodic review": "UPR",
}
TYPES = {"recommendations": "recommendation", "recommendation": "recommendation", "concernsobservations": "concern", "concerns": "concern", "observations": "concern", "concern": "concern"}  # fmt: skip
POSITIONS = {
    "supported": ("supported", False),
    "accepted": ("supported", False),
    "noted": ("noted", False),
    "notaccepted": ("noted", False),
    "rejected": ("noted", False),
    "partiallysupported": ("supported", True),
    "supportedinpart": ("supported", True),
    "supportednoted": ("supported", True),
    "pending": ("pending", False),
}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z", re.I)
_SDG = re.compile(r"\s*(\d{1,2}(?:\.[0-9a-zA-Z]{1,2})?)\b")
_SYMBOL_PART = re.compile(r"[A-Z]{3}")
_NOT_LETTERS = re.compile(r"[^a-z]")
_HEADER: dict[str, str] = {}


def canonical(key: str) -> str:
    """UHRI's name of a field or column as ours; "" for one that is not read."""
    if key not in _HEADER:
        if len(_HEADER) > 500:
            _HEADER.clear()
        _HEADER[key] = KEYS.get(_NOT_LETTERS.sub("", key.lower()), "")
    return _HEADER[key]


def read(path: Path, state_of: StateOf, progress: Any = None) -> Iterator[SourceRow]:
    """Every row of the file, JSON or XLSX by content. Raises `BadFile`, also half-way: callers apply nothing before the end."""
    for line, fields in raw_rows(path, progress):
        yield read_row(line, fields, state_of)


def raw_rows(path: Path, progress: Any = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """Row number and values by our names for the fields, as they stand in the file. Raises `BadFile` as `read` does."""
    kind = sniff.expect(path, "json", "xlsx")
    raw = json_array.rows(path, progress) if kind == "json" else sheet_rows(path, progress)
    any_row = False
    names: dict[tuple[str, ...], list[str]] = {}
    for line, item in raw:
        keys = tuple(item)
        if keys not in names:
            names[keys] = [canonical(key) for key in keys]
            if len(names) > 1000:
                names.clear()
                names[keys] = [canonical(key) for key in keys]
        fields = dict(zip(names[keys], item.values(), strict=True))
        if not any_row and not NEEDED & set(fields):
            raise BadFile("not_uhri", row=line, field="Text")
        any_row = True
        yield line, fields
    if not any_row:
        raise BadFile("no_rows")


def sheet_rows(path: Path, progress: Any = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """The sheet's rows as dicts by column name. Rows above the header (a title) are passed over."""
    header: list[str] = []
    for number, cells in xlsx.rows(path, progress):
        if not header:
            names = [str(cell) if cell is not None else "" for cell in cells]
            if {canonical(name) for name in names} >= NEEDED:
                header = names
            elif number > 20:
                break
            continue
        if any(cell not in (None, "") for cell in cells):
            yield number, dict(zip(header, cells, strict=False))
    if not header:
        raise BadFile("header_missing", field="Text, Reccomending Body")


def values(raw: Any) -> list[str]:
    """A multi-value: a list, or one value per line of a cell. Only the line break separates: labels hold commas and " - "."""
    if not raw:
        return []
    if isinstance(raw, str):
        raw = raw.splitlines()
    elif not isinstance(raw, list):
        raw = [str(raw)]
    try:
        return [label for label in map(clean_label, raw) if label]
    except (TypeError, AttributeError):  # a value that is not text, None among them
        if any(isinstance(value, (dict, list)) for value in raw):
            raise TypeError from None
        return [label for value in raw if value is not None and (label := clean_label(str(value)))]


def read_row(line: int, fields: dict[str, Any], state_of: StateOf, language_of: LanguageOf = detect) -> SourceRow:
    """One record put right. Never raises: what cannot be used is refused with its field's name."""
    draft = Draft(line, "uhri")
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    scalars = dict.fromkeys(SCALARS, "")
    for name, value in fields.items():
        if name in lists:
            if value:
                try:
                    lists[name] = values(value)
                except TypeError:
                    draft.refused.append(("bad_field", name))
        elif name in scalars:
            scalars[name] = value if isinstance(value, str) else scalar(draft, name, value)
    draft.external_id = scalars["id"].strip()
    read_body(draft, scalars["body"])
    draft.symbol = squeeze(scalars["symbol"])
    read_text(draft, scalars["text"])
    read_type(draft, scalars["type"])
    read_states(draft, lists["states"], state_of)
    read_published(draft, fields.get("date"))
    draft.themes, draft.groups = lists["themes"], lists["groups"]
    draft.sdgs = [sdg_code(label) for label in lists["sdgs"]]
    if draft.body == "UPR" or lists["session"]:
        read_upr(draft, scalars["cycle"], lists, state_of)
    if not draft.body and not draft.refused:
        draft.refused.append(("no_body", ""))
    if not draft.external_id:
        draft.reasons.append(("no_id", ""))
    return draft.finish(language_of)


@lru_cache(2000)
def sdg_code(label: str) -> str:
    """`16.b - Promote…` → `16.b`: only the code is stable across languages. A label without a code stays as it is."""
    match = _SDG.match(label)
    return match[1].lower() if match else label


def scalar(draft: Draft, name: str, value: Any) -> str:
    """A value that is not text as text; a list or an object where one value belongs refuses the row."""
    if name == "cycle" and isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, (dict, list)):
        draft.refused.append(("bad_field", name))
        return ""
    return "" if value is None else str(value)


def read_body(draft: Draft, raw: str) -> None:
    body = clean_label(raw)
    if "  " in raw:
        draft.quirks.append("double_space")
    if len(body) > 12:
        short = LONG_BODY_NAMES.get(" ".join(words(body)))
        if short:
            draft.quirks.append("long_body_name")
            body = short
    draft.body = body


def read_text(draft: Draft, raw: str) -> None:
    draft.text, quirks = clean_text(raw)
    draft.quirks.extend(quirks)
    if not draft.text:
        draft.quirks.append("empty_text")
        draft.refused.append(("empty_text", ""))


@lru_cache(200)
def letters_of(label: str) -> str:
    return _NOT_LETTERS.sub("", label.lower())


def read_type(draft: Draft, raw: str) -> None:
    label = clean_label(raw)
    kind = TYPES.get(letters_of(label))
    if kind:
        draft.kind = kind
        return
    draft.quirks.append("type_uuid" if _UUID.match(label) else "type_missing")
    if draft.body != "UPR":  # the UPR makes nothing but recommendations
        draft.reasons.append(("type_assumed", label))


def read_states(draft: Draft, labels: list[str], state_of: StateOf) -> None:
    """The States concerned as codes. Raises nothing: unknown names are refused, with the name."""
    codes, unknown = [], []
    for label in labels:
        if "*" in label:
            draft.quirks.append("asterisk")
            label = label.replace("*", "").strip()
        if len(label) == 2 and label.isupper():
            draft.quirks.append("iso2_country")
        code = state_of(label)
        if code:
            codes.append(code)
        else:
            unknown.append(label)
    codes = list(dict.fromkeys(codes))
    if not codes and not unknown:
        code = state_in_symbol(draft.symbol, state_of)
        if code:
            draft.quirks.append("country_from_symbol")
            draft.reasons.append(("state_from_symbol", code))
            codes = [code]
    if "EUE" in codes:
        draft.quirks.append("european_union")
    if len(codes) > 1:
        draft.reasons.append(("several_states", ", ".join(codes)))
    if not codes:
        draft.refused.append(("unknown_state", unknown[0]) if unknown else ("no_state", ""))
    draft.states = codes


def state_in_symbol(symbol: str, state_of: StateOf) -> str | None:
    """The State of `CRC/C/PER/CO/6-7`. A part of three capitals that is no State's code (OPA, RES) is passed over."""
    for part in symbol.split("/")[1:]:
        if _SYMBOL_PART.fullmatch(part) and (code := state_of(part)):
            return code
    return None


def read_published(draft: Draft, raw: Any) -> None:
    if raw in (None, ""):
        return
    draft.published_on, serial = read_date(raw)
    if serial:
        draft.quirks.append("excel_date")
    if draft.published_on is None:
        draft.reasons.append(("date_unreadable", str(raw)[:40]))


def read_upr(draft: Draft, cycle: str, lists: dict[str, list[str]], state_of: StateOf) -> None:
    session = session_number(lists["session"][0]) if lists["session"] else None
    draft.session = str(session) if session else ""
    stated = session_number(cycle) if cycle else None
    draft.cycle = upr_cycle(session) or (stated if stated and stated <= 9 else None)
    if session and stated and draft.cycle != stated:
        draft.reasons.append(("cycle_differs", f"{stated} ≠ {draft.cycle}"))
    read_position(draft, lists["position"])
    named = [label.replace("*", "").strip() for label in lists["recommending"]]
    draft.recommending = [state_of(label) or label for label in named]
    if draft.body != "UPR":
        return
    read_upr_text(draft, state_of)


def read_upr_text(draft: Draft, state_of: StateOf) -> None:
    """Paragraph number and recommending States stand in the text: they move to where they belong."""
    paragraph, text = split_paragraph(draft.text)
    if paragraph:
        draft.quirks.append("upr_paragraph")
        draft.paragraph = paragraph
    elif draft.text and not draft.paragraph:
        draft.quirks.append("upr_no_paragraph")
    text, codes = split_states(text, state_of)
    if codes:
        draft.quirks.append("upr_states_in_text")
        draft.recommending.extend(code for code in codes if code not in draft.recommending)
    draft.text = text


def read_position(draft: Draft, labels: list[str]) -> None:
    """The State's position. Supported and noted at once: supported in part, for a person to look at."""
    found = set()
    for label in labels:
        key = letters_of(label)
        if key in POSITIONS:
            found.add(POSITIONS[key])
        else:
            draft.reasons.append(("position_unknown", label[:60]))
    if ("supported", True) in found or len({position for position, _partial in found}) > 1:
        draft.position, draft.partial = "supported", True
        draft.quirks.append("position_split")
        draft.reasons.append(("position_split", ""))
    elif found:
        draft.position, draft.partial = found.pop()
