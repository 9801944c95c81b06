"""What a person types, read into a tree. Pure: knows nothing of Django or the index.

    words           all must match                  woman health
    OR AND NOT -    in capitals; AND binds closer   judicial NOT independence, torture OR "ill treatment"
    "phrase"        in this order, every word       "rule of law", also « », “ ”, 「 」
    prefix*         two letters and more            discriminat*
    ( )             groups                          (women OR girls) education
    field:value     a filter                        body:CEDAW, theme:"freedom of expression", year:2019..2023
    symbols         whole or their beginning        CEDAW/C/PER/CO/7-8, A/HRC/42/8

Nothing is an error: what cannot be read gets its best reading, and a `Notice` that says so.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from mutabaa.search.analysis import LEFT_OUT, is_chinese, normal, words
from mutabaa.search.lexer import Token, read
from mutabaa.search.references import looks_like_symbol, paragraph_form, symbol_form
from mutabaa.search.tree import (
    All,
    And,
    Field,
    Node,
    Not,
    Notice,
    Or,
    Parsed,
    Phrase,
    Prefix,
    Symbol,
    Word,
    joined,
    terms_of,
)

LONGEST = 1000
MOST_TERMS = 64
DEEPEST = 20

_PARAGRAPH = re.compile(r"^\d{1,4}(?:\.\d{1,4}){0,2}(?:\([a-z]{1,3}\))?$")
_YEARS = re.compile(r"^(\d{4})?\s*(?:(\.\.|-|–|…)\s*(\d{4})?)?$")

# What a room above knows of a field's values: (key, what was typed) → the values that it means, empty where unknown.
Resolve = Callable[[str, str], Collection[str]]


@dataclass
class Fields:
    """The fields of a query language: `names` maps a name in normal form to a key."""

    names: Mapping[str, str] = field(default_factory=dict)
    resolve: Resolve = lambda key, typed: ()


def parse(text: str, language: str = "en", fields: Fields | None = None) -> Parsed:
    """Read a query. `language` is the interface's: its stop words and operators apply."""
    return _Parser(text, language, fields or Fields()).parsed()


class _Parser:
    def __init__(self, text: str, language: str, fields: Fields) -> None:
        self.language, self.fields = language, fields
        self.notices: list[Notice] = []
        text = text.replace("\x00", " ")
        if len(text) > LONGEST:
            text = text[:LONGEST]
            self.note("too_long")
        self.tokens = read(text, language, self.note)
        self.place = 0

    def note(self, code: str, **values: str) -> None:
        notice = Notice.of(code, **values)
        if notice not in self.notices:
            self.notices.append(notice)

    # -- Grammar --

    @property
    def ahead(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def parsed(self) -> Parsed:
        node = self.either(0)
        while self.ahead is not None:  # a closing parenthesis that nothing opened
            self.note("parenthesis_extra")
            self.place += 1
            rest = self.either(0)
            parts = [part for part in (node, rest) if part is not None]
            node = joined(parts) if parts else None
        node = node if node is not None else All()
        node, dropped = self.without_little_words(node)
        if dropped:
            self.note("left_out", words=" ".join(dropped))
        return Parsed(node, tuple(self.notices), tuple(terms_of(node)))

    def either(self, depth: int) -> Node | None:
        parts = [self.every(depth)]
        while self.ahead is not None and self.ahead.kind == "or":
            self.place += 1
            parts.append(self.every(depth))
        found = [part for part in parts if part is not None]
        if len(found) < len(parts) and len(parts) > 1:
            self.note("operator_alone", operator="OR")
        if not found:
            return None
        return found[0] if len(found) == 1 else Or(tuple(found))

    def every(self, depth: int) -> Node | None:
        parts: list[Node] = []
        pending = ""
        while (token := self.ahead) is not None and token.kind not in {"or", "close"}:
            if token.kind == "and":
                if pending or not parts:
                    self.note("operator_alone", operator=token.text)
                pending = token.text
                self.place += 1
                continue
            part = self.one(depth)
            if part is not None:
                pending = ""
                parts.append(part)
        if pending:
            self.note("operator_alone", operator=pending)
        return joined(parts) if parts else None

    def one(self, depth: int) -> Node | None:
        token = self.tokens[self.place]
        self.place += 1
        if token.kind == "not":
            turned = True
            while self.ahead is not None and self.ahead.kind == "not":
                self.place += 1
                turned = not turned
            if self.ahead is None or self.ahead.kind in {"or", "and", "close"}:
                self.note("operator_alone", operator=token.text)
                return None
            part = self.one(depth)
            return Not(part) if part is not None and turned else part
        if token.kind == "open":
            return self.group(depth)
        if token.kind == "phrase":
            return self.phrase(token.text)
        if token.kind == "field":
            return self.field(token.text)
        return self.word(token.text)

    def group(self, depth: int) -> Node | None:
        if depth >= DEEPEST:
            self.note("too_deep")
            return None
        inside = self.either(depth + 1)
        if self.ahead is not None and self.ahead.kind == "close":
            self.place += 1
        else:
            self.note("parenthesis_open")
        return inside

    # -- Leaves --

    def phrase(self, text: str) -> Node | None:
        text = text.strip()
        if looks_like_symbol(text):
            return Symbol(symbol_form(text))
        return phrase_of(words(text))

    def word(self, text: str) -> Node | None:
        text = text.replace("⟮", "(").replace("⟯", ")").strip(",;،；。、?؟!…")
        if text.startswith("¶"):
            return Field("ref", (paragraph_form(text[1:]),))
        if looks_like_symbol(text):
            return Symbol(symbol_form(text.rstrip("*")))
        if "*" in text:
            return self.prefix(text)
        found = words(text)
        reference = paragraph_form(text) if _PARAGRAPH.match(text.lower()) else ""
        if len(found) == 1:
            return Word(found[0], reference=bool(reference))
        return phrase_of(found, reference)

    def prefix(self, text: str) -> Node | None:
        if text.startswith("*"):
            self.note("star_first", word=text)
            text = text.lstrip("*")
        head, star, tail = text.partition("*")
        found = words(head)
        if not star or not found:
            return phrase_of(found)
        if tail.strip("*"):
            self.note("star_inside", word=text, read=f"{head}*")
        last = found[-1]
        if is_chinese(last):
            return phrase_of(found)
        if len(last) < 2:
            self.note("prefix_short", word=text)
            return phrase_of(found)
        return joined([*(Word(w) for w in found[:-1]), Prefix(last)])

    def field(self, name: str) -> Node | None:
        """`name:` and what follows it without a space. An unknown name is a word like others."""
        follows = self.ahead
        value = ""
        if follows is not None and follows.glued and follows.kind in {"text", "phrase"}:
            value = follows.text.strip()
            self.place += 1
        key = self.fields.names.get(normal(name), "")
        if not key:
            if value:
                self.note("field_unknown", name=name)
            return phrase_of([*words(name), *words(value)])
        if not value:
            self.note("field_empty", name=name)
            return None
        if key == "year":
            return self.years(name, value)
        if key == "symbol":
            return Symbol(symbol_form(value))
        if key == "paragraph":
            return Field("ref", (paragraph_form(value),))
        typed = (
            value.replace("⟮", "(").replace("⟯", ")").replace("_", " ") if follows and follows.kind == "text" else value
        )
        found = sorted(self.fields.resolve(key, typed)) or sorted(self.fields.resolve(key, value))
        if not found:
            self.note("value_unknown", name=name, value=value)
            return phrase_of(words(value))
        return Field(key, tuple(found))

    def years(self, name: str, value: str) -> Node | None:
        found = _YEARS.match(value)
        if found is None or not (found[1] or found[3]):
            self.note("year_unreadable", name=name, value=value)
            return None
        first, last = found[1] or "", found[3] or ""
        if not found[2]:
            last = first
        if first and last and first > last:
            self.note("years_turned", first=last, last=first)
            first, last = last, first
        return Field("year", (f"{first}..{last}",))

    def without_little_words(self, node: Node) -> tuple[Node, list[str]]:
        """Words that say little in the interface's language are left out where others remain."""
        little = LEFT_OUT.get(self.language, frozenset())
        if not isinstance(node, And):
            return node, []
        kept = [part for part in node.parts if not (isinstance(part, Word) and part.word in little)]
        if not any(not isinstance(part, Not) for part in kept):
            return node, []
        dropped = [part.word for part in node.parts if isinstance(part, Word) and part.word in little]
        if len(kept) > MOST_TERMS:
            self.note("too_many")
            kept = kept[:MOST_TERMS]
        return joined(kept), dropped


def phrase_of(found: list[str], reference: str = "") -> Node | None:
    """Chinese runs side by side are one run: between characters a space means nothing."""
    out: list[str] = []
    for word in found:
        if out and is_chinese(word) and is_chinese(out[-1]):
            out[-1] += word
        else:
            out.append(word)
    if not out:
        return None
    if len(out) == 1:
        return Word(out[0], reference=bool(reference))
    return Phrase(tuple(out), reference)
