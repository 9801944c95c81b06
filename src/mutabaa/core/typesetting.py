"""Typst in a process of its own: what it keeps in memory goes with it, and a runaway document ends at a limit. Pure.

`printed` starts the process; run as a module, this file reads JSON and writes PDF. Nothing is fetched from a network, and
the only fonts are those in `fonts/`.
"""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
MEMORY = 4 * 1024 * 1024 * 1024  # bytes of address space
SECONDS = 240
TOGETHER = threading.BoundedSemaphore(2)  # so many at a time in one process; others wait


class NotPrinted(RuntimeError):
    """The document was too long for the limits of memory and time, or Typst failed; the text says which."""


def printed(settings: dict[str, Any], sections: list[dict[str, Any]]) -> bytes:
    """The PDF of a document that `pdf.PdfDocument` describes. Takes a twentieth of a second and about 1 ms per table row."""
    inputs = {"settings": as_json(settings), "sections": as_json(sections)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mutabaa.core.typesetting"],
            input=as_json(inputs).encode(),
            capture_output=True,
            timeout=SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise NotPrinted("too long") from late
    if done.returncode != 0:
        raise NotPrinted(done.stderr.decode(errors="replace")[-400:].strip() or f"ended with {done.returncode}")
    return done.stdout


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def typeset(inputs: dict[str, str]) -> bytes:
    """An accessible PDF (PDF/UA-1); tagged, but not that, where a character is in none of the fonts."""
    import typst

    source = (HERE / "pdf.typ").read_bytes()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    try:
        return bytes(typst.compile(source, font_paths=fonts, sys_inputs=inputs, pdf_standards=["ua-1"]))
    except typst.TypstError as fault:
        if not fault.message.startswith("PDF/UA"):
            raise
    return bytes(typst.compile(source, font_paths=fonts, sys_inputs=inputs))


def limited() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system; the time limit of the caller stays
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main() -> None:
    limited()
    sys.stdout.buffer.write(typeset(json.load(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
