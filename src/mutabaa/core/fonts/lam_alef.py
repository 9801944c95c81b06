"""Lam and alef as two glyphs, so that Arabic in a PDF can be searched and copied. Used by `make.py`.

A font draws lam followed by alef as one ligature. Readers of PDF turn the letters of a right-to-left line round glyph by
glyph, and read the ligature backwards: "خلال" as "خالل". Here the lam takes the whole drawing, and the alef is an empty
glyph after it: the line looks as before, and each letter has a glyph of its own.
"""

import copy
from typing import Any, NamedTuple

from fontTools.otlLib import builder
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph

IGNORING_MARKS = 9  # flags of the lookups that hold these ligatures: right to left, marks left out
BASE = 1  # class of a glyph that marks stand on


class Pair(NamedTuple):
    lookup: int
    lam: str
    alef: str
    ligature: str

    @property
    def drawn(self) -> str:
        return f"{self.lam}.{self.alef}"

    @property
    def empty(self) -> str:
        return f"{self.alef}.empty"


def divide(font: Any) -> int:
    """Replace the ligatures of two glyphs. Returns how many there were."""
    for table in ("glyf", "hmtx", "GDEF", "GSUB", "GPOS"):
        font[table]  # read before the order of glyphs changes
    for name in font.getGlyphOrder():
        font["glyf"][name]
    pairs = ligatures(font)
    for pair in pairs:
        add(font, pair.empty, Glyph(), (0, 0))
        add(font, pair.drawn, copy.deepcopy(font["glyf"][pair.ligature]), font["hmtx"][pair.ligature])
    for number in sorted({pair.lookup for pair in pairs}):
        substitute(font, number, [pair for pair in pairs if pair.lookup == number])
    set_marks(font, pairs)
    return len(pairs)


def subtables(lookup: Any) -> list[Any]:
    return [getattr(table, "ExtSubTable", table) for table in lookup.SubTable]


def ligatures(font: Any) -> list[Pair]:
    return [
        Pair(number, lam, found.Component[0], found.LigGlyph)
        for number, lookup in enumerate(font["GSUB"].table.LookupList.Lookup)
        if lookup.LookupFlag == IGNORING_MARKS
        for table in subtables(lookup)
        if table.LookupType == 4
        for lam, all_found in table.ligatures.items()
        for found in all_found
        if len(found.Component) == 1
    ]


def add(font: Any, name: str, glyph: Any, metric: tuple[int, int]) -> None:
    if name in font["glyf"].glyphs:
        return
    order = [*font.getGlyphOrder(), name]
    font.setGlyphOrder(order)
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = order
    font["hmtx"].metrics[name] = metric
    font["GDEF"].table.GlyphClassDef.classDefs[name] = BASE


def substitute(font: Any, number: int, pairs: list[Pair]) -> None:
    """Turn a lookup of ligatures into one that changes each of the two letters beside the other."""
    lookups = font["GSUB"].table.LookupList
    ids = font.getReverseGlyphMap(rebuild=True)
    lookup = lookups.Lookup[number]
    lookup.LookupType, lookup.SubTable = 6, []
    for alef in dict.fromkeys(pair.alef for pair in pairs):
        lams = {pair.lam: pair.drawn for pair in pairs if pair.alef == alef}
        chain = otTables.ChainContextSubst()
        chain.Format, chain.InputGlyphCount = 3, 2
        chain.BacktrackGlyphCount = chain.LookAheadGlyphCount = 0
        chain.BacktrackCoverage, chain.LookAheadCoverage = [], []
        chain.InputCoverage = [builder.buildCoverage(set(lams), ids), builder.buildCoverage({alef}, ids)]
        chain.SubstLookupRecord = []
        for place, mapping in enumerate((lams, {alef: f"{alef}.empty"})):
            record = otTables.SubstLookupRecord()
            record.SequenceIndex, record.LookupListIndex = place, len(lookups.Lookup)
            chain.SubstLookupRecord.append(record)
            lookups.Lookup.append(single(mapping))
        chain.SubstCount = 2
        lookup.SubTable.append(chain)
    lookup.SubTableCount, lookups.LookupCount = len(lookup.SubTable), len(lookups.Lookup)


def single(mapping: dict[str, str]) -> Any:
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 1, 0
    lookup.SubTable, lookup.SubTableCount = [builder.buildSingleSubstSubtable(mapping)], 1
    return lookup


def set_marks(font: Any, pairs: list[Pair]) -> None:
    """Vowel marks stand where they stood on the two parts of the ligature."""
    tables = [table for lookup in font["GPOS"].table.LookupList.Lookup for table in subtables(lookup)]
    ids = font.getReverseGlyphMap(rebuild=True)
    bases = [table for table in tables if table.LookupType == 4]
    for given in (table for table in tables if table.LookupType == 5):
        marks = mark_classes(given)
        base = max(bases, key=lambda table: len(mark_classes(table).keys() & marks.keys()))
        classes = {own: marks[mark] for mark, own in mark_classes(base).items() if mark in marks}
        attached = dict(zip(given.LigatureCoverage.glyphs, given.LigatureArray.LigatureAttach, strict=True))
        records = dict(zip(base.BaseCoverage.glyphs, base.BaseArray.BaseRecord, strict=True))
        for pair in pairs:
            if pair.ligature in attached:
                lam, alef = attached[pair.ligature].ComponentRecord
                records.setdefault(pair.drawn, anchors(lam, classes, base.ClassCount))
                records.setdefault(pair.empty, anchors(alef, classes, base.ClassCount))
        base.BaseCoverage.glyphs = sorted(records, key=ids.__getitem__)
        base.BaseArray.BaseRecord = [records[name] for name in base.BaseCoverage.glyphs]
        base.BaseArray.BaseCount = len(records)


def mark_classes(table: Any) -> dict[str, int]:
    found = zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True)
    return {mark: record.Class for mark, record in found}


def anchors(component: Any, classes: dict[int, int], count: int) -> Any:
    record = otTables.BaseRecord()
    record.BaseAnchor = [
        copy.deepcopy(component.LigatureAnchor[classes[own]]) if own in classes else None for own in range(count)
    ]
    return record
