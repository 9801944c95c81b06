"""Small PDFs written by hand: lines at places, in a font that every reader knows."""

import zlib
from pathlib import Path

Line = tuple[float, float, float, str]  # x, y from the bottom, size, text


def pdf(pages: list[list[Line]], extra: bytes = b"") -> bytes:
    """A PDF with these lines on its pages; `extra` is put into the trailer."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for n, lines in enumerate(pages):
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({escaped(text)}) Tj ET\n" for x, y, size, text in lines)
        stream = zlib.compress(drawn.encode("cp1252"))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return (
        out
        + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R ".encode()
        + extra
        + f" >>\nstartxref\n{start}\n%%EOF\n".encode()
    )


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def running(texts: list[str], top: float = 770, left: float = 90, size: float = 11) -> list[Line]:
    """Lines one below the other; "" leaves a space."""
    out: list[Line] = []
    y = top
    for text in texts:
        if text:
            out.append((left, y, size, text))
        y -= size * 1.3
    return out


def write(path: Path, pages: list[list[Line]]) -> Path:
    path.write_bytes(pdf(pages))
    return path
