"""Translation catalogues without GNU gettext: Babel reads Python, Django's own `templatize` reads templates."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LOCALES = {"ar": "ar", "es": "es", "fr": "fr", "ru": "ru", "zh-hans": "zh_Hans"}
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
    "zh_Hans": "nplurals=1; plural=0;",
}
FORMS = {"ar": 6, "es": 2, "fr": 2, "ru": 4, "zh_Hans": 1}


def sources() -> Iterator[tuple[str, str, bytes]]:
    """(path in the package, extraction method, Python source) of every file that may hold strings."""
    package: Path = settings.PACKAGE
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        if path.suffix == ".py" and "/migrations/" not in name:
            yield name, "python", path.read_bytes()
        elif "/templates/" in name and path.suffix in {".html", ".txt"}:
            yield name, "python", templatize(path.read_text(encoding="utf-8"), origin=name).encode()


def template() -> Catalog:
    """Every string of the product, in the order of the files, each with the files that use it."""
    catalogue = Catalog(project="Mutabaa", charset="utf-8")
    for name, method, source in sources():
        found = extract(
            method, io.BytesIO(source), keywords=KEYWORDS, comment_tags=["Translators:"], options={"encoding": "utf-8"}
        )
        for _line, message, comments, context in found:
            strings = message if isinstance(message, tuple) else (message,)
            if strings[0]:
                catalogue.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return catalogue


def path_of(locale: str) -> Path:
    return settings.PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


def load(locale: str) -> Catalog:
    path = path_of(locale)
    if not path.exists():
        return Catalog(locale=locale, project="Mutabaa", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=locale)


def update() -> dict[str, int]:
    """Bring each language's catalogue up to the strings of the code; returns how many lack a translation."""
    fresh = template()
    missing = {}
    for locale in LOCALES.values():
        catalogue = load(locale)
        catalogue.update(fresh, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        path = path_of(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            write_po(
                target,
                catalogue,
                width=0,
                sort_by_file=False,
                ignore_obsolete=True,
                include_lineno=False,
                omit_header=False,
            )
        text = path.read_text(encoding="utf-8")
        lines = [
            f'"Plural-Forms: {PLURALS[locale]}\\n"' if line.startswith('"Plural-Forms:') else line
            for line in text.split("\n")
        ]
        lines = [
            line
            for line in lines
            if not line.startswith(
                (
                    '"POT-Creation-Date',
                    '"PO-Revision-Date',
                    '"Last-Translator',
                    '"Language-Team',
                    '"Generated-By',
                    '"Report-Msgid',
                )
            )
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
        missing[locale] = len(untranslated(locale))
    return missing


def untranslated(locale: str) -> list[str]:
    """Strings of the code that the catalogue lacks, holds without every plural form, or marks as doubtful (which are not shown)."""
    known = {(m.id if isinstance(m.id, str) else m.id[0], m.context): m for m in load(locale) if m.id}
    out = []
    for message in template():
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        found = known.get((key, message.context))
        good = found is not None and not found.fuzzy
        given = (found.string if isinstance(found.string, tuple) else (found.string,)) if found and good else ()
        wanted = FORMS[locale] if isinstance(message.id, tuple) else 1
        if len(given) < wanted or not all(given[:wanted]):
            out.append(key)
    return out


def compile_all() -> None:
    for locale in LOCALES.values():
        if path_of(locale).exists():
            with path_of(locale).with_suffix(".mo").open("wb") as target:
                write_mo(target, load(locale))
