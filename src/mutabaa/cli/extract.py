"""`mutabaa extract FILE`: what an official document says of itself, and the items found in it. Needs no database."""

import argparse
import json
import sys
import textwrap
from pathlib import Path
from typing import Any

import django

from mutabaa.intake.documents.apart import read_apart
from mutabaa.intake.documents.items import Extraction, Item
from mutabaa.intake.files.faults import BadFile

WIDTH = 110


def run(argv: list[str]) -> int:
    p = argparse.ArgumentParser(
        prog="mutabaa extract",
        description="Read an official document (Word, PDF with text, HTML, plain text): its facts and its items, in order. Nothing is stored.",
    )
    p.add_argument("file", type=Path)
    p.add_argument("--json", action="store_true", help='one JSON object: {"document": …, "items": […], "notices": […]}')
    args = p.parse_args(argv)
    try:
        extraction = read_apart(args.file, args.file.name)
    except (BadFile, OSError) as fault:
        django.setup()  # for the words only; the usual way through goes without
        from mutabaa.intake.messages import explain

        known = fault if isinstance(fault, BadFile) else BadFile("unreadable", said=fault.strerror or "")
        print(explain(known, args.file.name), file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(as_data(extraction), ensure_ascii=False, indent=1))
    else:
        print(listing(extraction))
    return 0


def as_data(extraction: Extraction) -> dict[str, Any]:
    """Without the blocks: they are for the page that shows the source beside the items."""
    told = extraction.as_json()
    del told["blocks"]
    for item in told["items"]:
        del item["first"], item["last"]
    return told


def listing(extraction: Extraction) -> str:
    lines = [
        f"{name.replace('_', ' '):16} {value}" for name, value in extraction.as_json()["document"].items() if value
    ]
    heading: tuple[str, ...] = ()
    for item in extraction.items:
        if item.heading != heading:
            heading = item.heading
            lines += ["", " › ".join(heading)]
        lines += ["", head(item), textwrap.fill(item.text, WIDTH, initial_indent="  ", subsequent_indent="  ")]
        if item.position_text:
            lines.append(textwrap.fill(item.position_text, WIDTH, initial_indent="  > ", subsequent_indent="  > "))
    lines += ["", f"{len(extraction.items)} items"]
    if extraction.notices:
        django.setup()
    lines += [f"! {sentence(notice.code, notice.detail)}" for notice in extraction.notices]
    return "\n".join(lines)


def head(item: Item) -> str:
    """ "86.12  recommendation · supported · CHL, PER"."""
    said = [
        item.type.replace("_", " "),
        item.position,
        ", ".join(item.states),
        item.addressee and f"to {item.addressee}",
    ]
    said += ["follow-up" if item.follow_up else "", f"due {item.due_on}" if item.due_on else "", *item.reasons]
    return f"{item.paragraph:8} {' · '.join(part for part in said if part)}"


def sentence(code: str, detail: str) -> str:
    from mutabaa.intake.states import NOTICES

    return str(NOTICES[code]) % {"detail": detail} if code in NOTICES else code
