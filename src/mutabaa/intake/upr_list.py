"""OHCHR's "Thematic List of Recommendations" of the UPR, a Word table per State. Pure.

Recommendation | Position | Full list of themes | Assessment/comments. Heading rows `Theme: …`; the first cell holds
`26.1 text (State) (State); Source of Position: A/HRC/46/15/Add.1 - Para.20`, the third themes, then `SDGs:`, then `Affected
persons:`. The last column is the State's to fill: `places` remembers every row, so that the same document can be
given back filled in. A recommendation listed under several themes is one row here.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mutabaa.intake.cleaning import clean_label, clean_text, session_number, split_paragraph, split_states, upr_cycle
from mutabaa.intake.files import sniff
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.files.xlsx import Meter
from mutabaa.intake.rows import Draft, SourceRow
from mutabaa.intake.uhri import POSITIONS, sdg_code

StateOf = Callable[[str], str | None]
MAX_EXPANSION = 200
_SOURCE = re.compile(r"[;,.\s]*Source of [Pp]osition\s*:?\s*", re.I)
_SYMBOL = re.compile(r"A/HRC/\d+/\d+(?:/Add\.\d+)?(?:/Rev\.\d+)?", re.I)
_THEME = re.compile(r"\s*Themes?\s*:\s*(?P<theme>.*\S)\s*\Z", re.I | re.S)
_SDG_HEAD = re.compile(r"\A\s*SDGs?\s*:\s*", re.I)
_PERSONS_HEAD = re.compile(r"\A\s*Affected (?:persons|groups)\s*:\s*", re.I)
_SESSION = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\s+(?:UPR\s+|Working Group\s+)?session", re.I)
_CYCLE = re.compile(r"(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\s+(?:UPR\s+)?cycle", re.I)
_CYCLES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NOT_LETTERS = re.compile(r"[^a-z]")


def check(path: Path) -> None:
    """Refuse what is no Word document, and archives that would grow beyond measure, by reading them through once."""
    sniff.expect(path, "docx")
    meter = Meter(path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                with archive.open(info) as part:
                    head = part.read(4096)
                    meter.count(len(head))
                    if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in head.replace(b"\x00", b""):
                        raise BadFile("doctype")
                    while block := part.read(1 << 20):
                        meter.count(len(block))
    except BadFile:
        raise
    except Exception as fault:
        raise BadFile("damaged_docx", part=str(fault)[:80]) from fault


def has_list(path: Path) -> bool:
    """Whether a Word document is such a list. Raises `BadFile` where it is no sound document at all."""
    check(path)
    import docx

    try:
        return any(True for _row in table_rows(docx.Document(str(path))))
    except BadFile:
        raise
    except Exception as fault:
        raise BadFile("damaged_docx", part=str(fault)[:80]) from fault


def read(path: Path, state: str, state_of: StateOf) -> Iterator[SourceRow]:
    """The recommendations of the list, each once. `state` is the State that the list is about. Raises `BadFile`."""
    check(path)
    import docx

    try:
        document = docx.Document(str(path))
        cells = list(table_rows(document))
        opening = (
            " ".join(p.text for p in document.paragraphs[:40])
            + " "
            + " ".join(p.text for s in document.sections for p in s.header.paragraphs)
        )
    except BadFile:
        raise
    except Exception as fault:
        raise BadFile("damaged_docx", part=str(fault)[:80]) from fault
    if not cells:
        raise BadFile("no_list")
    session, cycle = review_of(opening)
    drafts: dict[tuple[str, str], Draft] = {}
    theme = ""
    for table, row, texts in cells:
        heading = heading_of(texts)
        if heading is not None:
            theme = heading
            continue
        draft = draft_of(len(drafts) + 1, texts, theme, state, state_of)
        if draft is None:
            continue
        draft.session, draft.cycle = session, cycle
        known = drafts.setdefault((draft.paragraph, draft.text), draft)
        known.places.append((table, row))
        for name in ("themes", "groups", "sdgs", "recommending"):
            mine = getattr(known, name)
            mine.extend(value for value in getattr(draft, name) if value not in mine)
    if not drafts:
        raise BadFile("no_rows")
    symbols = [d.symbol for d in drafts.values() if d.symbol]
    symbol = max(set(symbols), key=symbols.count) if symbols else ""
    for draft in drafts.values():
        draft.symbol = draft.symbol or symbol
        if not draft.symbol:
            draft.title = f"UPR, session {session}" if session else "UPR"
        draft.identity = ("list", state, draft.symbol or draft.title, draft.paragraph or draft.text)
        yield draft.finish()


def table_rows(document: Any) -> Iterator[tuple[int, int, list[str]]]:
    """(table, row, cell texts) of the tables that are such a list. A merged cell counts once."""
    for index, table in enumerate(document.tables):
        rows = table._tbl.tr_lst
        if not rows or len(table.columns) < 2:
            continue
        texts = [row_texts(row) for row in rows]
        if not any("recommendation" in " ".join(t).lower() and "position" in " ".join(t).lower() for t in texts[:3]):
            continue
        for number, cells in enumerate(texts):
            joined = " ".join(cells).lower()
            if number < 3 and "recommendation" in joined and "position" in joined and len(joined) < 200:
                continue
            yield index, number, cells


def row_texts(row: Any) -> list[str]:
    """Cell texts straight from the XML: python-docx's own cells cost quadratic time in long tables."""
    out = []
    for cell in row.tc_lst:
        out.append(
            "\n".join(
                "".join(
                    node.text or "" if node.tag.endswith("}t") else "\n"
                    for node in p.iter()
                    if node.tag.endswith(("}t", "}br"))
                )
                for p in cell.p_lst
            )
        )
    return out


def heading_of(texts: list[str]) -> str | None:
    """The theme of a heading row; None for a recommendation."""
    filled = [t for t in texts if t.strip()]
    if not filled or len(set(filled)) > 1:
        return None
    match = _THEME.match(filled[0])
    return clean_label(match["theme"]) if match else None


def review_of(opening: str) -> tuple[str, int | None]:
    """Session and cycle, where title or header of the document name them."""
    session = _SESSION.search(opening)
    number = int(session[1]) if session else None
    cycle = _CYCLE.search(opening)
    stated = (_CYCLES.get(cycle[1].lower()) or session_number(cycle[1])) if cycle else None
    return (str(number) if number else ""), upr_cycle(number) or stated


def draft_of(line: int, texts: list[str], theme: str, state: str, state_of: StateOf) -> Draft | None:
    first = texts[0] if texts else ""
    if not first.strip():
        return None
    draft = Draft(line, "upr-list", body="UPR", states=[state] if state else [])
    if not state:
        draft.refused.append(("no_state", ""))
    said, _between, source = split_at(first, _SOURCE)
    draft.text, draft.quirks = clean_text(said)
    draft.position_note = clean_text(source)[0].rstrip(";. ")
    symbol = _SYMBOL.search(source)
    if symbol:
        draft.symbol = re.sub(r"/Add\.\d+.*", "", symbol.group())
    draft.paragraph, draft.text = split_paragraph(draft.text)
    if draft.paragraph:
        draft.quirks.append("upr_paragraph")
    draft.text, draft.recommending = split_states(draft.text.rstrip("; "), state_of)
    if not draft.text:
        draft.refused.append(("empty_text", ""))
    read_position(draft, texts[1] if len(texts) > 1 else "")
    read_tags(draft, texts[2] if len(texts) > 2 else "", theme)
    return draft


def split_at(text: str, pattern: re.Pattern[str]) -> tuple[str, str, str]:
    match = pattern.search(text)
    return (text[: match.start()], match.group(), text[match.end() :]) if match else (text, "", "")


def read_position(draft: Draft, raw: str) -> None:
    label = clean_label(raw)
    key = _NOT_LETTERS.sub("", label.lower())
    if key in POSITIONS:
        draft.position, draft.partial = POSITIONS[key]
        if draft.partial:
            draft.quirks.append("position_split")
            draft.reasons.append(("position_split", ""))
    elif label:
        draft.reasons.append(("position_unknown", label[:60]))


def read_tags(draft: Draft, raw: str, theme: str) -> None:
    """Themes one per line, then goals and targets after `SDGs:`, then groups after `Affected persons:`."""
    draft.themes = [theme] if theme else []
    into = draft.themes
    for line in raw.splitlines():
        for pattern, target in ((_SDG_HEAD, draft.sdgs), (_PERSONS_HEAD, draft.groups)):
            if pattern.match(line):
                line, into = pattern.sub("", line), target
        label = clean_label(line.strip().lstrip("•·–").strip())
        if not label:
            continue
        values = (
            [sdg_code(part.strip()) for part in re.split(r"[;,](?=\s*\d)", label)] if into is draft.sdgs else [label]
        )
        into.extend(value for value in values if value and value not in into)
